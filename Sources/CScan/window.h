// The symbols around one place of a haystack, decoded and folded as far as they are asked for.
// Internal to CScan.
#pragma once
#include "cscan.h"
#include <stdbool.h>

enum {
  KW_SKIPPED = 1,
  KW_SEQUENCE = 0x8000,
  // Symbols each way: a pattern's, the reach of a trigger and one more scalar's sequence.
  KW_WINDOW = 256,
  KW_WINDOW_LIMIT = KW_WINDOW - KW_PATTERN,
};

/// Index 0 is the first symbol of the scalar at the place, index -1 the last symbol before it. A
/// window ends at a scalar in no pattern, at a gap above `KW_GAP` bytes, and at the haystack's
/// ends; beyond its end all symbols are 0, which equals no pattern's symbol.
typedef struct kw_window {
  const kw_anchors *t;
  const uint8_t *haystack;
  size_t count;
  // Symbols decoded behind and from index 0 on, and the offsets where decoding goes on.
  int32_t ahead, behind;
  size_t end, begin;
  bool ends_ahead, ends_behind;
  // By KW_WINDOW + index: the symbol, and the offsets of its scalar.
  uint16_t symbols[2 * KW_WINDOW];
  size_t lower[2 * KW_WINDOW], upper[2 * KW_WINDOW];
} kw_window;

/// A byte of the haystack, zero behind its end.
static inline uint32_t kw_byte(const uint8_t *haystack, size_t count, size_t offset) {
  return offset < count ? haystack[offset] : 0;
}

/// The number of a scalar, which is below 0x110000.
static inline uint32_t kw_number(const kw_anchors *t, uint32_t scalar) {
  return t->blocks[(uint32_t)t->block_index[scalar >> 6] << 6 | (scalar & 63)];
}

typedef struct kw_scalar {
  uint32_t number, length;
} kw_scalar;

/// Reads the scalar at an offset; ill-formed bytes are in no pattern.
static inline kw_scalar kw_decode(const kw_anchors *t, const uint8_t *haystack, size_t count,
                                  size_t offset) {
  const uint32_t a = kw_byte(haystack, count, offset);
  if (a < 0x80) return (kw_scalar){kw_number(t, a), 1};
  const uint32_t b = kw_byte(haystack, count, offset + 1) ^ 0x80;
  const uint32_t c = kw_byte(haystack, count, offset + 2) ^ 0x80;
  if (a >= 0xE0 && a < 0xF0 && (b | c) < 64) {
    const uint32_t scalar = (a & 15) << 12 | b << 6 | c;
    if (scalar >= 0x800 && (scalar & ~0x7FFu) != 0xD800)
      return (kw_scalar){kw_number(t, scalar), 3};
  } else if (a >= 0xC2 && a < 0xE0 && b < 64) {
    return (kw_scalar){kw_number(t, (a & 31) << 6 | b), 2};
  } else if (a >= 0xF0 && a < 0xF5) {
    const uint32_t d = kw_byte(haystack, count, offset + 3) ^ 0x80;
    const uint32_t scalar = (a & 7) << 18 | b << 12 | c << 6 | d;
    if ((b | c | d) < 64 && scalar >= 0x10000 && scalar <= 0x10FFFF)
      return (kw_scalar){kw_number(t, scalar), 4};
  }
  return (kw_scalar){0, 1};
}

static inline void kw_window_open(kw_window *w, size_t offset) {
  w->ahead = 0;
  w->behind = 0;
  w->end = offset;
  w->begin = offset;
  w->ends_ahead = false;
  w->ends_behind = false;
}

static inline void kw_window_set(kw_window *w, int32_t index, uint32_t number, size_t offset,
                                 uint32_t length) {
  w->symbols[KW_WINDOW + index] = (uint16_t)number;
  w->lower[KW_WINDOW + index] = offset;
  w->upper[KW_WINDOW + index] = offset + length;
}

/// Decodes the next scalars up to one with symbols; false where the window ends.
static inline bool kw_window_ahead(kw_window *w) {
  if (w->ends_ahead || w->ahead >= KW_WINDOW_LIMIT) return false;
  const size_t gap = w->end;
  while (w->end < w->count && w->end - gap <= KW_GAP) {
    const kw_scalar s = kw_decode(w->t, w->haystack, w->count, w->end);
    if (s.number == 0) break;
    const size_t at = w->end;
    w->end += s.length;
    if (s.number == KW_SKIPPED) continue;
    if (!(s.number & KW_SEQUENCE)) {
      kw_window_set(w, w->ahead, s.number, at, s.length);
      w->ahead += 1;
      return true;
    }
    const uint32_t *ends = w->t->sequence_ends + (s.number & ~(uint32_t)KW_SEQUENCE);
    for (uint32_t i = ends[0]; i < ends[1]; i += 1) {
      kw_window_set(w, w->ahead, w->t->sequence_numbers[i], at, s.length);
      w->ahead += 1;
    }
    return true;
  }
  w->ends_ahead = true;
  return false;
}

/// Decodes the scalars before, back to one with symbols; false where the window ends.
static inline bool kw_window_behind(kw_window *w) {
  if (w->ends_behind || w->behind >= KW_WINDOW_LIMIT) return false;
  const size_t gap = w->begin;
  while (w->begin > 0 && gap - w->begin <= KW_GAP) {
    // A scalar begins at the last byte that is not 10xxxxxx, if it reaches this far.
    size_t length = 1;
    while (length < 4 && length < w->begin && (w->haystack[w->begin - length] & 0xC0) == 0x80)
      length += 1;
    const kw_scalar s = kw_decode(w->t, w->haystack, w->count, w->begin - length);
    if (s.number == 0 || s.length != length) break;
    w->begin -= length;
    if (s.number == KW_SKIPPED) continue;
    if (!(s.number & KW_SEQUENCE)) {
      w->behind += 1;
      kw_window_set(w, -w->behind, s.number, w->begin, s.length);
      return true;
    }
    const uint32_t *ends = w->t->sequence_ends + (s.number & ~(uint32_t)KW_SEQUENCE);
    for (uint32_t i = ends[1]; i > ends[0]; i -= 1) {
      w->behind += 1;
      kw_window_set(w, -w->behind, w->t->sequence_numbers[i - 1], w->begin, s.length);
    }
    return true;
  }
  w->ends_behind = true;
  return false;
}

/// The symbol at an index of -64...127.
static inline uint32_t kw_symbol(kw_window *w, int32_t index) {
  while (index >= w->ahead)
    if (!kw_window_ahead(w)) return 0;
  while (-index > w->behind)
    if (!kw_window_behind(w)) return 0;
  return w->symbols[KW_WINDOW + index];
}

/// The number of symbols of the scalar at the place.
static inline int32_t kw_window_width(kw_window *w) {
  kw_symbol(w, 0);
  int32_t width = 1;
  while (width < w->ahead && w->lower[KW_WINDOW + width] == w->lower[KW_WINDOW]) width += 1;
  return width;
}

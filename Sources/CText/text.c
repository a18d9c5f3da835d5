// Counts by vectors of 64 bytes, which the compiler makes of what registers there are: one code,
// compiled for any CPU and, on x86, for AVX2 and AVX-512.
#include "ctext.h"
#include <stdbool.h>
#include <string.h>

typedef uint8_t lanes __attribute__((vector_size(64)));
typedef int8_t signed_lanes __attribute__((vector_size(64)));

enum {
  STEP = sizeof(lanes),
  /// The steps after which is looked whether all was well; lanes of 8 bits count up to 255.
  STEPS = 32,
  /// How far back a byte's place in its character is decided.
  REACH = 3,
};

#define INLINE static inline __attribute__((always_inline))

#define LOAD(v, p) memcpy(&(v), (p), STEP)
#define MIN(a, b) __builtin_elementwise_min(a, b)
#define MAX(a, b) __builtin_elementwise_max(a, b)

/// What was seen in some steps.
typedef struct piece {
  size_t continuations, nulls, line_feeds;
  bool is_ill_formed;
} piece;

INLINE bool any(const lanes *v) {
  uint64_t words[STEP / 8], all = 0;
  memcpy(words, v, STEP);
  for (int i = 0; i < STEP / 8; i += 1) all |= words[i];
  return all != 0;
}

INLINE size_t sum(const lanes *v) {
  uint8_t each[STEP];
  uint32_t all = 0;
  memcpy(each, v, STEP);
  for (int i = 0; i < STEP; i += 1) all += each[i];
  return all;
}

/// Counts in some steps, of which `REACH` bytes before the first can be read.
///
/// Returns whether there are bytes that need a second look: those for which it is not all of the
/// truth that continuations stand where they are due behind leads of two and three bytes, and
/// U+0000, which is not counted here.
INLINE bool count_usual(const uint8_t *p, size_t steps, piece *out) {
  lanes wrong = {0}, continuations = {0}, line_feeds = {0}, highest = {0};
  lanes lowest = ~highest;
  for (size_t i = 0; i < steps; i += 1, p += STEP) {
    lanes x, before, second;
    LOAD(x, p);
    LOAD(before, p - 1);
    LOAD(second, p - 2);
    // Of these the upper bits count: leads of two and more have two bits set, of three and more
    // three, and continuations one of the two.
    const lanes lead_2 = before & (before + before);
    const lanes lead_3 = second & (second + second) & (second + second + second + second);
    wrong |= (x & ~(x + x)) ^ (lead_2 | lead_3);
    continuations -= (lanes)((signed_lanes)x < (int8_t)-0x40);
    line_feeds -= (lanes)(x == '\n');
    // Zero where a byte is one of the unusual below F0.
    highest = MAX(highest, x);
    lowest = MIN(MIN(lowest, x), MIN(x ^ 0xE0, MIN(x ^ 0xED, (x & 0xFE) ^ 0xC0)));
  }
  wrong &= 0x80;
  out->continuations = sum(&continuations);
  out->nulls = 0;
  out->line_feeds = sum(&line_feeds);
  out->is_ill_formed = any(&wrong);
  const lanes unusual = (lanes)((lowest == 0) | (highest >= 0xF0));
  return any(&unusual);
}

/// Looks at the same steps for what they have beyond that.
INLINE void check_unusual(const uint8_t *p, size_t steps, piece *out) {
  lanes wrong = {0}, nulls = {0};
  for (size_t i = 0; i < steps; i += 1, p += STEP) {
    lanes x, before, second, third;
    LOAD(x, p);
    LOAD(before, p - 1);
    LOAD(second, p - 2);
    LOAD(third, p - 3);
    const lanes due = (lanes)((before >= 0xC0) | (second >= 0xE0) | (third >= 0xF0));
    wrong |= (lanes)((signed_lanes)x < (int8_t)-0x40) ^ due;
    wrong |= (lanes)(((x & 0xFE) == 0xC0) | (x > 0xF4));
    wrong |= (lanes)(((before == 0xE0) & (x < 0xA0)) | ((before == 0xED) & (x >= 0xA0)));
    wrong |= (lanes)(((before == 0xF0) & (x < 0x90)) | ((before == 0xF4) & (x >= 0x90)));
    nulls -= (lanes)(x == 0);
  }
  out->nulls = sum(&nulls);
  out->is_ill_formed = any(&wrong);
}

/// How many of the last bytes before a place begin a character that ends behind it.
INLINE size_t cut(const uint8_t *end, size_t count) {
  for (size_t back = 1; back <= REACH && back <= count; back += 1) {
    const uint8_t byte = end[-(ptrdiff_t)back];
    if (byte < 0x80) return 0;
    if (byte >= 0xC0) return back < (byte >= 0xF0 ? 4u : byte >= 0xE0 ? 3u : 2u) ? back : 0;
  }
  return 0;
}

INLINE size_t count_characters(const uint8_t *text, size_t count, kw_text_counts *counts) {
  if (count < STEP) return 0;
  // What is before the text does not matter to it.
  uint8_t head[REACH + STEP] = {0};
  memcpy(head + REACH, text, STEP);
  size_t done = 0;
  bool was_unusual = false;
  while (count - done >= STEP) {
    const uint8_t *at = done == 0 ? head + REACH : text + done;
    const size_t left = (count - done) / STEP;
    const size_t steps = done == 0 ? 1 : left < STEPS ? left : STEPS;
    piece piece;
    const bool is_unusual = count_usual(at, steps, &piece);
    // A character may have begun in the piece before.
    if (is_unusual || was_unusual) check_unusual(at, steps, &piece);
    if (piece.is_ill_formed) break;
    was_unusual = is_unusual;
    counts->characters += steps * STEP - piece.continuations;
    counts->nulls += piece.nulls;
    counts->line_feeds += piece.line_feeds;
    done += steps * STEP;
  }
  const size_t rest = cut(text + done, done);
  counts->characters -= rest != 0;
  return done - rest;
}

INLINE size_t count_line_feeds(const uint8_t *text, size_t count) {
  size_t result = 0, done = 0;
  while (count - done >= STEP) {
    lanes feeds = {0};
    for (int i = 0; i < 255 && count - done >= STEP; i += 1, done += STEP) {
      lanes x;
      LOAD(x, text + done);
      feeds -= (lanes)(x == '\n');
    }
    result += sum(&feeds);
  }
  for (; done < count; done += 1) result += text[done] == '\n';
  return result;
}

// The same code for the registers of some CPUs.
#define VARIANT(NAME, TARGET)                                                                     \
  TARGET static size_t count_characters_##NAME(const uint8_t *text, size_t count,                 \
                                               kw_text_counts *counts) {                          \
    return count_characters(text, count, counts);                                                 \
  }                                                                                               \
  TARGET static size_t count_line_feeds_##NAME(const uint8_t *text, size_t count) {               \
    return count_line_feeds(text, count);                                                         \
  }

VARIANT(portable, )
#if defined(__x86_64__)
VARIANT(avx2, __attribute__((target("avx2"))))
VARIANT(avx512, __attribute__((target("avx512bw,avx512vl"))))
#endif

size_t kw_count_characters_portable(const uint8_t *text, size_t count, kw_text_counts *counts) {
  return count_characters_portable(text, count, counts);
}

size_t kw_count_characters(const uint8_t *text, size_t count, kw_text_counts *counts) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return count_characters_avx512(text, count, counts);
  if (__builtin_cpu_supports("avx2")) return count_characters_avx2(text, count, counts);
#endif
  return count_characters_portable(text, count, counts);
}

size_t kw_count_line_feeds(const uint8_t *text, size_t count) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl"))
    return count_line_feeds_avx512(text, count);
  if (__builtin_cpu_supports("avx2")) return count_line_feeds_avx2(text, count);
#endif
  return count_line_feeds_portable(text, count);
}

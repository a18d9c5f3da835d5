// What the short tests share. Internal to CScan.
#pragma once
#include "planes.h"
#include "probe.h"
#include "tail.h"

enum {
  // How far behind its last letter a key is read.
  KW_SLACK_SHORT = 8,
  // More words, of a letter or two each, are rare: they are not looked at.
  KW_SHORT_WORDS = 16,
  // The most candidates that are verified.
  KW_SHORT_FOUND = 16,
};

// Where characters of the planes begin in a text of at most 64 bytes, which bytes are no ASCII, which
// are line breaks, and where noise and marks of three bytes begin, or some of them.
typedef struct short_masks {
  uint64_t hans, letters, high, lines, gaps;
} short_masks;

// The planes of a short text: codes, zero behind the last one, and letters.
typedef struct short_text {
  _Alignas(64) uint16_t codes[32 + 4];
  _Alignas(64) uint8_t letters[64 + KW_SLACK_SHORT];
} short_text;

// The candidates of a short text: where each begins, and its group.
typedef struct short_found {
  uint64_t at[KW_SHORT_FOUND];
  uint32_t group[KW_SHORT_FOUND];
  // All of them, of which no more than there is room for are noted; those of Han characters, those
  // of letters or Han characters, and all but triggers.
  uint32_t count, han, letters, mixed;
} short_found;

static inline void note(short_found *found, uint32_t at, uint32_t group) {
  if (found->count < KW_SHORT_FOUND) {
    found->at[found->count] = at;
    found->group[found->count] = group;
  }
  found->count += 1;
}

// Notes each group that has a key of this hash.
static inline void note_groups(const kw_tables *t, short_found *found, uint64_t hash, uint32_t at) {
  const uint64_t last = (1ull << t->slot_bits) - 1;
  const uint32_t groups = (1u << t->group_bits) - 1;
  uint64_t slot = hash >> (64 - t->slot_bits);
  for (uint32_t entry; (entry = t->slots[slot]) != 0; slot = (slot + 1) & last)
    if ((entry ^ (uint32_t)hash) >> t->group_bits == 0 && (entry & groups) != 0)
      note(found, at, (entry & groups) - 1);
}

// Notes what has the Han characters from `codes` on, whose cell they pass.
static inline void note_han(const kw_tables *t, short_found *found, const uint16_t *codes,
                            uint32_t cell, uint32_t at) {
  const uint64_t three = kw_key_hash(kw_han_key(codes, 3));
  const uint64_t two = kw_key_hash(kw_han_key(codes, 2));
  // An anchor of two characters takes any third one.
  if ((cell & 0xFF) == 0xFF && kw_has_key(t, two)) note_groups(t, found, two, at);
  if (codes[2] != 0 && kw_has_key(t, three)) note_groups(t, found, three, at);
}

// Notes what has the letters from `x` on, where a word begins.
static inline void note_word(const kw_tables *t, short_found *found, const uint8_t *x,
                             uint32_t at) {
  if (!kw_may_have_key(t, x)) return;
  for (uint32_t rest = kw_key_lengths(t, x); rest != 0; rest &= rest - 1) {
    const uint64_t hash = kw_letters_hash(x, (uint32_t)__builtin_ctz(rest));
    if (kw_has_key(t, hash)) note_groups(t, found, hash, at);
  }
}

// Notes what has a Han character and a letter beside it as its anchor.
static inline void note_mixed(const kw_tables *t, short_found *found, uint32_t code,
                              uint32_t letter, uint32_t han_second, uint32_t at) {
  if (kw_is_mixed(t, code, letter, han_second))
    note_groups(t, found, kw_key_hash(kw_mixed_key(code, letter, han_second)), at);
}

static inline void note_hit(void *is_hit, uint32_t pattern, size_t begin, size_t end) {
  (void)pattern, (void)begin, (void)end;
  *(bool *)is_hit = true;
}

// Whether a candidate among the first `count` bytes is a pattern, but for the rules of gaps.
static inline bool is_verified(const kw_anchors *anchors, const short_found *found,
                               const uint8_t *bytes, size_t count) {
  if (found->count > KW_SHORT_FOUND) return true;
  const kw_candidates candidates = {.at = found->at,
                                    .group = found->group,
                                    .han = found->han,
                                    .letters = found->letters - found->han,
                                    .mixed = found->mixed - found->letters,
                                    .triggers = found->count - found->mixed,
                                    .survivors = found->count};
  bool is_hit = false;
  kw_verify(anchors, &candidates, bytes, count, note_hit, &is_hit);
  return is_hit;
}

// How many bytes of a character the end of a text of three bytes or more cuts off, `CUT_ODD` where
// that is not plain.
enum { CUT_ODD = 64 };
static inline bool is_lead_of_three(uint32_t x) { return (x - 0xE1 < 15) & (x != 0xED); }
static inline uint32_t cut_bytes(const uint8_t *end) {
  const uint32_t a = end[-3], b = end[-2], c = end[-1];
  const bool is_tail = (c & 0xC0) == 0x80, are_tails = is_tail & ((b & 0xC0) == 0x80);
  const bool one = c >= 0xC0, two = (b >= 0xE0) & is_tail;
  const bool is_odd = (one & !is_lead_of_three(c)) | (two & !is_lead_of_three(b)) |
                      ((a >= 0xF0) & are_tails);
  return is_odd ? CUT_ODD : one ? 1 : two ? 2 : 0;
}

// The last bytes of a stream with a chunk behind them, at most `KW_SHORT`.
typedef struct short_window {
  // Where it begins among the stream's bytes, how many bytes it has, and how many lie before the
  // chunk and before `kw_near.first`.
  uint32_t begin, count, old, first;
} short_window;

static inline short_window window_of(const kw_near *near, size_t count) {
  const uint32_t end = near->end + (uint32_t)count;
  const uint32_t begin = end > KW_SHORT ? end - KW_SHORT : 0;
  return (short_window){begin, end - begin, near->end - begin, near->first - begin};
}

// What is under way at the end of a text, `count` bytes of whole characters; `place` is that of the
// first among the stream's bytes.
static __attribute__((noinline)) kw_chunk answer_of(
    const kw_automaton *automaton, const kw_near *near, const uint8_t *bytes, uint32_t count,
    uint32_t place, short_masks masks) {
  const uint64_t h = masks.hans, units = masks.letters | h | h << 1 | h << 2;
  tail t = {.automaton = automaton,
            .bytes = bytes,
            .hans = h,
            .letters = masks.letters,
            .units = units,
            .others = masks.high & ~units,
            .lines = masks.lines,
            .is_whole = near->is_whole && place == 0,
            .noise_limit = near->noise_limit,
            .kinds = ~0ull};
  const int32_t begun = tail_state(&t, count);
  if (begun == TAIL_UNCLEAR) return (kw_chunk){.kind = KW_CHUNK_UNCLEAR};
  int32_t live = begun;
  if (begun >= 0 && near->kinds != ~0ull) {
    t.kinds = near->kinds;
    live = tail_state(&t, count);
    if (live == TAIL_UNCLEAR) return (kw_chunk){.kind = KW_CHUNK_UNCLEAR};
  }
  const uint32_t end = place + count;
  return (kw_chunk){.kind = KW_CHUNK_KNOWN,
                    .end = end,
                    .begun = place + (begun < 0 ? count : (uint32_t)begun),
                    .live = place + (live < 0 ? count : (uint32_t)live)};
}

// The scratch memory of a scan and the steps that all kernels share. Internal to CScan.
#pragma once
#include "cscan.h"
#include <stdbool.h>
#include <string.h>

enum {
  KW_BLOCK = 64,
  KW_BLOCKS = KW_SEGMENT / KW_BLOCK,
  KW_HAN_CARRY = 2,     // characters needed beyond a window's first on the Han plane
  KW_LETTER_CARRY = 7,  // likewise on the letter plane
  KW_SLACK = 128,       // what vector stores and loads may touch behind an array's content
  KW_HAN_MAX = KW_SEGMENT / 3 + 1 + KW_HAN_CARRY,
  KW_LETTER_MAX = KW_SEGMENT + KW_LETTER_CARRY,
  KW_WORDS = 256,  // words tested at a time
  KW_PREFETCH = 2048,  // bytes ahead of the block in work
  KW_WORD = 0x80,      // marks a letter with none just before it, and the end of the plane
};

// Arrays begin at cache lines, so that aligned vectors never cross one.
#define KW_LINE _Alignas(64)

struct kw_work {
  KW_LINE uint16_t codes[KW_HAN_MAX + KW_SLACK];      // Han plane, see kw_han_code
  KW_LINE uint16_t cells[KW_HAN_MAX + KW_SLACK];      // pairs[index] of each character
  KW_LINE uint8_t letters[KW_LETTER_MAX + KW_SLACK];  // letter plane, see KW_WORD
  KW_LINE uint32_t index[KW_HAN_MAX + KW_SLACK];      // pair index of each character
  // Masks by block: first bytes of Han characters, those among them in `mixed_han`, letters,
  // flagged bytes. Entry 0 of `han_before` and `letter_before` is the last block of the segment
  // before, so that entry b + 1 belongs to block b.
  KW_LINE uint64_t han_before[1 + KW_BLOCKS + 8], letter_before[1 + KW_BLOCKS + 8];
  KW_LINE uint64_t mixed_han[KW_BLOCKS + 8], flagged[KW_BLOCKS + 8], boundary[KW_BLOCKS + 8];
  // Plane entries before a block; of the blocks after the last, all entries and more.
  KW_LINE uint16_t han_count[KW_BLOCKS], letter_count[KW_BLOCKS];
  KW_LINE uint16_t passed[KW_LETTER_MAX + KW_SLACK];  // plane entries that passed their cells
  KW_LINE uint16_t starts[KW_LETTER_MAX + KW_SLACK];  // letter entries to be tested at all
  // The first five letters of words, a vector kernel's words at a time.
  KW_LINE uint8_t words[5][KW_WORDS + KW_SLACK];
  KW_LINE uint8_t padded[KW_SEGMENT + KW_SLACK];  // a copy of the segment where the haystack ends
  uint64_t foreign[KW_SEGMENT / KW_PART / 64];    // see kw_candidates
  uint64_t at[KW_CANDIDATES];                     // the candidates
  uint32_t group[KW_CANDIDATES];                  // and their groups
  // Offsets of what is carried.
  uint64_t han_carried[KW_HAN_CARRY], letter_carried[KW_LETTER_CARRY];
  uint32_t han_carry, letter_carry;  // carried entries, at the planes' begin; at least one each
  uint32_t han, letter;              // plane entries, carried ones included
  uint32_t blocks, survivors;
  uint64_t start;  // offset of the segment
};

/// One vector kernel: the stages that differ.
///
/// `planes` fills the planes and masks; `han` fills `passed` with the entries of the Han plane
/// below `count` whose cell they pass and returns how many; `words` does so for the letter plane.
typedef struct kw_stages {
  void (*planes)(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n);
  uint32_t (*han)(const kw_tables *t, kw_work *w, uint32_t count);
  uint32_t (*words)(const kw_tables *t, kw_work *w, uint32_t count);
} kw_stages;

#define KW_INLINE static inline __attribute__((always_inline, unused))

KW_INLINE const uint64_t *kw_han_masks(const kw_work *w) { return w->han_before + 1; }
KW_INLINE const uint64_t *kw_letter_masks(const kw_work *w) { return w->letter_before + 1; }

/// The bytes of a block that are the second or third of a Han character, by the masks of the
/// characters that begin in the block and in the one before.
KW_INLINE uint64_t kw_han_tails(uint64_t han, uint64_t before) {
  const uint64_t two = before >> 63, one = before >> 62 & 1;
  return han << 1 | han << 2 | two << 1 | two | one;
}

/// Notes the foreign parts of a block, see `kw_candidates`, by the first bytes of its characters
/// on a plane and its bytes that are no ASCII.
KW_INLINE void kw_note_foreign(kw_work *w, uint32_t b, uint64_t plane, uint64_t high) {
  // Most blocks have none, so a branch costs least.
  if (__builtin_expect((uint32_t)plane != 0 && plane >> 32 != 0, 1)) return;
  const uint64_t low_part = (uint32_t)plane == 0 && (uint32_t)high != 0;
  const uint64_t high_part = plane >> 32 == 0 && high >> 32 != 0;
  w->foreign[b / 32] |= (low_part | high_part << 1) << b % 32 * 2;
}

/// The offset in a word of its set bit of rank `rank`.
KW_INLINE uint32_t kw_select(uint64_t word, uint32_t rank) {
#ifdef KW_HAS_PDEP
  return (uint32_t)__builtin_ctzll(_pdep_u64(1ull << rank, word));
#else
  uint32_t at = 0;
  for (uint32_t width = 32; width != 0; width >>= 1) {
    const uint64_t below = word >> at & ((1ull << width) - 1);
    const uint32_t ones = (uint32_t)__builtin_popcountll(below);
    const bool above = ones <= rank;
    rank -= above ? ones : 0;
    at += above ? width : 0;
  }
  return at;
#endif
}

/// The offset in the haystack of a plane's entry: carried, or found again by the blocks' counts.
KW_INLINE uint64_t kw_offset(const kw_work *w, const uint64_t *carried, const uint16_t *count,
                             const uint64_t *masks, uint32_t entry) {
  if (entry < count[0]) return carried[entry];
  uint16_t after = 0;  // blocks that begin at or before the entry; vectors count them fastest
  for (uint32_t b = 0; b < KW_BLOCKS; b += 1) after += count[b] <= (uint16_t)entry;
  const uint32_t block = after - 1u;
  return w->start + block * KW_BLOCK + kw_select(masks[block], entry - count[block]);
}
KW_INLINE uint64_t kw_han_offset(const kw_work *w, uint32_t entry) {
  return kw_offset(w, w->han_carried, w->han_count, kw_han_masks(w), entry);
}
KW_INLINE uint64_t kw_letter_offset(const kw_work *w, uint32_t entry) {
  return kw_offset(w, w->letter_carried, w->letter_count, kw_letter_masks(w), entry);
}

KW_INLINE void kw_report(kw_work *w, uint64_t offset, uint32_t group) {
  if (w->survivors < KW_CANDIDATES) {
    w->at[w->survivors] = offset;
    w->group[w->survivors] = group;
  }
  w->survivors += 1;
}

/// Two neighbours on the Han plane in one word.
KW_INLINE uint32_t kw_pair(const uint16_t *codes) {
  uint32_t pair;
  memcpy(&pair, codes, sizeof pair);
  return pair;
}
/// Four neighbours on the letter plane, marks included.
KW_INLINE uint32_t kw_quad(const uint8_t *letters) {
  uint32_t quad;
  memcpy(&quad, letters, sizeof quad);
  return quad;
}

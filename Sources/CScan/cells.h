// The first test, of the cells that few bits pick: what kernels share. Internal to CScan.
#pragma once
#include "work.h"

/// Looks up the pair of each Han character, apart from the vector stages so that loads overlap.
KW_INLINE void kw_look_up_pairs(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint16_t *restrict pairs = t->pairs;
  const uint32_t *restrict index = w->index;
  uint16_t *restrict cells = w->cells;
  for (uint32_t j = 0; j < count; j += 8) {
    cells[j] = pairs[index[j]];
    cells[j + 1] = pairs[index[j + 1]];
    cells[j + 2] = pairs[index[j + 2]];
    cells[j + 3] = pairs[index[j + 3]];
    cells[j + 4] = pairs[index[j + 4]];
    cells[j + 5] = pairs[index[j + 5]];
    cells[j + 6] = pairs[index[j + 6]];
    cells[j + 7] = pairs[index[j + 7]];
  }
}

/// Hashes every pair of neighbours on the Han plane.
KW_INLINE void kw_hash_pairs(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint32_t bits = t->pair_bits;
  for (uint32_t j = 0; j < ((count + 15) & ~15u); j += 1)
    w->index[j] = kw_pair_index(kw_pair(w->codes + j), bits);
}

/// Whether the letters from `x` on, where a word begins, can be a word of two or three letters.
KW_INLINE uint32_t kw_is_short_word(const kw_tables *t, const uint8_t *x) {
  if (t->words == 0) return 0;
  const uint32_t a = t->letter_sets[kw_letters_index(x[0], x[1])];
  const uint32_t b = t->letter_sets[kw_letters_index(x[1], x[2])];
  const uint32_t two = a >> KW_SET_WORD_2 & x[2] >> 7;
  return (two | (a >> KW_SET_WORD_3 & b >> (KW_SET_WORD_3 + 1) & x[3] >> 7)) & 1;
}

/// Whether a cell of `quads` has what stands behind its four letters.
KW_INLINE uint32_t kw_has_fifth(uint32_t cell, uint32_t fifth) {
  return (cell >> (fifth & 7) | (cell >> 8 & fifth >> 7)) & 1;
}

/// Whether the letters from `x` on, where a word begins, can be an anchor of words.
KW_INLINE uint32_t kw_begins_word(const kw_tables *t, const uint8_t *x) {
  const uint32_t cell = t->quads[kw_quad_index(kw_quad(x), t->quad_bits)];
  return kw_has_fifth(cell, x[4]) | kw_is_short_word(t, x);
}

/// Whether the letters from `x` on can be an anchor that stands anywhere.
KW_INLINE uint32_t kw_begins_anywhere(const kw_tables *t, const uint8_t *x) {
  const uint8_t *sets = t->letter_sets;
  return (uint32_t)sets[kw_letters_index(x[0], x[1])] >> KW_SET_ANYWHERE &
         (uint32_t)sets[kw_letters_index(x[1], x[2])] >> (KW_SET_ANYWHERE + 1) &
         (uint32_t)sets[kw_letters_index(x[2], x[3])] >> (KW_SET_ANYWHERE + 2) & 1;
}

/// Appends the letter entries `first` + bit of a mask to `starts`; returns the new count.
KW_INLINE uint32_t kw_append_starts(kw_work *w, uint32_t starts, uint32_t first, uint64_t mask) {
  for (; mask != 0; mask &= mask - 1) {
    w->starts[starts] = (uint16_t)(first + (uint32_t)__builtin_ctzll(mask));
    starts += 1;
  }
  return starts;
}

/// Fills `passed` with those of the first `count` entries in `starts` that can be an anchor.
///
/// In `starts` is every entry where a word begins, and where `anywhere` is not zero every other
/// entry that `kw_begins_anywhere` may hold for.
KW_INLINE uint32_t kw_test_starts(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t passed = 0;
  if (t->anywhere == 0) {
    for (uint32_t i = 0; i < count; i += 1) {
      const uint32_t j = w->starts[i];
      w->passed[passed] = (uint16_t)j;
      passed += kw_begins_word(t, w->letters + j);
    }
    return passed;
  }
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t j = w->starts[i];
    const uint8_t *x = w->letters + j;
    w->passed[passed] = (uint16_t)j;
    passed += (x[0] >> 7 & kw_begins_word(t, x)) | kw_begins_anywhere(t, x);
  }
  return passed;
}

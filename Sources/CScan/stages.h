// The stages that every kernel shares, and their order. Internal to CScan: each kernel includes
// this and so gets them compiled for its own instruction set.
#pragma once
#include "work.h"

/// Marks each letter that follows a Han character of a mixed anchor, and each such Han character
/// that follows a letter, whatever lies between that is on no plane.
///
/// A block knows of the block before only which of both came last there; if neither did, both are
/// taken, which marks too much but never too little.
KW_INLINE void kw_boundaries(kw_work *w) {
  const uint64_t *han = kw_han_masks(w), *letter = kw_letter_masks(w);
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint64_t h = han[b], l = letter[b], m = w->mixed_han[b];
    const uint64_t h0 = w->han_before[b], l0 = w->letter_before[b];  // the block before
    // Bytes of a Han character that begins in the block before and ends here.
    const uint64_t two = h0 >> 63, one = h0 >> 62 & 1, spill = two << 1 | two | one;
    const uint64_t kept = h | h << 1 | h << 2 | l | spill, gap = ~kept;
    const uint64_t after_letter = l << 1 | (uint64_t)(l0 >= h0);
    const uint64_t after_han = m << 3 | (uint64_t)(h0 >= l0) << (two * 2 + one);
    // Adding a bit to a run of gap bytes carries it to the first kept byte behind the run.
    const uint64_t to_han = (((after_letter & gap) + gap) & kept) | (after_letter & kept);
    const uint64_t to_letter = (((after_han & gap) + gap) & kept) | (after_han & kept);
    w->boundary[b] = (to_han & m) | (to_letter & l);
  }
}

/// Reports the boundaries whose two characters are a mixed anchor.
///
/// A kernel may leave `mixed_han` unfiltered; the set is tested here for all of them.
KW_INLINE void kw_mixed(const kw_tables *t, kw_work *w) {
  const uint64_t *han = kw_han_masks(w), *letter = kw_letter_masks(w);
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    for (uint64_t rest = w->boundary[b]; rest != 0; rest &= rest - 1) {
      const uint32_t bit = (uint32_t)__builtin_ctzll(rest);
      const uint64_t below = (1ull << bit) - 1;
      const uint32_t second = (uint32_t)(han[b] >> bit) & 1;
      const uint32_t h = w->han_count[b] + (uint32_t)__builtin_popcountll(han[b] & below);
      const uint32_t l = w->letter_count[b] + (uint32_t)__builtin_popcountll(letter[b] & below);
      // The other one is the last entry before; the planes always carry at least one.
      const uint32_t code = kw_code(w, h - 1 + second), x = w->letters[l - second];
      const uint32_t i = kw_mixed_index(code, x, second), k = kw_mixed_han_index(code);
      if (t->mixed[i >> 3] >> (i & 7) & t->mixed_han[k >> 3] >> (k & 7) & 1)
        kw_report(w, w->start + b * KW_BLOCK + bit);
    }
  }
}

/// Reports the flagged bytes at which a trigger begins.
KW_INLINE void kw_triggers(const kw_tables *t, kw_work *w, const uint8_t *p) {
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    for (uint64_t rest = w->flagged[b]; rest != 0; rest &= rest - 1) {
      const uint32_t i = b * KW_BLOCK + (uint32_t)__builtin_ctzll(rest);
      const uint32_t a = p[i], x = p[i + 1] & 63, y = p[i + 2] & 63, z = p[i + 3] & 63;
      const uint32_t scalar = a < 0xE0   ? (a & 31) << 6 | x
                              : a < 0xF0 ? (a & 15) << 12 | x << 6 | y
                                         : (a & 7) << 18 | x << 12 | y << 6 | z;
      const uint32_t k = kw_trigger_index(scalar);
      if (t->triggers[k >> 3] >> (k & 7) & 1) kw_report(w, w->start + i);
    }
  }
}

/// Looks up the pair of each Han character, apart from the vector stages so that loads overlap.
KW_INLINE void kw_look_up_pairs(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint8_t *restrict pairs = t->pairs;
  const uint32_t *restrict index = w->index;
  uint8_t *restrict cells = w->cells;
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
  const uint8_t *restrict mid = w->mid, *restrict low = w->low;
  uint32_t *restrict index = w->index;
  for (uint32_t j = 0; j < ((count + 15) & ~15u); j += 1) {
    const uint32_t pair = (uint32_t)mid[j] | (uint32_t)low[j] << 8 | (uint32_t)mid[j + 1] << 16 |
                          (uint32_t)low[j + 1] << 24;
    index[j] = kw_pair_index(pair, bits);
  }
}

/// Keeps those of the first `count` in `passed` that are an anchor of three or of two characters.
KW_INLINE uint32_t kw_test_triples(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t j = w->passed[i], pair = kw_pair(w, j);
    const uint32_t three = kw_triple_index(pair, kw_code(w, j + 2), t->triple_bits);
    const uint32_t two = kw_double_index(pair, t->double_bits);
    w->passed[kept] = (uint16_t)j;
    kept += (t->triples[three >> 5] >> (three & 31) | t->doubles[two >> 5] >> (two & 31)) & 1;
  }
  return kept;
}

/// Whether the pairs of the letters from `x` on occur in anchors of some place; free of branches.
KW_INLINE uint32_t kw_has_letters(const kw_tables *t, const uint8_t *x) {
  const uint16_t *sets = t->letter_sets;
  const uint32_t a = sets[kw_letters_index(x[0], x[1])], b = sets[kw_letters_index(x[1], x[2])];
  const uint32_t c = sets[kw_letters_index(x[2], x[3])], d = sets[kw_letters_index(x[0], x[2])];
  const uint32_t e = sets[kw_letters_index(x[1], x[3])], f = sets[kw_letters_index(x[0], x[3])];
  const uint32_t any =
      a >> KW_SET_ANYWHERE & b >> (KW_SET_ANYWHERE + 1) & c >> (KW_SET_ANYWHERE + 2);
  const uint32_t begin = a >> KW_SET_WORD_START & b >> (KW_SET_WORD_START + 1) &
                         c >> (KW_SET_WORD_START + 2) & d >> (KW_SET_WORD_START + 3) &
                         e >> (KW_SET_WORD_START + 4) & f >> (KW_SET_WORD_START + 5);
  const uint32_t two = a >> KW_SET_WORD_2 & x[2] >> 7;
  const uint32_t three = a >> KW_SET_WORD_3 & b >> (KW_SET_WORD_3 + 1) & x[3] >> 7;
  return (any | ((begin | two | three) & x[0] >> 7)) & 1;
}

/// Appends to `passed` those of 64 letter entries from `first` on that are in a mask and whose
/// pairs of letters occur in anchors; returns the new count.
KW_INLINE uint32_t kw_test_letters(const kw_tables *t, kw_work *w, uint32_t passed, uint32_t first,
                                   uint64_t mask) {
  for (; mask != 0; mask &= mask - 1) {
    const uint32_t j = first + (uint32_t)__builtin_ctzll(mask);
    w->passed[passed] = (uint16_t)j;
    passed += kw_has_letters(t, w->letters + j);
  }
  return passed;
}

/// Keeps those of the first `count` in `passed` that are a letter anchor of some place.
KW_INLINE uint32_t kw_test_quads(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t j = w->passed[i];
    const uint8_t *x = w->letters + j;
    const uint32_t quad = (uint32_t)x[0] | (uint32_t)x[1] << 8 | (uint32_t)x[2] << 16 |
                          (uint32_t)x[3] << 24;
    const uint32_t start = x[0] >> 7;
    uint32_t cell = t->quads[kw_quad_index(quad, KW_ANYWHERE)];
    cell |= t->quads[kw_quad_index(quad, KW_WORD_START)] & -start;
    cell |= t->quads[kw_quad_index(quad, KW_WORD_4)] & -(start & x[4] >> 7);
    cell |= t->quads[kw_quad_index(quad & 0xFFFFFF, KW_WORD_3)] & -(start & x[3] >> 7);
    cell |= t->quads[kw_quad_index(quad & 0xFFFF, KW_WORD_2)] & -(start & x[2] >> 7);
    w->passed[kept] = (uint16_t)j;
    kept += cell >> (x[4] & 7) & 1;
  }
  return kept;
}

/// Moves the last entries of both planes to the planes' begin, with their offsets.
KW_INLINE void kw_carry(kw_work *w) {
  const uint32_t h = w->han < KW_HAN_CARRY ? w->han : KW_HAN_CARRY;
  const uint32_t l = w->letter < KW_LETTER_CARRY ? w->letter : KW_LETTER_CARRY;
  uint64_t at[KW_LETTER_CARRY];
  for (uint32_t i = 0; i < h; i += 1) at[i] = kw_han_offset(w, w->han - h + i);
  memcpy(w->han_carried, at, h * sizeof *at);
  memmove(w->mid, w->mid + w->han - h, h);
  memmove(w->low, w->low + w->han - h, h);
  for (uint32_t i = 0; i < l; i += 1) at[i] = kw_letter_offset(w, w->letter - l + i);
  memcpy(w->letter_carried, at, l * sizeof *at);
  memmove(w->letters, w->letters + w->letter - l, l);
  w->han_carry = h;
  w->letter_carry = l;
  w->han_before[0] = w->han_before[w->blocks];
  w->letter_before[0] = w->letter_before[w->blocks];
}

/// Runs all stages on one segment; inlined into each kernel, so that the stages are direct calls.
KW_INLINE void kw_run(kw_stages stage, const kw_tables *t, kw_work *w, const uint8_t *haystack,
                      size_t count, size_t start, kw_candidates *out) {
  const size_t left = count - start;
  const uint32_t n = left < KW_SEGMENT ? (uint32_t)left : KW_SEGMENT;
  const bool last = left <= KW_SEGMENT;
  const uint8_t *p = haystack + start;
  if (left < KW_SEGMENT + KW_SLACK) {
    const size_t copied = left < sizeof w->padded ? left : sizeof w->padded;
    memcpy(w->padded, p, copied);
    memset(w->padded + copied, 0, sizeof w->padded - copied);
    p = w->padded;
  }
  w->start = start;
  w->survivors = 0;
  w->blocks = (n + KW_BLOCK - 1) / KW_BLOCK;
  stage.planes(t, w, p, n);
  // A window begins only where the characters behind it are known, but for the haystack's end.
  memset(w->mid + w->han, 0, KW_SLACK);
  memset(w->low + w->han, 0, KW_SLACK);
  memset(w->letters + w->letter, KW_WORD, KW_SLACK);
  for (uint32_t b = w->blocks; b < KW_BLOCKS; b += 1) {
    w->han_count[b] = (uint16_t)w->han;
    w->letter_count[b] = (uint16_t)w->letter;
  }
  const uint32_t han = last ? w->han : w->han > KW_HAN_CARRY ? w->han - KW_HAN_CARRY : 0;
  const uint32_t letter =
      last ? w->letter : w->letter > KW_LETTER_CARRY ? w->letter - KW_LETTER_CARRY : 0;

  const uint32_t h = stage.triples(t, w, stage.han(t, w, han));
  for (uint32_t i = 0; i < h; i += 1) kw_report(w, kw_han_offset(w, w->passed[i]));
  out->han = w->survivors;
  const uint32_t l = kw_test_quads(t, w, stage.letters(t, w, letter));
  for (uint32_t i = 0; i < l; i += 1) kw_report(w, kw_letter_offset(w, w->passed[i]));
  out->letters = w->survivors - out->han;
  kw_boundaries(w);
  kw_mixed(t, w);
  out->mixed = w->survivors - out->han - out->letters;
  kw_triggers(t, w, p);
  out->triggers = w->survivors - out->han - out->letters - out->mixed;
  out->survivors = w->survivors;
  out->characters = w->han + w->letter - w->han_carry - w->letter_carry;
  out->at = w->at;
  kw_carry(w);
  const uint64_t h0 = w->han_carried[0], l0 = w->letter_carried[0];
  out->pending = h0 < l0 ? h0 : l0;
}

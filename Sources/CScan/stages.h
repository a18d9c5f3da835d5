// The stages that every kernel shares, and their order. Internal to CScan: each kernel includes
// this and so gets them compiled for its own instruction set.
#pragma once
#include "planes.h"
#include "probe.h"

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
    const uint64_t kept = h | kw_han_tails(h, h0) | l, gap = ~kept;
    const uint64_t two = h0 >> 63, one = h0 >> 62 & 1;
    const uint64_t after_letter = l << 1 | (uint64_t)(l0 >= h0);
    const uint64_t after_han = m << 3 | (uint64_t)(h0 >= l0) << (two * 2 + one);
    // Adding a bit to a run of gap bytes carries it to the first kept byte behind the run.
    const uint64_t to_han = (((after_letter & gap) + gap) & kept) | (after_letter & kept);
    const uint64_t to_letter = (((after_han & gap) + gap) & kept) | (after_han & kept);
    w->boundary[b] = (to_han & m) | (to_letter & l);
  }
}

/// Reports the flagged bytes at which a trigger begins.
KW_INLINE void kw_triggers(const kw_tables *t, kw_work *w, const uint8_t *p) {
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    for (uint64_t rest = w->flagged[b]; rest != 0; rest &= rest - 1) {
      const uint32_t i = b * KW_BLOCK + (uint32_t)__builtin_ctzll(rest);
      if (kw_is_trigger(t, p + i)) kw_report(w, w->start + i, 0);
    }
  }
}

/// The offsets of the last `n` entries of a plane, of which there are as many: `count` in all, of
/// which the first `carry` were carried.
KW_INLINE void kw_last_offsets(const kw_work *w, const uint64_t *masks, const uint64_t *carried,
                               uint32_t carry, uint32_t count, uint32_t n, uint64_t *at) {
  const uint32_t old = count - carry < n ? n - (count - carry) : 0;
  uint64_t rest = 0;
  uint32_t b = w->blocks;
  for (uint32_t i = n; i > old; i -= 1) {
    while (rest == 0) {
      b -= 1;
      rest = masks[b];
    }
    const uint32_t bit = 63 - (uint32_t)__builtin_clzll(rest);
    rest ^= 1ull << bit;
    at[i - 1] = w->start + b * KW_BLOCK + bit;
  }
  for (uint32_t i = 0; i < old; i += 1) at[i] = carried[carry - old + i];
}

/// Moves the last entries of both planes to the planes' begin, with their offsets.
KW_INLINE void kw_carry(kw_work *w) {
  const uint32_t h = w->han < KW_HAN_CARRY ? w->han : KW_HAN_CARRY;
  const uint32_t l = w->letter < KW_LETTER_CARRY ? w->letter : KW_LETTER_CARRY;
  uint64_t at[KW_LETTER_CARRY];
  kw_last_offsets(w, kw_han_masks(w), w->han_carried, w->han_carry, w->han, h, at);
  memcpy(w->han_carried, at, h * sizeof *at);
  memmove(w->codes, w->codes + w->han - h, h * sizeof *w->codes);
  kw_last_offsets(w, kw_letter_masks(w), w->letter_carried, w->letter_carry, w->letter, l, at);
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
  memset(w->foreign, 0, sizeof w->foreign);
  stage.planes(t, w, p, n);
  // A window begins only where the characters behind it are known, but for the haystack's end.
  memset(w->codes + w->han, 0, KW_SLACK * sizeof *w->codes);
  memset(w->letters + w->letter, KW_WORD, KW_SLACK);
  for (uint32_t b = w->blocks; b < KW_BLOCKS; b += 1) {
    w->han_count[b] = (uint16_t)w->han;
    w->letter_count[b] = (uint16_t)w->letter;
  }
  const uint32_t han = last ? w->han : w->han > KW_HAN_CARRY ? w->han - KW_HAN_CARRY : 0;
  const uint32_t letter =
      last ? w->letter : w->letter > KW_LETTER_CARRY ? w->letter - KW_LETTER_CARRY : 0;

  kw_probe_han(t, w, stage.han(t, w, han));
  out->han = w->survivors;
  kw_probe_letters(t, w, stage.words(t, w, letter));
  out->letters = w->survivors - out->han;
  kw_prefetch_members(t, w);
  kw_boundaries(w);
  kw_mixed(t, w);
  out->mixed = w->survivors - out->han - out->letters;
  kw_triggers(t, w, p);
  out->triggers = w->survivors - out->han - out->letters - out->mixed;
  out->survivors = w->survivors;
  out->characters = w->han + w->letter - w->han_carry - w->letter_carry;
  memcpy(out->foreign, w->foreign, sizeof out->foreign);
  out->at = w->at;
  out->group = w->group;
  kw_carry(w);
  const uint64_t h0 = w->han_carried[0], l0 = w->letter_carried[0];
  out->pending = h0 < l0 ? h0 : l0;
}

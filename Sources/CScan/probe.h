// The second test: the keys of what passed the first one, in the slots. Internal to CScan.
#pragma once
#include "work.h"

/// Reports a candidate for each group that has a key of this hash.
KW_INLINE void kw_probe(const kw_tables *t, kw_work *w, uint64_t hash, uint64_t offset) {
  const uint64_t last = (1ull << t->slot_bits) - 1;
  const uint32_t groups = (1u << t->group_bits) - 1;
  uint64_t slot = hash >> (64 - t->slot_bits);
  for (uint32_t entry; (entry = t->slots[slot]) != 0; slot = (slot + 1) & last) {
    const bool is_key = (entry ^ (uint32_t)hash) >> t->group_bits == 0 && (entry & groups) != 0;
    if (!is_key) continue;
    __builtin_prefetch(t->groups + (entry & groups) - 1);
    kw_report(w, offset, (entry & groups) - 1);
  }
}

/// Asks for the slot of a hash: most are not in the second cache.
KW_INLINE void kw_prefetch_slot(const kw_tables *t, uint64_t hash) {
  __builtin_prefetch(t->slots + (hash >> (64 - t->slot_bits)));
}

/// Whether the set of keys has a hash.
KW_INLINE uint32_t kw_has_key(const kw_tables *t, uint64_t hash) {
  const uint64_t bit = hash >> (64 - t->key_set_bits);
  return t->key_set[bit >> 5] >> (bit & 31) & 1;
}

/// The key of the two or three Han characters from `codes` on.
KW_INLINE uint64_t kw_han_key(const uint16_t *codes, uint32_t count) {
  uint64_t key;
  memcpy(&key, codes, sizeof key);
  return key & ~0ull >> (64 - 16 * count);
}

/// Reports those of the first `count` in `passed` that are an anchor of Han characters.
KW_INLINE void kw_probe_han(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t j = w->passed[i];
    // An anchor of two characters takes any third one.
    const uint32_t two = (w->cells[j] & 0xFF) == 0xFF;
    w->passed[kept] = (uint16_t)j;
    kept += kw_has_key(t, kw_key_hash(kw_han_key(w->codes + j, 3))) |
            (two & kw_has_key(t, kw_key_hash(kw_han_key(w->codes + j, 2))));
  }
  for (uint32_t i = 0; i < kept; i += 1)
    kw_prefetch_slot(t, kw_key_hash(kw_han_key(w->codes + w->passed[i], 3)));
  for (uint32_t i = 0; i < kept; i += 1) {
    const uint32_t j = w->passed[i];
    const uint64_t offset = kw_han_offset(w, j);
    if ((w->cells[j] & 0xFF) == 0xFF)
      kw_probe(t, w, kw_key_hash(kw_han_key(w->codes + j, 2)), offset);
    // Behind the haystack's last two characters there is no third one.
    if (w->codes[j + 2] != 0)
      kw_probe(t, w, kw_key_hash(kw_han_key(w->codes + j, 3)), offset);
  }
}

/// The hash of the key of the first `length` letters from `x` on.
KW_INLINE uint64_t kw_letters_hash(const uint8_t *x, uint32_t length) {
  const uint64_t all = kw_quad(x) | (uint64_t)kw_quad(x + 4) << 32;
  return kw_key_hash(all & 0x1F1F1F1F1F1F1F1F & ~0ull >> (64 - 8 * length));
}

/// The lengths, a bit each, of the keys that the letters from `x` on may be.
KW_INLINE uint32_t kw_key_lengths(const kw_tables *t, const uint8_t *x) {
  if (!(x[0] >> 7)) return t->anywhere;
  const uint32_t cell = t->quads[kw_quad_index(kw_quad(x), t->quad_bits)];
  const uint32_t flags = kw_has_fifth(cell, x[4]) ? cell : 0;
  return t->anywhere | (flags & KW_QUAD_KEY_4 ? 1 << 4 : 0) |
         (flags & KW_QUAD_KEY_6 ? 1 << 6 : 0) | (flags & KW_QUAD_KEY_8 ? 1 << 8 : 0) |
         (t->words & ((uint32_t)x[2] >> 7 << 2 | (uint32_t)x[3] >> 7 << 3));
}

/// Whether the letters from `x` on may have a key; free of branches but for what is rare.
KW_INLINE uint32_t kw_may_have_key(const kw_tables *t, const uint8_t *x) {
  static const uint8_t length[8] = {4, 4, 6, 4, 8, 4, 4, 4};  // where a cell has one length only
  const uint32_t cell = t->quads[kw_quad_index(kw_quad(x), t->quad_bits)];
  const uint32_t flags = cell >> 9 & 7, several = (flags & (flags - 1)) != 0;
  const uint32_t quad = kw_has_fifth(cell, x[4]) & x[0] >> 7;
  return (quad & (several | kw_has_key(t, kw_letters_hash(x, length[flags])))) |
         (t->anywhere != 0) | kw_is_short_word(t, x);
}

/// Reports those of the first `count` in `passed` that are an anchor of letters.
KW_INLINE void kw_probe_letters(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i += 1) {
    const uint32_t j = w->passed[i];
    w->passed[kept] = (uint16_t)j;
    kept += kw_may_have_key(t, w->letters + j);
  }
  for (uint32_t i = 0; i < kept; i += 1) {
    const uint32_t j = w->passed[i];
    const uint8_t *x = w->letters + j;
    uint64_t offset = ~0ull;
    for (uint32_t rest = kw_key_lengths(t, x); rest != 0; rest &= rest - 1) {
      const uint64_t hash = kw_letters_hash(x, (uint32_t)__builtin_ctz(rest));
      if (!kw_has_key(t, hash)) continue;
      if (offset == ~0ull) offset = kw_letter_offset(w, j);
      kw_probe(t, w, hash, offset);
    }
  }
}

/// Asks for the patterns of the groups reported so far, while other stages run.
KW_INLINE void kw_prefetch_members(const kw_tables *t, const kw_work *w) {
  if (w->survivors > KW_CANDIDATES) return;
  for (uint32_t i = 0; i < w->survivors; i += 1)
    __builtin_prefetch(t->members + (t->groups[w->group[i]] & 0xFFFFFF));
}

/// Whether a Han character and a letter next to it can be a mixed anchor.
KW_INLINE bool kw_is_mixed(const kw_tables *t, uint32_t code, uint32_t letter,
                           uint32_t han_second) {
  const uint32_t i = kw_mixed_index(code, letter, han_second), k = kw_mixed_han_index(code);
  return t->mixed[i >> 3] >> (i & 7) & t->mixed_han[k >> 3] >> (k & 7) & 1;
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
      const uint32_t code = w->codes[h - 1 + second], x = w->letters[l - second];
      if (kw_is_mixed(t, code, x, second))
        kw_probe(t, w, kw_key_hash(kw_mixed_key(code, x, second)), w->start + b * KW_BLOCK + bit);
    }
  }
}

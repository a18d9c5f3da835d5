// What the short tests share. Internal to CScan.
#pragma once
#include "planes.h"
#include "probe.h"

enum {
  // How far behind its last letter a key is read.
  KW_SLACK_SHORT = 8,
  // More words, of a letter or two each, are rare: they are not looked at.
  KW_SHORT_WORDS = 16,
};

// The planes of a short text: codes, zero behind the last one, and letters.
typedef struct short_text {
  _Alignas(64) uint16_t codes[32 + 4];
  _Alignas(64) uint8_t letters[64 + KW_SLACK_SHORT];
} short_text;

// Whether a group has a key of this hash.
static inline bool has_group(const kw_tables *t, uint64_t hash) {
  const uint64_t last = (1ull << t->slot_bits) - 1;
  uint64_t slot = hash >> (64 - t->slot_bits);
  for (uint32_t entry; (entry = t->slots[slot]) != 0; slot = (slot + 1) & last)
    if ((entry ^ (uint32_t)hash) >> t->group_bits == 0) return true;
  return false;
}

// Whether the Han characters from `codes` on, whose cell they pass, have a key.
static inline bool is_han_key(const kw_tables *t, const uint16_t *codes, uint32_t cell) {
  const uint64_t three = kw_key_hash(kw_han_key(codes, 3));
  // An anchor of two characters takes any third one.
  const bool is_two = (cell & 0xFF) == 0xFF;
  const uint64_t two = kw_key_hash(kw_han_key(codes, 2));
  if (!kw_has_key(t, three) && !(is_two && kw_has_key(t, two))) return false;
  return has_group(t, three) || (is_two && has_group(t, two));
}

// Whether the letters from `x` on, where a word begins, have a key.
static inline bool is_word_key(const kw_tables *t, const uint8_t *x) {
  if (!kw_may_have_key(t, x)) return false;
  for (uint32_t rest = kw_key_lengths(t, x); rest != 0; rest &= rest - 1) {
    const uint64_t hash = kw_letters_hash(x, (uint32_t)__builtin_ctz(rest));
    if (kw_has_key(t, hash) && has_group(t, hash)) return true;
  }
  return false;
}

// How often characters and pairs occur in ordinary text: the generated table in `frequencies.c`.
// Levels are four bits, two a byte, the even index in the low half; level q is the rate
// 2^(q + exponent) per character (per letter pair for letters), level 0 anything below level 1.
#pragma once
#include "cscan.h"

#ifdef __clang__
#pragma clang assume_nonnull begin
#endif

enum {
  /// Bytes of the levels of U+4E00...U+9FFF.
  KW_FREQUENCY_CHARACTERS = 0x5200 / 2,
  KW_FREQUENCY_CHARACTER_EXPONENT = -21,
  /// Entries of the Han pairs, eight to a bucket; of pairs in one bucket the most frequent count.
  KW_FREQUENCY_PAIRS = 1 << 16,
  KW_FREQUENCY_BUCKET = 8,
  KW_FREQUENCY_PAIR_EXPONENT = -20,
  /// Bytes of the levels of letter pairs, by `kw_letters_index`.
  KW_FREQUENCY_LETTERS = 512,
  KW_FREQUENCY_LETTER_EXPONENT = -20,
  /// Bytes of the hashed levels, per letter, of the four letters from a word's start on and of
  /// whole words of two to four letters.
  KW_FREQUENCY_WORDS = 1 << 13,
  KW_FREQUENCY_WORD_EXPONENT = -16,
};

/// The levels of Han characters.
const uint8_t *kw_frequency_characters(void);
/// The levels of Han pairs: 12 bits of the pair's hash and its level, which is zero in no entry
/// used.
const uint16_t *kw_frequency_pairs(void);
/// The levels of letter pairs.
const uint8_t *kw_frequency_letters(void);
/// The levels of four letters from a word's start on, and of short words.
const uint8_t *kw_frequency_words(void);

/// The hash of a Han pair: its bucket in the high bits, the bits of its entry below.
static inline uint32_t kw_frequency_pair_hash(uint32_t first, uint32_t second) {
  return ((first * 0x9E3779B1u) ^ (second * 0x85EBCA6Bu)) * 0xC2B2AE35u;
}
/// The first entry of the bucket of a hash.
static inline uint32_t kw_frequency_bucket(uint32_t hash) {
  return (hash >> 19) * KW_FREQUENCY_BUCKET;
}
/// The entry of a hash with a level.
static inline uint16_t kw_frequency_entry(uint32_t hash, uint32_t level) {
  return (uint16_t)((hash >> 7 & 0xFFF) << 4 | level);
}

/// Which letters a level in `kw_frequency_words` is of.
enum kw_frequency_place {
  KW_WORD_START = 0x20,
  KW_WORD_4 = 0x40,
  KW_WORD_3 = 0x60,
  KW_WORD_2 = 0x80,
};

/// The index of the level of four letters, or of a whole word, the first letter in the low byte.
static inline uint32_t kw_frequency_word_index(uint32_t quad, uint32_t place) {
  return ((quad & 0x1F1F1F1F) | place) * 0x9E3779B1u >> 18;
}

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

// The AVX2 kernel (with BMI2, POPCNT): masks of 32 bytes, compressed eight at a time by shuffles.
#if defined(__x86_64__)
#include <immintrin.h>
#if defined(__clang__)
#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt,lzcnt"))),               \
                             apply_to = function)
#else
#pragma GCC target("avx2,bmi,bmi2,popcnt,lzcnt")
#endif
#define KW_HAS_PDEP
#include "kernels.h"
#include "stages.h"

typedef __m256i bytes;

static inline bytes load(const void *p) { return _mm256_loadu_si256((const bytes *)p); }
static inline bytes all8(int x) { return _mm256_set1_epi8((char)x); }
static inline bytes both(bytes x, bytes y) { return _mm256_and_si256(x, y); }
static inline bytes either(bytes x, bytes y) { return _mm256_or_si256(x, y); }
static inline bytes equal(bytes x, int y) { return _mm256_cmpeq_epi8(x, all8(y)); }
// Unsigned comparisons, 0xFF where true.
static inline bytes at_most(bytes x, int y) {
  return _mm256_cmpeq_epi8(_mm256_min_epu8(x, all8(y)), x);
}
static inline bytes at_least(bytes x, int y) {
  return _mm256_cmpeq_epi8(_mm256_max_epu8(x, all8(y)), x);
}
static inline uint32_t mask(bytes x) { return (uint32_t)_mm256_movemask_epi8(x); }

// A table of 64 bytes in four registers, each 16 bytes of it twice. All but the first are combined
// with the 16 bytes before, as the look-ups of all registers up to an entry's are combined.
typedef struct table {
  bytes part[4];
} table;

static inline table load_table(const uint8_t *p) {
  table t;
  bytes before = _mm256_setzero_si256();
  for (int i = 0; i < 4; i += 1) {
    const __m128i part = _mm_loadu_si128((const __m128i *)(p + 16 * i));
    const bytes twice = _mm256_broadcastsi128_si256(part);
    t.part[i] = _mm256_xor_si256(twice, before);
    before = twice;
  }
  return t;
}

// Looks up the low six bits of each byte. A shuffle gives 0 for a byte whose high bit is set, here
// by subtraction from what is too small for a register.
static inline bytes look_up(const table *t, bytes x) {
  const bytes index = both(x, all8(63));
  bytes found = _mm256_shuffle_epi8(t->part[0], index);
  for (int i = 1; i < 4; i += 1) {
    const bytes rest = _mm256_sub_epi8(index, all8(16 * i));
    found = _mm256_xor_si256(found, _mm256_shuffle_epi8(t->part[i], rest));
  }
  return found;
}

typedef struct masks {
  uint32_t han, letter, flagged, high;
} masks;

static inline masks classify(const uint8_t *p, const table *lead, const table *second,
                             const table *third) {
  const bytes x0 = load(p), x1 = load(p + 1), x2 = load(p + 2);
  const bytes tail1 = equal(both(x1, all8(0xC0)), 0x80), tail2 = equal(both(x2, all8(0xC0)), 0x80);
  const bytes e5 = at_most(_mm256_sub_epi8(x0, all8(0xE5)), 4);
  const bytes e4 = both(equal(x0, 0xE4), at_least(x1, 0xB8));
  const bytes small = _mm256_sub_epi8(either(x0, all8(0x20)), all8('a'));
  const bytes digit = _mm256_sub_epi8(x0, all8('0'));
  const bytes classes = both(both(look_up(lead, x0), look_up(second, x1)), look_up(third, x2));
  const bytes flagged =
      _mm256_andnot_si256(equal(classes, 0), both(tail1, at_least(x0, 0xC0)));
  return (masks){mask(both(both(tail1, tail2), either(e5, e4))),
                 mask(either(at_most(small, 25), at_most(digit, 9))), mask(flagged), mask(x0)};
}

// For each set of eight entries the shuffle that moves its members to the front: of bytes, and of
// 16-bit entries up to the fourth member.
static uint64_t byte_shuffles[256], entry_shuffles[256];

__attribute__((constructor)) static void fill_shuffles(void) {
  for (uint32_t set = 0; set < 256; set += 1) {
    uint64_t bytes = 0, entries = 0;
    uint32_t to = 0;
    for (uint64_t from = 0; from < 8; from += 1) {
      if (!(set >> from & 1)) continue;
      bytes |= from << (8 * to);
      if (to < 4) entries |= (from * 0x0202 + 0x0100) << (16 * to);
      to += 1;
    }
    byte_shuffles[set] = bytes;
    entry_shuffles[set] = entries;
  }
}

static inline __m128i load8(const void *p) { return _mm_loadl_epi64((const __m128i *)p); }
static inline void store8(void *p, __m128i x) { _mm_storel_epi64((__m128i *)p, x); }

static inline uint32_t compress_han(kw_work *w, const uint8_t *x, uint64_t hans, uint32_t han) {
  const bytes top = all8(0xC0);
  for (uint32_t i = 0; i < KW_BLOCK; i += 32) {
    const bytes first = load(x + i);
    // The codes of all positions, see kw_han_code_of.
    const bytes low = _mm256_xor_si256(load(x + i + 1), both(_mm256_slli_epi16(first, 6), top));
    const bytes high = _mm256_xor_si256(load(x + i + 2), both(_mm256_slli_epi16(first, 4), top));
    const bytes a = _mm256_unpacklo_epi8(low, high), b = _mm256_unpackhi_epi8(low, high);
    const __m128i codes[4] = {_mm256_castsi256_si128(a), _mm256_castsi256_si128(b),
                              _mm256_extracti128_si256(a, 1), _mm256_extracti128_si256(b, 1)};
    for (uint32_t k = 0; k < 4; k += 1) {
      const uint32_t set = hans >> (i + 8 * k) & 0xFF;
      // Eight bytes begin three characters at most.
      store8(w->codes + han, _mm_shuffle_epi8(codes[k], load8(entry_shuffles + set)));
      han += (uint32_t)__builtin_popcount(set);
    }
  }
  return han;
}

static inline uint32_t compress_letters(kw_work *w, const uint8_t *x, uint64_t letters,
                                        uint64_t starts, uint32_t letter) {
  for (uint32_t i = 0; i < KW_BLOCK; i += 8) {
    const uint32_t set = letters >> i & 0xFF;
    const uint64_t marks = _pdep_u64(starts >> i & 0xFF, 0x8080808080808080);
    const __m128i marked = _mm_or_si128(load8(x + i), _mm_cvtsi64_si128((long long)marks));
    store8(w->letters + letter, _mm_shuffle_epi8(marked, load8(byte_shuffles + set)));
    letter += (uint32_t)__builtin_popcount(set);
  }
  return letter;
}

// Where the Han characters may be of a mixed anchor that begin among 32 bytes.
static inline uint32_t may_be_mixed(const uint8_t *p, const table *mixed) {
  const bytes powers = _mm256_set1_epi64x((long long)0x8040201008040201ull);
  const bytes bit = _mm256_shuffle_epi8(powers, both(load(p + 1), all8(7)));
  return ~mask(equal(both(look_up(mixed, load(p + 2)), bit), 0));
}

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  const table lead = load_table(t->lead), second = load_table(t->second);
  const table third = load_table(t->third), mixed = load_table(t->mixed_han);
  uint32_t han = w->han_carry, letter = w->letter_carry;
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint8_t *x = p + b * KW_BLOCK;
    _mm_prefetch((const char *)x + KW_PREFETCH, _MM_HINT_T0);
    const uint32_t left = n - b * KW_BLOCK;
    const uint64_t valid = left >= 64 ? ~0ull : (1ull << left) - 1;
    const masks low = classify(x, &lead, &second, &third);
    const masks high = classify(x + 32, &lead, &second, &third);
    const uint64_t hans = (low.han | (uint64_t)high.han << 32) & valid;
    const uint64_t letters = (low.letter | (uint64_t)high.letter << 32) & valid;
    const uint64_t starts = letters & ~(letters << 1 | w->letter_before[b] >> 63);
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    w->han_before[b + 1] = hans;
    w->letter_before[b + 1] = letters;
    kw_note_foreign(w, b, hans | letters, low.high | (uint64_t)high.high << 32);
    w->flagged[b] = (low.flagged | (uint64_t)high.flagged << 32) & valid;
    // Text of one script leaves one of both empty in most blocks.
    if (hans != 0) han = compress_han(w, x, hans, han);
    w->mixed_han[b] = 0;
    // A Han character is next to a letter only here, see kw_boundaries.
    if (letters != 0 || w->letter_before[b] >= w->han_before[b]) {
      const uint64_t high_mixed = may_be_mixed(x + 32, &mixed);
      w->mixed_han[b] = hans & (may_be_mixed(x, &mixed) | high_mixed << 32);
      letter = compress_letters(w, x, letters, starts, letter);
    }
  }
  w->han = han;
  w->letter = letter;
}

// Compares sixteen cells with the bits of their entries.
static inline bytes has_bits(const kw_work *w, uint32_t j) {
  const bytes sum = _mm256_add_epi8(load(w->codes + j), load(w->codes + j + 1));
  const bytes third = _mm256_srli_epi16(load(w->codes + j + 2), 8);
  const bytes high = _mm256_set1_epi16((short)0xFF00);
  const bytes index = both(_mm256_blendv_epi8(third, sum, high), all8(7));
  const bytes bits = _mm256_set1_epi64x((long long)0x8040201008040201ull);
  const bytes wanted = _mm256_shuffle_epi8(bits, index);
  return _mm256_cmpeq_epi16(both(load(w->cells + j), wanted), wanted);
}

// Hashes every pair of neighbours; entries of even number come first in each 16.
static inline void hash_pairs(const kw_tables *t, kw_work *w, uint32_t count) {
  const __m128i shift = _mm_cvtsi32_si128((int)(32 - t->pair_bits));
  const bytes factor = _mm256_set1_epi32((int)0x9E3779B1u);
  for (uint32_t j = 0; j < count; j += 16) {
    const bytes even = _mm256_mullo_epi32(load(w->codes + j), factor);
    const bytes odd = _mm256_mullo_epi32(load(w->codes + j + 1), factor);
    _mm256_storeu_si256((bytes *)(w->index + j), _mm256_srl_epi32(even, shift));
    _mm256_storeu_si256((bytes *)(w->index + j + 8), _mm256_srl_epi32(odd, shift));
  }
}

static inline void look_up_pairs(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint16_t *restrict pairs = t->pairs;
  const uint32_t *restrict index = w->index;
  uint16_t *restrict cells = w->cells;
  for (uint32_t j = 0; j < count; j += 16) {
#pragma clang loop unroll(full)
    for (uint32_t i = 0; i < 8; i += 1) {
      cells[j + 2 * i] = pairs[index[j + i]];
      cells[j + 2 * i + 1] = pairs[index[j + 8 + i]];
    }
  }
}

static inline uint32_t has_bits_of_32(const kw_work *w, uint32_t j) {
  const bytes packed = _mm256_packs_epi16(has_bits(w, j), has_bits(w, j + 16));
  return mask(_mm256_permute4x64_epi64(packed, 0xD8));
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  hash_pairs(t, w, count);
  look_up_pairs(t, w, count);
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    uint64_t hit = has_bits_of_32(w, j) | (uint64_t)has_bits_of_32(w, j + 32) << 32;
    if (count - j < 64) hit &= (1ull << (count - j)) - 1;
    for (; hit != 0; hit &= hit - 1) {
      w->passed[passed] = (uint16_t)(j + (uint32_t)__builtin_ctzll(hit));
      passed += 1;
    }
  }
  return passed;
}

static inline uint32_t may_begin(const uint8_t *letters, const table *low, const table *high) {
  const bytes x = load(letters), y = load(letters + 1);
  // Seven bits of the index: all five of the first letter, bits 3 and 4 of the second.
  const bytes index = either(both(_mm256_slli_epi16(x, 2), all8(0x7C)),
                             both(_mm256_srli_epi16(y, 3), all8(3)));
  const bytes bit = _mm256_shuffle_epi8(_mm256_set1_epi64x((long long)0x8040201008040201ull),
                                        both(y, all8(7)));
  const bytes set = _mm256_blendv_epi8(look_up(low, index), look_up(high, index),
                                       _mm256_slli_epi16(index, 1));
  return ~mask(equal(both(set, bit), 0)) | mask(x);
}

static uint32_t words(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t starts = 0;
  const table low = load_table(t->letters), high = load_table(t->letters + 64);
  for (uint32_t j = 0; j < count; j += 64) {
    const uint8_t *x = w->letters + j;
    // Only where a word starts, or the first pair is one of the anchors that stand anywhere.
    uint64_t hit = t->anywhere == 0
                       ? mask(load(x)) | (uint64_t)mask(load(x + 32)) << 32
                       : may_begin(x, &low, &high) | (uint64_t)may_begin(x + 32, &low, &high) << 32;
    if (count - j < 64) hit &= (1ull << (count - j)) - 1;
    starts = kw_append_starts(w, starts, j, hit);
  }
  return kw_test_starts(t, w, starts);
}

void kw_avx2_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                     size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, words}, t, w, haystack, count, start, out);
}
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

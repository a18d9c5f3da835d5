// What the files for AVX-512 share; they set the target. Internal to CScan.
#pragma once
#include <immintrin.h>
#include "work.h"

typedef __m512i bytes;

static inline bytes load(const void *p) { return _mm512_loadu_si512(p); }
static inline bytes all8(int x) { return _mm512_set1_epi8((char)x); }

// Bit x of each byte's low three bits.
static inline bytes bit_of(bytes x) {
  const bytes bits = _mm512_set1_epi64((long long)0x8040201008040201ull);
  return _mm512_shuffle_epi8(bits, _mm512_and_si512(x, all8(7)));
}

static inline uint64_t below(uint32_t count) {
  return count >= 64 ? ~0ull : (1ull << count) - 1;
}

// The codes of the Han characters that begin where a mask says, 22 of them at most.
static inline bytes han_codes(__mmask64 mask, bytes iota, bytes x0, bytes x1, bytes x2) {
  const bytes places = _mm512_maskz_compress_epi8(mask, iota);
  const bytes at = _mm512_cvtepu8_epi16(_mm512_castsi512_si256(places));
  const bytes second = _mm512_permutexvar_epi8(at, x1);
  const bytes tails = _mm512_mask_permutexvar_epi8(second, 0xAAAAAAAAAAAAAAAA,
                                                   _mm512_slli_epi16(at, 8), x2);
  // Bits 0 and 1 of the first byte go to bits 6 and 7, its bits 2 and 3 to bits 14 and 15.
  const bytes shifts = _mm512_set1_epi64(0x2C2A1C1A0C0A3C3A);
  const bytes moved = _mm512_multishift_epi64_epi8(shifts, _mm512_permutexvar_epi8(at, x0));
  return _mm512_ternarylogic_epi64(tails, moved, _mm512_set1_epi16((short)0xC0C0), 0x78);
}

static const uint8_t places[64] = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

// What the bytes of a block are looked up in.
typedef struct block_tables {
  bytes lead, second, third, mixed, iota, powers;
} block_tables;

static inline block_tables tables_of(const kw_tables *t) {
  const bytes iota = load(places);
  // By the low six bits of a byte, the bit of the lowest three.
  return (block_tables){.lead = load(t->lead),
                        .second = load(t->second),
                        .third = load(t->third),
                        .mixed = load(t->mixed_han),
                        .iota = iota,
                        .powers = bit_of(iota)};
}

// Where the characters of both planes begin in 64 bytes, and the codes of those on the Han plane.
typedef struct block {
  __mmask64 hans, mixed, letters, flagged, high;
  bytes codes;
} block;

// `x1` and `x2` are the bytes one and two places on.
static inline __attribute__((always_inline)) block block_of(const block_tables *t, bytes x0,
                                                            bytes x1, bytes x2) {
  // 10xxxxxx is below 0xC0 as a signed byte.
  const __mmask64 tail1 = _mm512_cmplt_epi8_mask(x1, all8(0xC0));
  const __mmask64 tails = _mm512_mask_cmplt_epi8_mask(tail1, x2, all8(0xC0));
  const __mmask64 e5 =
      _mm512_mask_cmplt_epu8_mask(tails, _mm512_sub_epi8(x0, all8(0xE5)), all8(5));
  const __mmask64 e4 = _mm512_mask_cmpeq_epi8_mask(tails, x0, all8(0xE4));
  block b = {.hans = e5 | _mm512_mask_cmpge_epu8_mask(e4, x1, all8(0xB8))};
  b.codes = han_codes(b.hans, t->iota, x0, x1, x2);
  b.mixed = _mm512_mask_test_epi8_mask(b.hans, _mm512_permutexvar_epi8(x2, t->mixed),
                                       _mm512_permutexvar_epi8(x1, t->powers));

  const bytes small = _mm512_or_si512(x0, all8(0x20));
  const __mmask64 alphabetic = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, all8('a')), all8(26));
  const __mmask64 digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x0, all8('0')), all8(10));
  b.letters = alphabetic | digit;
  b.high = _mm512_movepi8_mask(x0);

  const bytes classes = _mm512_ternarylogic_epi64(_mm512_permutexvar_epi8(x0, t->lead),
                                                  _mm512_permutexvar_epi8(x1, t->second),
                                                  _mm512_permutexvar_epi8(x2, t->third), 0x80);
  const __mmask64 high = _mm512_mask_cmpge_epu8_mask(tail1, x0, all8(0xC0));
  b.flagged = _mm512_mask_test_epi8_mask(high, classes, classes);
  return b;
}

// The letter plane of a block, each letter marked where a word begins.
static inline bytes letters_of(bytes x0, __mmask64 letters, __mmask64 starts) {
  const bytes marked = _mm512_or_si512(x0, _mm512_maskz_set1_epi8(starts, (char)KW_WORD));
  return _mm512_maskz_compress_epi8(letters, marked);
}

// Gathers the cells of 32 pairs, which are loaded as two cells each: the table is padded by one.
static inline bytes look_up_pairs(const kw_tables *t, bytes even, bytes odd) {
  const __m128i shift = _mm_cvtsi32_si128((int)(32 - t->pair_bits));
  const bytes factor = _mm512_set1_epi32((int)0x9E3779B1u);
  const bytes a = _mm512_srl_epi32(_mm512_mullo_epi32(even, factor), shift);
  const bytes b = _mm512_srl_epi32(_mm512_mullo_epi32(odd, factor), shift);
  const bytes low = _mm512_i32gather_epi32(a, t->pairs, 2);
  const bytes high = _mm512_i32gather_epi32(b, t->pairs, 2);
  return _mm512_mask_mov_epi16(low, 0xAAAAAAAA, _mm512_slli_epi32(high, 16));
}

// Two letters as an index into a set of 1024 bits and a bit of the byte there.
typedef struct letter_pair {
  bytes index, bit;
} letter_pair;

static inline letter_pair pair_of(bytes a, bytes b) {
  const bytes index =
      _mm512_ternarylogic_epi64(all8(3), _mm512_srli_epi16(b, 3), _mm512_slli_epi16(a, 2), 0xCA);
  return (letter_pair){index, bit_of(b)};
}

static inline __mmask64 in_set(__mmask64 mask, const uint8_t *sets, uint32_t set, letter_pair x) {
  const uint8_t *s = sets + set * 128;
  return _mm512_mask_test_epi8_mask(mask, _mm512_permutex2var_epi8(load(s), x.index, load(s + 64)),
                                    x.bit);
}

// The AVX-512 kernel (F, BW, VL, DQ, VBMI, VBMI2): 64 bytes a step, compressed in registers.
#if defined(__x86_64__)
#include <immintrin.h>
#if defined(__clang__)
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,"            \
                          "bmi,bmi2,popcnt,lzcnt"))),                                             \
    apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2")
#pragma GCC target("bmi,bmi2,popcnt,lzcnt")
#endif
#define KW_HAS_PDEP
#include "kernels.h"
#include "stages.h"

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

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  const bytes lead = load(t->lead), second = load(t->second), third = load(t->third);
  const bytes mixed0 = load(t->mixed_han), mixed1 = load(t->mixed_han + 64);
  uint32_t han = w->han_carry, letter = w->letter_carry;
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint8_t *x = p + b * KW_BLOCK;
    const bytes x0 = load(x), x1 = load(x + 1), x2 = load(x + 2);
    _mm_prefetch((const char *)x + KW_PREFETCH, _MM_HINT_T0);
    const __mmask64 valid = below(n - b * KW_BLOCK);
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;

    // 10xxxxxx is below 0xC0 as a signed byte.
    const __mmask64 tail1 = _mm512_mask_cmplt_epi8_mask(valid, x1, all8(0xC0));
    const __mmask64 tail2 = _mm512_mask_cmplt_epi8_mask(tail1, x2, all8(0xC0));
    const __mmask64 e5 =
        _mm512_mask_cmplt_epu8_mask(tail2, _mm512_sub_epi8(x0, all8(0xE5)), all8(5));
    const __mmask64 e4 = _mm512_mask_cmpeq_epi8_mask(tail2, x0, all8(0xE4));
    const __mmask64 hans = e5 | _mm512_mask_cmpge_epu8_mask(e4, x1, all8(0xB8));
    _mm512_storeu_si512(w->mid + han, _mm512_maskz_compress_epi8(hans, x1));
    _mm512_storeu_si512(w->low + han, _mm512_maskz_compress_epi8(hans, x2));
    han += (uint32_t)__builtin_popcountll(hans);
    w->han_before[b + 1] = hans;

    // Bit 6 of the index from x1, the others from x2; bits 1...3 of x1 pick the bit.
    const bytes code = _mm512_ternarylogic_epi64(all8(0x40), _mm512_slli_epi16(x1, 6), x2, 0xCA);
    const bytes cell = _mm512_permutex2var_epi8(mixed0, code, mixed1);
    w->mixed_han[b] = _mm512_mask_test_epi8_mask(hans, cell, bit_of(_mm512_srli_epi16(x1, 1)));

    const bytes small = _mm512_or_si512(x0, all8(0x20));
    const __mmask64 alphabetic =
        _mm512_mask_cmplt_epu8_mask(valid, _mm512_sub_epi8(small, all8('a')), all8(26));
    const __mmask64 digit =
        _mm512_mask_cmplt_epu8_mask(valid, _mm512_sub_epi8(x0, all8('0')), all8(10));
    const __mmask64 letters = alphabetic | digit;
    const __mmask64 starts = letters & ~(letters << 1 | w->letter_before[b] >> 63);
    const bytes marked = _mm512_or_si512(x0, _mm512_maskz_set1_epi8(starts, (char)KW_WORD));
    _mm512_storeu_si512(w->letters + letter, _mm512_maskz_compress_epi8(letters, marked));
    letter += (uint32_t)__builtin_popcountll(letters);
    w->letter_before[b + 1] = letters;

    const bytes classes = _mm512_ternarylogic_epi64(_mm512_permutexvar_epi8(x0, lead),
                                                    _mm512_permutexvar_epi8(x1, second),
                                                    _mm512_permutexvar_epi8(x2, third), 0x80);
    const __mmask64 high = _mm512_mask_cmpge_epu8_mask(tail1, x0, all8(0xC2));
    w->flagged[b] = _mm512_mask_test_epi8_mask(high, classes, classes);
  }
  w->han = han;
  w->letter = letter;
}

// Appends the plane entries `first` + bit of a mask to `passed`.
static inline uint32_t append(kw_work *w, uint32_t passed, uint32_t first, uint64_t mask) {
  static const uint8_t iota[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                   16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
  const bytes bits = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)iota));
  const bytes entries = _mm512_add_epi16(bits, _mm512_set1_epi16((short)first));
  const bytes later = _mm512_add_epi16(entries, _mm512_set1_epi16(32));
  const __mmask32 low = (__mmask32)mask, high = (__mmask32)(mask >> 32);
  _mm512_storeu_si512(w->passed + passed, _mm512_maskz_compress_epi16(low, entries));
  passed += (uint32_t)__builtin_popcount(low);
  _mm512_storeu_si512(w->passed + passed, _mm512_maskz_compress_epi16(high, later));
  return passed + (uint32_t)__builtin_popcount(high);
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  kw_hash_pairs(t, w, count);
  kw_look_up_pairs(t, w, count);
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const __mmask64 hit = _mm512_mask_test_epi8_mask(below(count - j), load(w->cells + j),
                                                     bit_of(load(w->low + j + 2)));
    passed = append(w, passed, j, hit);
  }
  return passed;
}

static uint32_t triples(const kw_tables *t, kw_work *w, uint32_t count) {
  const bytes byte = _mm512_set1_epi32(0xFF), one = _mm512_set1_epi32(1);
  const bytes word = _mm512_set1_epi32(31);
  const __m128i shift3 = _mm_cvtsi32_si128((int)(32 - t->triple_bits));
  const __m128i shift2 = _mm_cvtsi32_si128((int)(32 - t->double_bits));
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i += 16) {
    const __mmask16 valid = (__mmask16)below(count - i < 16 ? count - i : 16);
    const __m256i entries = _mm256_loadu_si256((const void *)(w->passed + i));
    const bytes j = _mm512_maskz_cvtepu16_epi32(valid, entries);
    const bytes m = _mm512_i32gather_epi32(j, w->mid, 1), l = _mm512_i32gather_epi32(j, w->low, 1);
    // The codes of three neighbours from their second and third bytes.
    const bytes first = _mm512_or_si512(_mm512_and_si512(m, byte),
                                        _mm512_slli_epi32(_mm512_and_si512(l, byte), 8));
    const bytes m1 = _mm512_srli_epi32(m, 8), l1 = _mm512_srli_epi32(l, 8);
    const bytes next = _mm512_or_si512(_mm512_slli_epi32(_mm512_and_si512(m1, byte), 16),
                                       _mm512_slli_epi32(l1, 24));
    const bytes third = _mm512_or_si512(
        _mm512_and_si512(_mm512_srli_epi32(m, 16), byte),
        _mm512_slli_epi32(_mm512_and_si512(_mm512_srli_epi32(l, 16), byte), 8));
    const bytes pair = _mm512_or_si512(first, next);
    const bytes mixed =
        _mm512_xor_si512(_mm512_mullo_epi32(pair, _mm512_set1_epi32((int)0xC2B2AE35u)),
                         _mm512_mullo_epi32(third, _mm512_set1_epi32((int)0x27D4EB2Fu)));
    const bytes three = _mm512_srl_epi32(
        _mm512_mullo_epi32(mixed, _mm512_set1_epi32((int)0x9E3779B1u)), shift3);
    const bytes two = _mm512_srl_epi32(
        _mm512_mullo_epi32(pair, _mm512_set1_epi32((int)0x85EBCA6Bu)), shift2);
    const bytes w3 = _mm512_i32gather_epi32(_mm512_srli_epi32(three, 5), t->triples, 4);
    const bytes w2 = _mm512_i32gather_epi32(_mm512_srli_epi32(two, 5), t->doubles, 4);
    const bytes bits = _mm512_or_si512(_mm512_srlv_epi32(w3, _mm512_and_si512(three, word)),
                                       _mm512_srlv_epi32(w2, _mm512_and_si512(two, word)));
    const __mmask16 hit = _mm512_mask_test_epi32_mask(valid, bits, one);
    _mm256_storeu_si256((void *)(w->passed + kept), _mm256_maskz_compress_epi16(hit, entries));
    kept += (uint32_t)__builtin_popcount(hit);
  }
  return kept;
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

static uint32_t letters(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint8_t *sets = t->letters;
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const bytes x0 = load(w->letters + j), x1 = load(w->letters + j + 1);
    const bytes x2 = load(w->letters + j + 2), x3 = load(w->letters + j + 3);
    const letter_pair a = pair_of(x0, x1), b = pair_of(x1, x2), c = pair_of(x2, x3);
    const __mmask64 valid = below(count - j);
    __mmask64 any = in_set(valid, sets, KW_SET_ANYWHERE, a);
    any = in_set(any, sets, KW_SET_ANYWHERE + 1, b);
    any = in_set(any, sets, KW_SET_ANYWHERE + 2, c);
    const __mmask64 start = _mm512_movepi8_mask(x0) & valid;
    __mmask64 begin = in_set(start, sets, KW_SET_WORD_START, a);
    begin = in_set(begin, sets, KW_SET_WORD_START + 1, b);
    begin = in_set(begin, sets, KW_SET_WORD_START + 2, c);
    begin = in_set(begin, sets, KW_SET_WORD_START + 3, pair_of(x0, x2));
    begin = in_set(begin, sets, KW_SET_WORD_START + 4, pair_of(x1, x3));
    begin = in_set(begin, sets, KW_SET_WORD_START + 5, pair_of(x0, x3));
    const __mmask64 two = in_set(start & _mm512_movepi8_mask(x2), sets, KW_SET_WORD_2, a);
    __mmask64 three = in_set(start & _mm512_movepi8_mask(x3), sets, KW_SET_WORD_3, a);
    three = in_set(three, sets, KW_SET_WORD_3 + 1, b);
    passed = append(w, passed, j, any | begin | two | three);
  }
  return passed;
}

void kw_avx512_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                       size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, triples, letters}, t, w, haystack, count, start, out);
}
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

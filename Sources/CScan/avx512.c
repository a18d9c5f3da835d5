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

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  // What lies behind the haystack is zero, which is on no plane.
  (void)n;
  const bytes lead = load(t->lead), second = load(t->second), third = load(t->third);
  const bytes mixed = load(t->mixed_han), iota = load(places);
  // By the low six bits of a byte, the bit of the lowest three.
  const bytes powers = bit_of(iota);
  const uint32_t blocks = w->blocks;
  uint32_t han = w->han_carry, letter = w->letter_carry;
  uint64_t before = w->letter_before[0];
  for (uint32_t b = 0; b < blocks; b += 1) {
    const uint8_t *x = p + b * KW_BLOCK;
    const bytes x0 = load(x), x1 = load(x + 1), x2 = load(x + 2);
    _mm_prefetch((const char *)x + KW_PREFETCH, _MM_HINT_T0);
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;

    // 10xxxxxx is below 0xC0 as a signed byte.
    const __mmask64 tail1 = _mm512_cmplt_epi8_mask(x1, all8(0xC0));
    const __mmask64 tails = _mm512_mask_cmplt_epi8_mask(tail1, x2, all8(0xC0));
    const __mmask64 e5 =
        _mm512_mask_cmplt_epu8_mask(tails, _mm512_sub_epi8(x0, all8(0xE5)), all8(5));
    const __mmask64 e4 = _mm512_mask_cmpeq_epi8_mask(tails, x0, all8(0xE4));
    const __mmask64 hans = e5 | _mm512_mask_cmpge_epu8_mask(e4, x1, all8(0xB8));
    _mm512_storeu_si512(w->codes + han, han_codes(hans, iota, x0, x1, x2));
    han += (uint32_t)__builtin_popcountll(hans);
    w->han_before[b + 1] = hans;

    w->mixed_han[b] = _mm512_mask_test_epi8_mask(hans, _mm512_permutexvar_epi8(x2, mixed),
                                                 _mm512_permutexvar_epi8(x1, powers));

    const bytes small = _mm512_or_si512(x0, all8(0x20));
    const __mmask64 alphabetic =
        _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, all8('a')), all8(26));
    const __mmask64 digit = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x0, all8('0')), all8(10));
    const __mmask64 letters = alphabetic | digit;
    const __mmask64 starts = letters & ~(letters << 1 | before >> 63);
    const bytes marked = _mm512_or_si512(x0, _mm512_maskz_set1_epi8(starts, (char)KW_WORD));
    _mm512_storeu_si512(w->letters + letter, _mm512_maskz_compress_epi8(letters, marked));
    letter += (uint32_t)__builtin_popcountll(letters);
    w->letter_before[b + 1] = letters;
    before = letters;
    kw_note_foreign(w, b, hans | letters, _mm512_movepi8_mask(x0));

    const bytes classes = _mm512_ternarylogic_epi64(_mm512_permutexvar_epi8(x0, lead),
                                                    _mm512_permutexvar_epi8(x1, second),
                                                    _mm512_permutexvar_epi8(x2, third), 0x80);
    const __mmask64 high = _mm512_mask_cmpge_epu8_mask(tail1, x0, all8(0xC0));
    w->flagged[b] = _mm512_mask_test_epi8_mask(high, classes, classes);
  }
  w->han = han;
  w->letter = letter;
}

// Appends the plane entries `first` + bit of a mask to a list.
static inline uint32_t append(uint16_t *list, uint32_t count, uint32_t first, uint64_t mask) {
  const bytes bits = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)places));
  const bytes entries = _mm512_add_epi16(bits, _mm512_set1_epi16((short)first));
  const bytes later = _mm512_add_epi16(entries, _mm512_set1_epi16(32));
  const __mmask32 low = (__mmask32)mask, high = (__mmask32)(mask >> 32);
  _mm512_storeu_si512(list + count, _mm512_maskz_compress_epi16(low, entries));
  count += (uint32_t)__builtin_popcount(low);
  _mm512_storeu_si512(list + count, _mm512_maskz_compress_epi16(high, later));
  return count + (uint32_t)__builtin_popcount(high);
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

// Which of 32 pairs have a cell with the bits of their characters.
static inline __mmask32 test_pairs(const kw_tables *t, kw_work *w, uint32_t j) {
  const bytes first = load(w->codes + j), second = load(w->codes + j + 1);
  const bytes cells = look_up_pairs(t, first, second);
  _mm512_storeu_si512(w->cells + j, cells);
  const bytes sum = _mm512_add_epi8(first, second);
  const bytes third = _mm512_srli_epi16(load(w->codes + j + 2), 8);
  const bytes index = _mm512_ternarylogic_epi64(_mm512_set1_epi16(0x0700), sum, third, 0xCA);
  const bytes wanted = bit_of(index);
  return _mm512_cmpeq_epi16_mask(_mm512_and_si512(cells, wanted), wanted);
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const uint64_t hit = test_pairs(t, w, j) | (uint64_t)test_pairs(t, w, j + 32) << 32;
    passed = append(w->passed, passed, j, hit & below(count - j));
  }
  return passed;
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

// The order of bytes that unpacking twice within lanes of 16 undoes.
static inline bytes lane_order(void) {
  return _mm512_set_epi32(0x3F3E3D3C, 0x2F2E2D2C, 0x1F1E1D1C, 0x0F0E0D0C,  //
                          0x3B3A3938, 0x2B2A2928, 0x1B1A1918, 0x0B0A0908,  //
                          0x37363534, 0x27262524, 0x17161514, 0x07060504,  //
                          0x33323130, 0x23222120, 0x13121110, 0x03020100);
}

// Gathers the cells of 64 words from `k` on, `count` of which matter, by their first four letters;
// two cells are loaded for each, so the table is padded by one.
static inline void look_up_quads(const kw_tables *t, kw_work *w, uint32_t k, uint32_t count) {
  const __m128i shift = _mm_cvtsi32_si128((int)(32 - t->quad_bits));
  const bytes order = lane_order(), factor = _mm512_set1_epi32((int)0x9E3779B1u);
  bytes x[4];
  for (int i = 0; i < 4; i += 1) {
    const bytes letter = _mm512_and_si512(load(w->words[i] + k), all8(31));
    x[i] = _mm512_permutexvar_epi8(order, letter);
  }
  const bytes low01 = _mm512_unpacklo_epi8(x[0], x[1]), high01 = _mm512_unpackhi_epi8(x[0], x[1]);
  const bytes low23 = _mm512_unpacklo_epi8(x[2], x[3]), high23 = _mm512_unpackhi_epi8(x[2], x[3]);
  const bytes quads[4] = {
      _mm512_unpacklo_epi16(low01, low23), _mm512_unpackhi_epi16(low01, low23),
      _mm512_unpacklo_epi16(high01, high23), _mm512_unpackhi_epi16(high01, high23)};
  for (uint32_t i = 0; i < 4 && 16 * i < count; i += 1) {
    const bytes index = _mm512_srl_epi32(_mm512_mullo_epi32(quads[i], factor), shift);
    const bytes cells = _mm512_i32gather_epi32(index, t->quads, 2);
    _mm256_storeu_si256((void *)(w->cells + k + 16 * i), _mm512_cvtepi32_epi16(cells));
  }
}

// Which of 32 cells have the fifth letter, or the word's end where there is one.
static inline __mmask32 have_fifth(const uint16_t *cells, __m256i fifth) {
  const bytes wide = _mm512_cvtepu8_epi16(fifth), end = _mm512_set1_epi16(KW_WORD);
  const bytes letter = _mm512_and_si512(bit_of(wide), _mm512_set1_epi16(0xFF));
  const bytes wanted = _mm512_ternarylogic_epi64(letter, _mm512_slli_epi16(wide, 1),
                                                 _mm512_slli_epi16(end, 1), 0xF8);
  return _mm512_test_epi16_mask(load(cells), wanted);
}

// Appends to `passed` those of the words from `starts` on that can be an anchor.
static inline uint32_t test_words(const kw_tables *t, kw_work *w, const uint16_t *starts,
                                  uint32_t count, uint32_t passed) {
  const uint16_t *cells = w->cells;
  for (uint32_t k = 0; k < count; k += 64) look_up_quads(t, w, k, count - k);
  for (uint32_t k = 0; k < count; k += 64) {
    const bytes x4 = load(w->words[4] + k);
    uint64_t hit = have_fifth(cells + k, _mm512_castsi512_si256(x4)) |
                   (uint64_t)have_fifth(cells + k + 32, _mm512_extracti64x4_epi64(x4, 1)) << 32;
    if (t->words != 0) {
      const bytes x1 = load(w->words[1] + k), x2 = load(w->words[2] + k);
      const letter_pair a = pair_of(load(w->words[0] + k), x1), b = pair_of(x1, x2);
      const __mmask64 three = _mm512_movepi8_mask(load(w->words[3] + k));
      hit |= in_set(_mm512_movepi8_mask(x2), t->letters, KW_SET_WORD_2, a);
      hit |= in_set(in_set(three, t->letters, KW_SET_WORD_3, a), t->letters, KW_SET_WORD_3 + 1, b);
    }
    hit &= below(count - k);
    const __mmask32 low = (__mmask32)hit, high = (__mmask32)(hit >> 32);
    _mm512_storeu_si512(w->passed + passed, _mm512_maskz_compress_epi16(low, load(starts + k)));
    passed += (uint32_t)__builtin_popcount(low);
    const bytes later = load(starts + k + 32);
    _mm512_storeu_si512(w->passed + passed, _mm512_maskz_compress_epi16(high, later));
    passed += (uint32_t)__builtin_popcount(high);
  }
  return passed;
}

// The same where anchors may stand anywhere: word by word.
static uint32_t words_anywhere(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t starts = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const bytes x0 = load(w->letters + j), x1 = load(w->letters + j + 1);
    const bytes x2 = load(w->letters + j + 2), x3 = load(w->letters + j + 3);
    __mmask64 any = in_set(~0ull, t->letters, KW_SET_ANYWHERE, pair_of(x0, x1));
    any = in_set(any, t->letters, KW_SET_ANYWHERE + 1, pair_of(x1, x2));
    any = in_set(any, t->letters, KW_SET_ANYWHERE + 2, pair_of(x2, x3));
    starts = append(w->starts, starts, j, (_mm512_movepi8_mask(x0) | any) & below(count - j));
  }
  return kw_test_starts(t, w, starts);
}

static uint32_t words(const kw_tables *t, kw_work *w, uint32_t count) {
  if (t->anywhere != 0) return words_anywhere(t, w, count);
  uint32_t tested = 0, waiting = 0, passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const uint64_t starts = _mm512_movepi8_mask(load(w->letters + j)) & below(count - j);
    for (uint32_t i = 0; i < 5; i += 1)
      _mm512_storeu_si512(w->words[i] + waiting,
                          _mm512_maskz_compress_epi8(starts, load(w->letters + j + i)));
    waiting = append(w->starts + tested, waiting, j, starts);
    if (waiting > KW_WORDS - 64) {
      passed = test_words(t, w, w->starts + tested, waiting, passed);
      tested += waiting;
      waiting = 0;
    }
  }
  return test_words(t, w, w->starts + tested, waiting, passed);
}

void kw_avx512_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                       size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, words}, t, w, haystack, count, start, out);
}
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

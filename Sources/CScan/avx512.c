// The AVX-512 kernel: 64 bytes a step, compressed in registers.
#if defined(__x86_64__)
#include "target_avx512.h"
#define KW_HAS_PDEP
#include "kernels.h"
#include "stages.h"
#include "avx512.h"

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  // What lies behind the haystack is zero, which is on no plane.
  (void)n;
  const block_tables tables = tables_of(t);
  const uint32_t blocks = w->blocks;
  uint32_t han = w->han_carry, letter = w->letter_carry;
  uint64_t before = w->letter_before[0];
  for (uint32_t b = 0; b < blocks; b += 1) {
    const uint8_t *x = p + b * KW_BLOCK;
    const bytes x0 = load(x);
    _mm_prefetch((const char *)x + KW_PREFETCH, _MM_HINT_T0);
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    const block found = block_of(&tables, x0, load(x + 1), load(x + 2));
    _mm512_storeu_si512(w->codes + han, found.codes);
    han += (uint32_t)__builtin_popcountll(found.hans);
    w->han_before[b + 1] = found.hans;
    w->mixed_han[b] = found.mixed;
    const __mmask64 starts = found.letters & ~(found.letters << 1 | before >> 63);
    _mm512_storeu_si512(w->letters + letter, letters_of(x0, found.letters, starts));
    letter += (uint32_t)__builtin_popcountll(found.letters);
    w->letter_before[b + 1] = found.letters;
    before = found.letters;
    kw_note_foreign(w, b, found.hans | found.letters, found.high);
    w->flagged[b] = found.flagged;
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

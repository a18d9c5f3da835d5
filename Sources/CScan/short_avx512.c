// The short test with AVX-512 (F, BW, VL, DQ, VBMI, VBMI2): all of it in one vector.
#if defined(__x86_64__)
#include "target_avx512.h"
#include "kernels.h"
#include "short.h"
#include "avx512.h"

// The bytes from the `n`-th on, `fill` behind them.
static inline bytes moved(bytes x, bytes iota, int n, bytes fill) {
  return _mm512_mask_permutexvar_epi8(fill, ~0ull >> n, _mm512_add_epi8(iota, all8(n)), x);
}

// Whether two neighbours on different planes may be an anchor.
static bool has_mixed(const kw_tables *t, const block *b, bytes x0) {
  const uint64_t h = b->hans, l = b->letters, m = b->mixed;
  const uint64_t kept = h | h << 1 | h << 2 | l, gap = ~kept;
  const uint64_t after_letter = l << 1, after_han = m << 3;
  // Adding a bit to a run of gap bytes carries it to the first kept byte behind the run.
  const uint64_t to_han = (((after_letter & gap) + gap) & kept) | (after_letter & kept);
  const uint64_t to_letter = (((after_han & gap) + gap) & kept) | (after_han & kept);
  uint64_t rest = (to_han & m) | (to_letter & l);
  if (rest == 0) return false;
  short_text s;
  _mm512_store_si512(s.codes, b->codes);
  _mm512_store_si512(s.letters, _mm512_maskz_compress_epi8(l, x0));
  for (; rest != 0; rest &= rest - 1) {
    const uint64_t lower = (rest & -rest) - 1;
    const uint32_t second = (rest & -rest & h) != 0;
    const uint32_t han = (uint32_t)__builtin_popcountll(h & lower);
    const uint32_t letter = (uint32_t)__builtin_popcountll(l & lower);
    if (kw_is_mixed(t, s.codes[han - 1 + second], s.letters[letter - second], second)) return true;
  }
  return false;
}

// The same as `look_up_pairs` for sixteen pairs.
static inline bytes look_up_few_pairs(const kw_tables *t, bytes even, bytes odd) {
  const __m128i shift = _mm_cvtsi32_si128((int)(32 - t->pair_bits));
  const __m256i factor = _mm256_set1_epi32((int)0x9E3779B1u);
  const __m256i x = _mm512_castsi512_si256(even), y = _mm512_castsi512_si256(odd);
  const __m256i a = _mm256_srl_epi32(_mm256_mullo_epi32(x, factor), shift);
  const __m256i b = _mm256_srl_epi32(_mm256_mullo_epi32(y, factor), shift);
  const __m256i low = _mm256_i32gather_epi32((const int *)t->pairs, a, 2);
  const __m256i high = _mm256_i32gather_epi32((const int *)t->pairs, b, 2);
  return _mm512_zextsi256_si512(_mm256_mask_mov_epi16(low, 0xAAAA, _mm256_slli_epi32(high, 16)));
}

static bool has_han(const kw_tables *t, bytes codes, uint32_t count) {
  const __mmask32 there = (__mmask32)below(count);
  const bytes first = _mm512_maskz_mov_epi16(there, codes);
  const bytes iota = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)places));
  const bytes next = _mm512_add_epi16(iota, _mm512_set1_epi16(1));
  const bytes second = _mm512_maskz_permutexvar_epi16(0x7FFFFFFF, next, first);
  const bytes third = _mm512_maskz_permutexvar_epi16(0x7FFFFFFF, next, second);
  const bytes cells = count <= 16 ? look_up_few_pairs(t, first, second)
                                  : look_up_pairs(t, first, second);
  const bytes index = _mm512_ternarylogic_epi64(_mm512_set1_epi16(0x0700),
                                                _mm512_add_epi8(first, second),
                                                _mm512_srli_epi16(third, 8), 0xCA);
  const bytes wanted = bit_of(index);
  uint32_t hit =
      _mm512_mask_cmpeq_epi16_mask(there, _mm512_and_si512(cells, wanted), wanted);
  if (hit == 0) return false;
  short_text s = {.codes = {0}};
  uint16_t cell[32];
  _mm512_store_si512(s.codes, first);
  _mm512_storeu_si512(cell, cells);
  for (; hit != 0; hit &= hit - 1) {
    const uint32_t j = (uint32_t)__builtin_ctz(hit);
    if (is_han_key(t, s.codes + j, cell[j])) return true;
  }
  return false;
}

static inline bytes wide(bytes x) { return _mm512_cvtepu8_epi32(_mm512_castsi512_si128(x)); }

// The words are told by the plane's marks.
static bool has_words(const kw_tables *t, bytes plane, bytes iota, uint32_t count) {
  const bytes end = all8(KW_WORD);
  const __mmask64 starts = _mm512_mask_test_epi8_mask(below(count), plane, end);
  const uint32_t words = (uint32_t)__builtin_popcountll(starts);
  if (words > KW_SHORT_WORDS || t->anywhere != 0) return true;
  bytes x[5];
  for (int i = 0; i < 5; i += 1)
    x[i] = _mm512_maskz_compress_epi8(starts, moved(plane, iota, i, end));
  bytes quads = _mm512_and_si512(wide(x[0]), _mm512_set1_epi32(31));
  for (int i = 1; i < 4; i += 1) {
    const bytes letter = _mm512_and_si512(wide(x[i]), _mm512_set1_epi32(31));
    quads = _mm512_or_si512(quads, _mm512_sll_epi32(letter, _mm_cvtsi32_si128(8 * i)));
  }
  const bytes factor = _mm512_set1_epi32((int)0x9E3779B1u);
  const bytes at = _mm512_srl_epi32(_mm512_mullo_epi32(quads, factor),
                                    _mm_cvtsi32_si128((int)(32 - t->quad_bits)));
  const __mmask16 there = (__mmask16)below(words);
  const bytes cells =
      words <= 8 ? _mm512_zextsi256_si512(_mm256_i32gather_epi32(
                       (const int *)t->quads, _mm512_castsi512_si256(at), 2))
                 : _mm512_i32gather_epi32(at, t->quads, 2);
  const bytes fifth = wide(x[4]);
  const bytes letter =
      _mm512_sllv_epi32(_mm512_set1_epi32(1), _mm512_and_si512(fifth, _mm512_set1_epi32(7)));
  const bytes is_end = _mm512_and_si512(_mm512_slli_epi32(fifth, 1), _mm512_set1_epi32(0x100));
  uint64_t hit = _mm512_mask_test_epi32_mask(there, cells, _mm512_or_si512(letter, is_end));
  if (t->words != 0) {
    const letter_pair a = pair_of(x[0], x[1]), b = pair_of(x[1], x[2]);
    const __mmask64 three = _mm512_movepi8_mask(x[3]);
    hit |= in_set(_mm512_movepi8_mask(x[2]), t->letters, KW_SET_WORD_2, a);
    hit |= in_set(in_set(three, t->letters, KW_SET_WORD_3, a), t->letters, KW_SET_WORD_3 + 1, b);
    hit &= there;
  }
  if (hit == 0) return false;
  short_text s;
  memset(s.letters + 64, KW_WORD, KW_SLACK_SHORT);
  _mm512_store_si512(s.letters, plane);
  for (uint64_t rest = _pdep_u64(hit, starts); rest != 0; rest &= rest - 1)
    if (is_word_key(t, s.letters + __builtin_ctzll(rest))) return true;
  return false;
}

bool kw_avx512_short(const kw_tables *t, const uint8_t *p, size_t count) {
  const block_tables tables = tables_of(t);
  const bytes none = _mm512_setzero_si512();
  const bytes x0 = _mm512_maskz_loadu_epi8(below((uint32_t)count), p);
  const block b =
      block_of(&tables, x0, moved(x0, tables.iota, 1, none), moved(x0, tables.iota, 2, none));
  const uint32_t letters = (uint32_t)__builtin_popcountll(b.letters);
  if (b.hans != 0 && has_han(t, b.codes, (uint32_t)__builtin_popcountll(b.hans))) return true;
  if (letters != 0) {
    const bytes plane = letters_of(x0, b.letters, b.letters & ~(b.letters << 1));
    const bytes filled = _mm512_mask_mov_epi8(all8(KW_WORD), below(letters), plane);
    if (has_words(t, filled, tables.iota, letters)) return true;
    if (b.mixed != 0 && has_mixed(t, &b, x0)) return true;
  }
  if (b.flagged == 0) return false;
  uint8_t padded[64 + 4] = {0};
  _mm512_storeu_si512(padded, x0);
  for (uint64_t rest = b.flagged; rest != 0; rest &= rest - 1)
    if (kw_is_trigger(t, padded + __builtin_ctzll(rest))) return true;
  return false;
}
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

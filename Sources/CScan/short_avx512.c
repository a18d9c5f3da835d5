// The short test with AVX-512 (F, BW, VL, DQ, VBMI, VBMI2): all of it in one vector.
#if defined(__x86_64__)
#include "target_avx512.h"
#include "kernels.h"
#include "short.h"
#include "end_avx512.h"

// Stores 64 bytes by halves: what lies in the upper half of a whole one cannot be read before it
// reaches the cache, for which it waits for all that went before.
static inline void store(void *p, bytes x) {
  __m256i high = _mm512_extracti64x4_epi64(x, 1);
  // Or the compiler would make one store of both.
  __asm__("" : "+v"(high));
  _mm256_storeu_si256(p, _mm512_castsi512_si256(x));
  _mm256_storeu_si256((__m256i *)p + 1, high);
}

// The bytes from the `n`-th on, `fill` behind them.
static inline bytes moved(bytes x, bytes iota, int n, bytes fill) {
  return _mm512_mask_permutexvar_epi8(fill, ~0ull >> n, _mm512_add_epi8(iota, all8(n)), x);
}

// The second characters of neighbours on different planes, the Han one of which is in mixed anchors.
static inline uint64_t mixed_places(const block *b) {
  const uint64_t h = b->hans, l = b->letters, m = b->mixed;
  const uint64_t kept = h | h << 1 | h << 2 | l, gap = ~kept;
  const uint64_t after_letter = l << 1, after_han = m << 3;
  // Adding a bit to a run of gap bytes carries it to the first kept byte behind the run.
  const uint64_t to_han = (((after_letter & gap) + gap) & kept) | (after_letter & kept);
  const uint64_t to_letter = (((after_han & gap) + gap) & kept) | (after_han & kept);
  return (to_han & m) | (to_letter & l);
}

// The place of the `n`-th set bit.
static inline uint32_t place_of(uint64_t mask, uint32_t n) {
  return (uint32_t)_tzcnt_u64(_pdep_u64(1ull << n, mask));
}

static __attribute__((noinline)) void find_mixed(const kw_tables *t, short_found *found,
                                                 const block *b, bytes x0, uint64_t places) {
  const uint64_t h = b->hans, l = b->letters;
  short_text s;
  store(s.codes, b->codes);
  store(s.letters, _mm512_maskz_compress_epi8(l, x0));
  for (uint64_t rest = places; rest != 0; rest &= rest - 1) {
    const uint64_t lower = (rest & -rest) - 1;
    const uint32_t second = (rest & -rest & h) != 0;
    const uint32_t han = (uint32_t)__builtin_popcountll(h & lower);
    const uint32_t letter = (uint32_t)__builtin_popcountll(l & lower);
    note_mixed(t, found, s.codes[han - 1 + second], s.letters[letter - second], second,
               (uint32_t)_tzcnt_u64(rest));
  }
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

// Which of the first `count` Han characters, by their codes, have a cell as an anchor has it.
static inline uint32_t han_hits(const kw_tables *t, bytes codes, uint32_t count, bytes *cells) {
  const __mmask32 there = (__mmask32)below(count);
  const bytes first = _mm512_maskz_mov_epi16(there, codes);
  const bytes iota = _mm512_cvtepu8_epi16(_mm256_loadu_si256((const void *)places));
  const bytes next = _mm512_add_epi16(iota, _mm512_set1_epi16(1));
  const bytes second = _mm512_maskz_permutexvar_epi16(0x7FFFFFFF, next, first);
  const bytes third = _mm512_maskz_permutexvar_epi16(0x7FFFFFFF, next, second);
  *cells = count <= 16 ? look_up_few_pairs(t, first, second) : look_up_pairs(t, first, second);
  const bytes index = _mm512_ternarylogic_epi64(_mm512_set1_epi16(0x0700),
                                                _mm512_add_epi8(first, second),
                                                _mm512_srli_epi16(third, 8), 0xCA);
  const bytes wanted = bit_of(index);
  return _mm512_mask_cmpeq_epi16_mask(there, _mm512_and_si512(*cells, wanted), wanted);
}

static __attribute__((noinline)) void find_han(const kw_tables *t, short_found *found,
                                               const block *b, uint32_t count, bytes cells,
                                               uint32_t hits) {
  short_text s = {.codes = {0}};
  uint16_t cell[32];
  store(s.codes, _mm512_maskz_mov_epi16((__mmask32)below(count), b->codes));
  store(cell, cells);
  for (; hits != 0; hits &= hits - 1) {
    const uint32_t j = (uint32_t)__builtin_ctz(hits);
    note_han(t, found, s.codes + j, cell[j], place_of(b->hans, j));
  }
}

static inline bytes wide(bytes x) { return _mm512_cvtepu8_epi32(_mm512_castsi512_si128(x)); }

// Which words of a plane of letters, that `starts` marks, have a cell as an anchor has it.
static inline uint64_t word_hits(const kw_tables *t, bytes plane, bytes iota, __mmask64 starts) {
  const uint32_t words = (uint32_t)__builtin_popcountll(starts);
  const bytes begins = _mm512_maskz_compress_epi8(starts, iota);
  bytes x[5];
  for (int i = 0; i < 5; i += 1)
    x[i] = _mm512_permutexvar_epi8(_mm512_add_epi8(begins, all8(i)), plane);
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
  uint64_t hits = _mm512_mask_test_epi32_mask(there, cells, _mm512_or_si512(letter, is_end));
  if (t->words != 0) {
    const letter_pair a = pair_of(x[0], x[1]), b = pair_of(x[1], x[2]);
    const __mmask64 three = _mm512_movepi8_mask(x[3]);
    hits |= in_set(_mm512_movepi8_mask(x[2]), t->letters, KW_SET_WORD_2, a);
    hits |= in_set(in_set(three, t->letters, KW_SET_WORD_3, a), t->letters, KW_SET_WORD_3 + 1, b);
    hits &= there;
  }
  return hits;
}

static __attribute__((noinline)) void find_words(const kw_tables *t, short_found *found,
                                                 uint64_t letters, bytes plane, __mmask64 starts,
                                                 uint64_t hits) {
  short_text s;
  memset(s.letters + 64, KW_WORD, KW_SLACK_SHORT);
  store(s.letters, plane);
  for (uint64_t rest = _pdep_u64(hits, starts); rest != 0; rest &= rest - 1) {
    const uint32_t j = (uint32_t)_tzcnt_u64(rest);
    note_word(t, found, s.letters + j, place_of(letters, j));
  }
}

static __attribute__((noinline)) void find_triggers(const kw_tables *t, short_found *found,
                                                    bytes x0, uint64_t flagged) {
  uint8_t padded[64 + 4] = {0};
  store(padded, x0);
  for (uint64_t rest = flagged; rest != 0; rest &= rest - 1) {
    const uint32_t at = (uint32_t)_tzcnt_u64(rest);
    if (kw_is_trigger(t, padded + at)) note(found, at, 0);
  }
}

static inline block short_block(const kw_tables *t, bytes x0) {
  const block_tables tables = tables_of(t);
  const bytes none = _mm512_setzero_si512();
  return block_of(&tables, x0, moved(x0, tables.iota, 1, none), moved(x0, tables.iota, 2, none));
}

// Notes the candidates in the first `count` bytes, but for those before `first`; zeros follow. False
// where there are too many words to look at.
static inline __attribute__((always_inline)) bool find(const kw_tables *t, const block *all,
                                                       bytes x0, uint32_t count, uint32_t first,
                                                       short_found *found) {
  const uint64_t counted = below(count) & ~below(first);
  const bytes iota = load(places), none = _mm512_setzero_si512();
  block b = *all;
  b.hans &= counted;
  b.letters &= counted;
  b.mixed &= counted;
  b.flagged &= counted;
  found->count = 0;
  if (b.hans != 0) {
    b.codes = han_codes(b.hans, iota, x0, moved(x0, iota, 1, none), moved(x0, iota, 2, none));
    const uint32_t han = (uint32_t)__builtin_popcountll(b.hans);
    bytes cells;
    const uint32_t hits = han_hits(t, b.codes, han, &cells);
    if (hits != 0) find_han(t, found, &b, han, cells, hits);
  }
  found->han = found->count;
  uint64_t mixed = 0;
  if (b.letters != 0) {
    const uint64_t starts = all->letters & ~(all->letters << 1);
    const uint32_t letters = (uint32_t)__builtin_popcountll(b.letters);
    const bytes plane = _mm512_mask_mov_epi8(all8(KW_WORD), below(letters),
                                             letters_of(x0, b.letters, starts));
    const __mmask64 words = _mm512_mask_test_epi8_mask(below(letters), plane, all8(KW_WORD));
    if (__builtin_popcountll(words) > KW_SHORT_WORDS || t->anywhere != 0) return false;
    const uint64_t hits = word_hits(t, plane, iota, words);
    if (hits != 0) find_words(t, found, b.letters, plane, words, hits);
    mixed = b.mixed != 0 ? mixed_places(&b) : 0;
  }
  found->letters = found->count;
  if (mixed != 0) find_mixed(t, found, &b, x0, mixed);
  found->mixed = found->count;
  if (b.flagged != 0) find_triggers(t, found, x0, b.flagged);
  return true;
}

bool kw_avx512_short(const kw_tables *t, const uint8_t *p, size_t count) {
  const bytes x0 = _mm512_maskz_loadu_epi8(below((uint32_t)count), p);
  const block b = short_block(t, x0);
  short_found found;
  return !find(t, &b, x0, (uint32_t)count, 0, &found) || found.count != 0;
}

static __attribute__((noinline)) uint32_t short_cut(bytes x, uint32_t count) {
  _Alignas(64) uint8_t text[64];
  store(text, x);
  return count < 3 ? CUT_ODD : cut_bytes(text + count);
}

static inline short_masks masks_of(const block *b, bytes x0, bytes x1, bytes x2) {
  // LF, VT, FF and CR.
  const uint64_t lines = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(x0, all8('\n')), all8(4));
  return (short_masks){b->hans, b->letters, b->high, lines, common_gaps(x0, x1, x2)};
}

kw_chunk kw_avx512_chunk(const kw_tables *t, const kw_anchors *anchors,
                         const kw_automaton *automaton, const kw_near *near,
                         const uint8_t *chunk, size_t count) {
  const short_window w = window_of(near, count);
  const bytes fresh = _mm512_maskz_loadu_epi8(below((uint32_t)count), chunk);
  const uint8_t *begin = near->bytes + w.begin;
  // What was stored by the last push is read as it was stored, or it would have to reach the cache.
  const bytes old = w.old <= 32 ? _mm512_zextsi256_si512(_mm256_loadu_si256((const void *)begin))
                                : load(begin);
  _mm512_storeu_si512(near->bytes + near->end, fresh);
  const bytes at = _mm512_sub_epi8(load(places), all8((int)w.old));
  const __mmask64 there = below(w.old);
  const bytes all = _mm512_mask_permutexvar_epi8(_mm512_maskz_mov_epi8(there, old),
                                                 below(w.count) & ~there, at, fresh);
  const uint32_t cut = count >= 3 ? cut_bytes(chunk + count) : short_cut(all, w.count);
  if (cut >= w.count) return (kw_chunk){.kind = KW_CHUNK_MAY};
  const uint32_t whole = w.count - cut;
  const bytes x0 = _mm512_maskz_mov_epi8(below(whole), all);
  const block b = short_block(t, x0);
  const bytes iota = load(places), none = _mm512_setzero_si512();
  const short_masks masks = masks_of(&b, x0, moved(x0, iota, 1, none), moved(x0, iota, 2, none));

  const plain_end e = end_of(automaton, x0, masks, whole);
  short_found found;
  if (!find(t, &b, x0, whole, w.first, &found)) return (kw_chunk){.kind = KW_CHUNK_MAY};
  // No predictor knows what decides these: they come when all the rest is under way.
  const bool is_known = !e.is_unclear && near->kinds == ~0ull &&
                        (e.letters == 0 || word_goes_on(automaton, e.word, e.letters));
  const uint32_t end = w.begin + whole, begun = e.begun < 0 ? end : w.begin + (uint32_t)e.begun;
  const kw_chunk answer = {.kind = KW_CHUNK_KNOWN, .end = end, .begun = begun, .live = begun};
  if (is_known & (found.count == 0)) return answer;
  _Alignas(64) uint8_t text[64];
  store(text, all);
  if (found.count != 0 && is_verified(anchors, &found, text, whole))
    return (kw_chunk){.kind = KW_CHUNK_MAY};
  return is_known ? answer : answer_of(automaton, near, text, whole, w.begin, masks);
}
#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

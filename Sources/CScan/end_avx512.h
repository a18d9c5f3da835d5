// The end of a text read without a branch, where it is plain: what it is made of is known to no
// predictor. Internal to CScan; for AVX-512 and BMI2.
#pragma once
#include "avx512.h"
#include "ends.h"

static const uint8_t gap_tails[64] = {
    2, 6, 6, 6, 6, 4, 4, 4, 6, 6, 6, 6, 6, 6, 6, 6, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 7, 7, 7, 7, 7, 7,
    7, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};

// Where the commonest noise and marks of three bytes begin: most of U+2010 to 2027, 3000 to 3020,
// FF01 to FF0F and FF1A to FF20.
static inline uint64_t common_gaps(bytes x0, bytes x1, bytes x2) {
  // By the last byte's low bits: bit 0 behind E2 80, bit 1 behind E3 80, bit 2 behind EF BC.
  const bytes after = _mm512_loadu_si512((const void *)gap_tails);
  const bytes kinds = _mm512_permutexvar_epi8(x2, after);
  const __mmask64 tails = _mm512_cmplt_epi8_mask(x2, all8(0xC0));
  const __mmask64 e2 = _mm512_mask_cmpeq_epi8_mask(tails, x0, all8(0xE2));
  const __mmask64 e3 = _mm512_mask_cmpeq_epi8_mask(tails, x0, all8(0xE3));
  const __mmask64 ef = _mm512_mask_cmpeq_epi8_mask(tails, x0, all8(0xEF));
  const __mmask64 h80 = _mm512_cmpeq_epi8_mask(x1, all8(0x80));
  const __mmask64 efbc = _mm512_mask_cmpeq_epi8_mask(ef, x1, all8(0xBC));
  return _mm512_mask_test_epi8_mask(e2 & h80, kinds, all8(1)) |
         _mm512_mask_test_epi8_mask(e3 & h80, kinds, all8(2)) |
         _mm512_mask_test_epi8_mask(efbc, kinds, all8(4));
}

// A mask of all bits where something holds; the compiler cannot know it, and so makes no branch.
static inline uint64_t all_if(bool holds) {
  uint64_t mask = -(uint64_t)holds;
  __asm__("" : "+r"(mask));
  return mask;
}

static inline uint64_t choose(uint64_t mask, uint64_t yes, uint64_t no) {
  return no ^ ((yes ^ no) & mask);
}

// The same as `child`, `begin` and `goes_on`.
static inline uint32_t child_of(const kw_automaton *a, uint32_t state, uint32_t number) {
  const uint32_t base = (uint32_t)a->cells[state] & 0x7FFFFFFF, next = base + number;
  return next & (uint32_t)all_if((base != 0) & (number != 0) & (a->cells[next] >> 32 == state));
}
static inline uint32_t begin_of(const kw_automaton *a, uint32_t number) {
  const uint32_t next = a->root_base + number;
  return next & (uint32_t)all_if((number != 0) & (a->cells[next] >> 32 == 0));
}
static inline uint64_t live_of(const kw_automaton *a, uint32_t state) {
  return all_if((state != 0) & (a->reach_values[a->reaches[state]].all != 0));
}

// The code of a Han character whose bytes are the lowest three.
static inline uint32_t han_scalar(uint64_t x) {
  return (uint32_t)_pext_u64(__builtin_bswap32((uint32_t)x) >> 8, 0x0F3F3F);
}

// The entry of a Han character, or of any where there is none.
static inline uint32_t entry_of_han(const kw_automaton *a, uint64_t is_han, uint64_t x) {
  return a->symbols.direct[choose(is_han, han_scalar(x), 0x4E00) - KW_DIRECT];
}

// Behind the last bit of a mask, 1 if it has none.
static inline uint32_t behind_last(uint64_t mask) { return 64 - (uint32_t)_lzcnt_u64(mask | 1); }

// How many bits before a place are set, the place 64 or below.
static inline uint32_t run_before(uint64_t mask, uint32_t at) {
  return (uint32_t)_lzcnt_u64(~(mask << (64 - at)));
}

static inline uint32_t least(uint32_t x, uint32_t y) { return x < y ? x : y; }

// Whether letters are the beginning of a pattern.
static __attribute__((noinline)) bool word_goes_on(const kw_automaton *a, uint64_t word,
                                                   uint32_t letters) {
  const kw_symbols *s = &a->symbols;
  const uint32_t *page = s->pages + ((uint32_t)s->page_index[0] << 8);
  uint32_t state = 0;
  for (uint32_t i = 0; i < letters; i += 1) {
    state = child(a, state, number_of(page[word >> 8 * i & 0x7F]));
    if (state == 0) return false;
  }
  return goes_on(a, state, ~0ull);
}

// What is found of an end without a branch.
typedef struct plain_end {
  // Whether there is more to it than a word or a Han character to which nothing crosses, or two where
  // no three do, and nothing behind what begins a pattern; then `tail_state` tells.
  bool is_unclear;
  // The same as `tail_state`, of all kinds, if `word`, of so many letters, begins a pattern.
  int32_t begun;
  // 0 where no word decides it.
  uint32_t letters;
  uint64_t word;
} plain_end;

static inline __attribute__((always_inline)) plain_end end_of(const kw_automaton *a, bytes text,
                                                              short_masks m, uint32_t count) {
  const uint64_t h = m.hans, l = m.letters, units = l | h | h << 1 | h << 2;
  const uint64_t others = m.high & ~(units | m.gaps | m.gaps << 1 | m.gaps << 2);
  const uint32_t end = behind_last(units), letters = run_before(l, end);
  const uint64_t is_han = all_if(h >> ((end - 3) & 63) & 1);
  const uint32_t start = (end - letters - (3 & (uint32_t)is_han)) & 63;
  const uint32_t stop = behind_last(_bzhi_u64(units, start)), letters_left = run_before(l, stop);
  const uint64_t is_han_left = all_if(h >> ((stop - 3) & 63) & 1);
  const uint64_t has_third =
      is_han & is_han_left & all_if((stop == start) & (h >> ((stop - 6) & 63) & 1));

  // The first seven bytes of the last unit and the one before it; the last seven before the gap and
  // the one behind.
  const uint64_t each = 0x0101010101010101;
  const __m128i ends = _mm_set_epi64x((long long)(stop * each), (long long)(start * each));
  const __m128i offsets = _mm_setr_epi8(-1, 0, 1, 2, 3, 4, 5, 6, -7, -6, -5, -4, -3, -2, -1, 0);
  const __m128i taken = _mm512_castsi512_si128(
      _mm512_permutexvar_epi8(_mm512_castsi128_si512(_mm_add_epi8(ends, offsets)), text));
  const uint64_t from_last = (uint64_t)_mm_cvtsi128_si64(taken);
  const uint64_t to_first = (uint64_t)_mm_extract_epi64(taken, 1);
  const uint64_t right = from_last >> 8, left = to_first << 8;
  const uint32_t gap_last = from_last & 0xFF, gap_first = (uint32_t)(to_first >> 56);
  const uint64_t lower = 0x2020202020202020;
  const uint64_t word = _bzhi_u64(right | lower, 8 * least(letters, KW_END_LETTERS));
  const uint64_t word_left =
      (left | lower) & ~(~0ull >> 8 * least(letters_left, KW_END_LETTERS));

  const kw_symbols *s = &a->symbols;
  const uint32_t *ascii = s->pages + ((uint32_t)s->page_index[0] << 8);
  const uint32_t entry = entry_of_han(a, is_han, right);
  const uint32_t number = number_of(entry);
  const uint32_t number_left = number_of(entry_of_han(a, is_han_left, left >> 40));
  const uint32_t third = number_of(entry_of_han(a, has_third, left >> 16));
  const uint64_t are_words = ~is_han & ~is_han_left;

  // What crosses, as `boundary` has it.
  const uint64_t gap = ends_gap(gap_number(ascii[gap_first & 0x7F]),
                                gap_number(ascii[gap_last & 0x7F]));
  const uint64_t a_left = choose(has_third, ends_pair(third, number_left),
                                 choose(is_han_left, ends_han(number_left), word_left));
  const uint64_t a_right = choose(has_third, ends_touching(number),
                                  choose(is_han, ends_han(number), _bzhi_u64(word, 16)));
  const bool crosses = has_neighbours(a, a_left, a_right, gap & are_words);
  const bool is_closed = (m.lines >> stop & _bzhi_u64(~0ull, (start - stop) & 63)) != 0;
  // Letters may be spelled out, and digits around a mark touch.
  const bool are_digits =
      ((uint32_t)(right & 0xFF) - '0' < 10) & ((uint32_t)(left >> 56) - '0' < 10);
  const bool is_odd_gap = ((letters == 1) & (letters_left == 1)) | (gap_first >= 0x80) |
                          (gap_last >= 0x80) |
                          (are_digits & ((gap_last == '.') | (gap_last == ',')));
  const bool is_odd = ((is_han & ((entry >> 16 & 0x7F) ^ KW_TRAIT_HAN << 4)) |
                       (are_words & is_odd_gap)) != 0;

  // What begins with the last unit, or with the last two of three that do not cross.
  const uint64_t is_long = all_if(letters > 1);
  const uint32_t first =
      begin_of(a, number_of((uint32_t)choose(is_han, entry, ascii[right & 0x7F])));
  const uint64_t one = choose(is_long, all_if(has_beginning(a, word)), live_of(a, first));
  const uint32_t left_first = begin_of(a, number_left);
  const uint64_t two = has_third & all_if(left_first != 0) &
                       live_of(a, child_of(a, left_first, number));
  const uint64_t is_open = all_if(m.lines >> end == 0);
  const bool is_unclear = (stop < KW_END_LETTERS) | (stop <= letters_left) |
                          (others >> ((stop - 1 - letters_left) & 63) != 0) |
                          (crosses & !is_closed) | is_odd |
                          ((one | two) & is_open & all_if(end != count)) != 0 |
                          (((one & is_long) != 0) & (letters > KW_END_LETTERS));
  return (plain_end){
      .is_unclear = is_unclear,
      .begun = (int32_t)choose((one | two) & is_open, start - (3 & two), ~0ull),
      .letters = letters & (uint32_t)(is_long & one & is_open),
      .word = word,
  };
}

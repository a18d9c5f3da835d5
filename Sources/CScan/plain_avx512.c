// How runs are read with AVX-512 (F, BW, VL, DQ, VBMI): sixteen symbols a step.
#if defined(__x86_64__)
#include <immintrin.h>
#if defined(__clang__)
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,"                        \
                          "bmi,bmi2,popcnt,lzcnt"))),                                             \
    apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,bmi,bmi2,popcnt,lzcnt")
#endif
#include "kernels.h"
#include "reader.h"

typedef __m512i lanes;

static inline lanes all(uint32_t x) { return _mm512_set1_epi32((int)x); }
static inline lanes and(lanes a, lanes b) { return _mm512_and_si512(a, b); }

// a | b & mask
static inline lanes merge(lanes a, lanes b, uint32_t mask) {
  return _mm512_ternarylogic_epi32(a, b, all(mask), 0xF8);
}

static inline __mmask16 kind_is(lanes entry, uint32_t kind) {
  return _mm512_cmpeq_epi32_mask(and(entry, all(0x4F0000)), all(kind << 16));
}

// Reads up to sixteen characters of three bytes; returns how many were plain, and their entries.
static inline __attribute__((always_inline)) uint32_t han_step(const text *t, reader *r,
                                                               kw_history *h, uint32_t first,
                                                               uint32_t last, lanes *read) {
  // Lane i gets the bytes 3 i to 3 i + 2, the first one highest.
  const lanes picks = _mm512_setr_epi32(
      0x000102, 0x030405, 0x060708, 0x090A0B, 0x0C0D0E, 0x0F1011, 0x121314, 0x151617, 0x18191A,
      0x1B1C1D, 0x1E1F20, 0x212223, 0x242526, 0x272829, 0x2A2B2C, 0x2D2E2F);
  const lanes iota = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  const lanes offsets = _mm512_mullo_epi32(iota, all(3));
  const size_t left = t->count - r->at;
  const __mmask64 there = left >= 48 ? (1ull << 48) - 1 : (1ull << left) - 1;
  const lanes bytes = _mm512_maskz_loadu_epi8(there, t->bytes + r->at);
  const lanes w = _mm512_maskz_permutexvar_epi8(0x7777777777777777ull, picks, bytes);
  // Behind the bytes' end all is zero, which is no such character.
  const __mmask16 formed =
      _mm512_cmpeq_epi32_mask(and(w, all(0xF0C0C0)), all(0xE08080));
  lanes value = and(w, all(0x3F));
  value = merge(value, _mm512_srli_epi32(w, 2), 0xFC0);
  value = merge(value, _mm512_srli_epi32(w, 4), 0xF000);
  const __mmask16 wide = _mm512_mask_cmpge_epu32_mask(formed, value, all(KW_DIRECT_WIDE));
  lanes index = _mm512_sub_epi32(value, all(KW_DIRECT));
  const __mmask16 near =
      _mm512_mask_cmplt_epu32_mask(formed, index, all(KW_DIRECT_END - KW_DIRECT));
  index = _mm512_mask_sub_epi32(index, wide, index, all(KW_DIRECT_WIDE - KW_DIRECT_END));
  const lanes entry = _mm512_mask_i32gather_epi32(all(KW_KIND_EXPANSION << 16), near | wide,
                                                  index, t->direct, 4);
  // Symbols, sentence marks, and clause marks before two symbols.
  const uint32_t symbols = _mm512_testn_epi32_mask(entry, all(0x6F0000));
  const uint32_t sentences = kind_is(entry, KW_KIND_SENTENCE);
  uint32_t clauses = kind_is(entry, KW_KIND_CLAUSE);
  if (r->trait == KW_TRAIT_DIGIT) clauses &= ~1u;
  const uint32_t plain = symbols | sentences | (clauses & symbols >> 1 & symbols >> 2);
  uint32_t count = (uint32_t)__builtin_ctz(~plain);
  if (count > last - r->place) count = last - r->place;
  if (count == 0) return 0;
  const __mmask16 taken = (__mmask16)((1u << count) - 1);
  const lanes entries = _mm512_or_si512(entry, all(3 << 24));
  *read = entries;
  _mm512_mask_storeu_epi32(h->entries + r->place + 1, taken, entries);
  _mm512_mask_storeu_epi32(h->starts + r->place + 1, taken,
                           _mm512_add_epi32(offsets, all(r->base + (uint32_t)r->at)));
  _mm512_mask_storeu_epi32(h->texts + r->place + 1, taken,
                           _mm512_add_epi32(iota, all(r->number + 1)));
  r->sentences |= (uint64_t)(sentences & taken) << (r->place - first);
  r->place += count;
  r->number += count;
  r->at += 3 * count;
  r->trait = symbols >> (count - 1) & 1 ? trait_of(h->entries[r->place]) : 0;
  r->has_last = true;
  return count;
}

static inline bool is_at_han(const text *t, const reader *r, uint32_t last) {
  return r->at < t->count && (t->bytes[r->at] & 0xF0) == 0xE0 && r->place < last;
}

static inline __attribute__((always_inline)) void read_han(const text *t, reader *r, kw_history *h,
                                                           uint32_t first, uint32_t last) {
  lanes read;
  while (is_at_han(t, r, last))
    if (han_step(t, r, h, first, last, &read) < 16) return;
}

static inline __attribute__((always_inline)) void read_words(const text *t, reader *r,
                                                             kw_history *h, uint32_t first,
                                                             uint32_t last) {
  const uint32_t *const page = t->pages + ((size_t)t->page_index[0] << 8);
  const lanes iota = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  while (r->at < t->count && t->bytes[r->at] < 0x80 && r->place < last) {
    const size_t left = t->count - r->at;
    const __mmask16 there = left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
    const __m128i bytes = _mm_maskz_loadu_epi8(there, t->bytes + r->at);
    const __mmask16 ascii = (__mmask16)(there & ~_mm_movepi8_mask(bytes));
    const lanes entry = _mm512_mask_i32gather_epi32(all(KW_KIND_EXPANSION << 16), ascii,
                                                    _mm512_cvtepu8_epi32(bytes), page, 4);
    const uint32_t symbols = kind_is(entry, KW_KIND_SYMBOL);
    const uint32_t words = _mm512_mask_test_epi32_mask((__mmask16)symbols, entry, all(2 << 20));
    const uint32_t digits = _mm512_mask_test_epi32_mask((__mmask16)words, entry, all(1 << 20));
    const uint32_t spaces = kind_is(entry, KW_KIND_SPACE);
    const uint32_t noise = spaces | kind_is(entry, KW_KIND_NOISE);
    // What stands before the first lane counts as one of them.
    const uint32_t behind_word = words << 1 | (r->trait >= 2);
    const uint32_t behind_digit = digits << 1 | (r->trait == KW_TRAIT_DIGIT);
    const uint32_t stops = kind_is(entry, KW_KIND_STOP) & ~behind_digit & spaces >> 1;
    const uint32_t sentences = kind_is(entry, KW_KIND_SENTENCE) | stops;
    const uint32_t clauses = kind_is(entry, KW_KIND_CLAUSE) & ~behind_digit & noise >> 1;
    // A letter alone is left to the slow way, and so is noise but a single scalar before a word.
    const uint32_t marks = sentences | clauses;
    const uint32_t plain = words & (digits | behind_word | words >> 1);
    const uint32_t behind_symbol =
        (words | marks) << 1 | (r->has_last && r->trait != KW_TRAIT_HAN);
    const uint32_t gaps = noise & behind_symbol & words >> 1 & words >> 2;
    const uint32_t good = plain | marks | gaps;
    uint32_t count = (uint32_t)__builtin_ctz(~good);
    if (count > last - r->place) count = last - r->place;
    // A gap is read with what follows it.
    if (count > 0 && gaps >> (count - 1) & 1) count -= 1;
    if (count == 0) return;
    const __mmask16 taken = (__mmask16)((1u << count) - 1);
    const __mmask16 between = (__mmask16)(gaps & taken), read = (__mmask16)(taken & ~gaps);
    lanes entries = _mm512_or_si512(entry, all(1 << 24));
    entries = _mm512_mask_and_epi32(entries, between, entry, all(0xFFFF));
    entries = _mm512_mask_mov_epi32(entries, (__mmask16)(between & spaces), all(KW_NUMBER_SPACE));
    _mm512_mask_storeu_epi32(h->entries + r->place + 1, taken, entries);
    _mm512_mask_storeu_epi32(h->starts + r->place + 1, taken,
                             _mm512_add_epi32(iota, all(r->base + (uint32_t)r->at)));
    // Noise has the number of the symbol before it.
    lanes texts = _mm512_maskz_expand_epi32(read, _mm512_add_epi32(iota, all(r->number + 1)));
    texts = _mm512_mask_alignr_epi32(texts, between, texts, all(r->number), 15);
    _mm512_mask_storeu_epi32(h->texts + r->place + 1, taken, texts);
    r->sentences |= (uint64_t)(sentences & taken) << (r->place - first);
    r->place += count;
    r->number += (uint32_t)__builtin_popcount(read);
    r->at += count;
    r->trait = words >> (count - 1) & 1 ? trait_of(h->entries[r->place]) : 0;
    r->has_last = true;
    if (count < 12) return;
  }
}

static inline lanes numbers_of(lanes entries) { return and(entries, all(0xFFFF)); }

static inline lanes pair_products(lanes first, lanes second) {
  return _mm512_mullo_epi32(_mm512_or_si512(_mm512_slli_epi32(first, 16), second),
                            all(0x9E3779B1u));
}

static inline lanes triple_products(lanes pair, lanes third) {
  const lanes mixed = _mm512_xor_si512(pair, _mm512_mullo_epi32(third, all(0x85EBCA6Bu)));
  return _mm512_mullo_epi32(mixed, all(0xC2B2AE35u));
}

// The answers about up to sixteen symbols that stand behind two others.
static inline __attribute__((always_inline)) answers ask_lanes(const kw_symbols *s, lanes entry,
                                                               lanes before, lanes second,
                                                               __mmask16 there) {
  const lanes symbol = numbers_of(entry), last = numbers_of(before);
  const lanes pair = _mm512_srl_epi32(pair_products(last, symbol),
                                      _mm_cvtsi32_si128((int)s->pair_shift));
  const lanes triple =
      _mm512_srl_epi32(triple_products(pair_products(numbers_of(second), last), symbol),
                       _mm_cvtsi32_si128((int)s->triple_shift));
  const lanes zero = _mm512_setzero_si512();
  // Words of 32 bits of the sets: sixteen pairs, or 32 triples, the first in the low bits.
  lanes fields =
      _mm512_mask_i32gather_epi32(zero, there, _mm512_srli_epi32(pair, 4), s->pairs, 4);
  fields = _mm512_srlv_epi32(fields, _mm512_slli_epi32(and(pair, all(15)), 1));
  lanes going =
      _mm512_mask_i32gather_epi32(zero, there, _mm512_srli_epi32(triple, 5), s->triples, 4);
  going = _mm512_srlv_epi32(going, and(triple, all(31)));
  return (answers){
      .leading = _mm512_test_epi32_mask(fields, all(1)),
      .ending = (uint32_t)_mm512_test_epi32_mask(fields, all(2)) |
                _mm512_mask_test_epi32_mask(there, entry, all(1 << 23)),
      .going = _mm512_test_epi32_mask(going, all(1)),
      .touching = _mm512_mask_test_epi32_mask(there, and(entry, before), all(1 << 21))};
}

static inline answers ask(const kw_symbols *s, const uint32_t *entries, uint32_t count) {
  answers a = {0, 0, 0, 0};
  for (uint32_t i = 0; i < count; i += 16) {
    // What lies behind the last symbol is memory of the history; its answers are left out.
    const uint32_t left = count - i;
    const __mmask16 there = left >= 16 ? 0xFFFF : (__mmask16)((1u << left) - 1);
    const answers b = ask_lanes(s, _mm512_maskz_loadu_epi32(there, entries + i),
                                _mm512_maskz_loadu_epi32(there, entries + i - 1),
                                _mm512_maskz_loadu_epi32(there, entries + i - 2), there);
    a.leading |= b.leading << i;
    a.ending |= b.ending << i;
    a.going |= b.going << i;
    a.touching |= b.touching << i;
  }
  return a;
}

void kw_avx512_run(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                   uint64_t base, kw_history *history, kw_plain_run *run) {
  const text t = text_of(symbols, bytes, count);
  const uint32_t first = run->place, last = first + run->limit;
  reader r = reader_of(run, at, base);
  if (is_at_han(&t, &r, last)) {
    // The usual short chunk of Chinese: asked about while it is in registers.
    const lanes prior = _mm512_loadu_si512(history->entries + first - 15);
    lanes read;
    const uint32_t length = han_step(&t, &r, history, first, last, &read);
    if (length > 0 && r.place < last && is_at_end(&t, &r)) {
      const answers a =
          ask_lanes(symbols, read, _mm512_alignr_epi32(read, prior, 15),
                    _mm512_alignr_epi32(read, prior, 14), (__mmask16)((1u << length) - 1));
      run->end = KW_RUN_OPEN;
      end_run(&r, first, run);
      judge(a, symbols, history, first, run);
      return;
    }
  }
  read_on(&t, &r, history, first, last, run);
  end_run(&r, first, run);
  if (run->count > 0)
    judge(ask(symbols, history->entries + first + 1, run->count), symbols, history, first, run);
}

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

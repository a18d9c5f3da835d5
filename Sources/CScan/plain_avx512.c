// How runs are read with AVX-512 (F, BW, VL, DQ, VBMI, VBMI2): sixteen symbols a step.
#if defined(__x86_64__)
#include "target_avx512.h"
#include "kernels.h"
#include "characters.h"

typedef __m512i lanes;

static inline lanes all(uint32_t x) { return _mm512_set1_epi32((int)x); }
static inline lanes and(lanes a, lanes b) { return _mm512_and_si512(a, b); }

// a | b & mask
static inline lanes merge(lanes a, lanes b, uint32_t mask) {
  return _mm512_ternarylogic_epi32(a, b, all(mask), 0xF8);
}

static inline lanes numbers_of(lanes entries) { return and(entries, all(0xFFFF)); }

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
  *read = _mm512_or_si512(entry, all(3 << 24));
  _mm512_storeu_si512(h->entries + r->place + 1, *read);
  _mm512_storeu_si512(h->starts + r->place + 1,
                      _mm512_add_epi32(offsets, all(r->base + (uint32_t)r->at)));
  r->sentences |= (sentences & below(count)) << (r->place - first);
  r->place += count;
  r->at += 3 * count;
  r->trait = symbols >> (count - 1) & 1 ? trait_of(h->entries[r->place]) : 0;
  r->has_last = true;
  return count;
}

static inline bool is_at_han(const text *t, const reader *r, uint32_t last) {
  return r->at < t->count && (t->bytes[r->at] & 0xF0) == 0xE0 && r->place < last;
}

static const uint8_t iota[64] __attribute__((aligned(64))) = {
    0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
    22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
    44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

// The bytes of a step: three less than would fit, so that what a character lacks is in sight.
enum { WINDOW = 60 };

// Up to 32 characters.
typedef struct window {
  // How many there are, where each begins, where the last one ends, and whether the text does.
  uint32_t count, end;
  bool is_last;
  uint64_t leads;
  // Their entries, with their lengths, and their offsets in the window.
  lanes entries[2], offsets[2];
} window;

// The entries of sixteen characters of up to three bytes; `places` holds where they begin.
static inline __attribute__((always_inline)) lanes decode(const text *t, lanes bytes, lanes places,
                                                          __mmask16 there) {
  // The first byte highest.
  const lanes thrice = _mm512_broadcast_i32x4(
      _mm_setr_epi32(0x000000, 0x040404, 0x080808, 0x0C0C0C));
  const lanes picks = _mm512_add_epi8(_mm512_shuffle_epi8(places, thrice), all(0x000102));
  const lanes w = _mm512_maskz_permutexvar_epi8(0x7777777777777777ull, picks, bytes);
  const __mmask16 three = _mm512_cmpge_epu32_mask(w, all(0xE00000));
  const __mmask16 two = _mm512_cmpge_epu32_mask(w, all(0xC00000)) & (__mmask16)~three;
  const __mmask16 one = (__mmask16)~(two | three);
  lanes value = and(w, all(0x3F));
  value = merge(value, _mm512_srli_epi32(w, 2), 0xFC0);
  value = merge(value, _mm512_srli_epi32(w, 4), 0xF000);
  lanes index = _mm512_sub_epi32(value, all(KW_DIRECT));
  const __mmask16 near = _mm512_mask_cmplt_epu32_mask(three, index, all(KW_DIRECT_END - KW_DIRECT));
  const __mmask16 wide = _mm512_mask_cmpge_epu32_mask(three, value, all(KW_DIRECT_WIDE));
  index = _mm512_mask_sub_epi32(index, wide, index, all(KW_DIRECT_WIDE - KW_DIRECT_END));
  index = _mm512_add_epi32(index, all((uint32_t)(t->direct - t->pages)));
  index = _mm512_mask_add_epi32(index, one, _mm512_srli_epi32(w, 16),
                                all((uint32_t)t->page_index[0] << 8));
  const __mmask16 far = there & (__mmask16)~(near | wide | one);
  if (far) {
    lanes low = merge(and(_mm512_srli_epi32(w, 8), all(0x3F)), _mm512_srli_epi32(w, 10), 0x7C0);
    low = _mm512_mask_mov_epi32(value, two, low);
    // Pages are numbered by 16 bits, two of them a word.
    const lanes page = _mm512_srli_epi32(low, 8);
    lanes number = _mm512_mask_i32gather_epi32(_mm512_setzero_si512(), far,
                                               _mm512_srli_epi32(page, 1), t->page_index, 4);
    number = and(_mm512_srlv_epi32(number, _mm512_slli_epi32(and(page, all(1)), 4)), all(0xFFFF));
    index = _mm512_mask_mov_epi32(
        index, far, merge(_mm512_slli_epi32(number, 8), low, 0xFF));
  }
  const lanes entry =
      _mm512_mask_i32gather_epi32(all(KW_KIND_EXPANSION << 16), there, index, t->pages, 4);
  lanes length = all(1 << 24);
  length = _mm512_mask_mov_epi32(length, two, all(2 << 24));
  length = _mm512_mask_mov_epi32(length, three, all(3 << 24));
  return _mm512_or_si512(entry, length);
}

static inline __attribute__((always_inline)) window window_at(const text *t, size_t at) {
  const size_t left = t->count - at;
  const uint64_t there = below(left < WINDOW ? (uint32_t)left : WINDOW);
  const lanes bytes = _mm512_maskz_loadu_epi8(there, t->bytes + at);
  const uint64_t high = _mm512_movepi8_mask(bytes);
  const uint64_t heads = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xC0));
  const uint64_t threes = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xE0));
  const uint64_t fours = _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)0xF0));
  // Behind E0 a scalar may be too small, behind ED a surrogate; C0 and C1 begin nothing.
  const uint64_t odd =
      fours | _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xE0)) |
      _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8((char)0xED)) |
      _mm512_cmpeq_epi8_mask(and(bytes, _mm512_set1_epi8((char)0xFE)),
                             _mm512_set1_epi8((char)0xC0));
  const uint64_t tails = high & ~heads, wanted = heads << 1 | threes << 2;
  const uint32_t end = (uint32_t)__builtin_ctzll((wanted ^ tails) | odd | ~there);
  window w = {.leads = there & ~tails, .end = end, .is_last = left <= WINDOW};
  const uint64_t whole = w.leads & below(end);
  w.count = (uint32_t)__builtin_popcountll(whole);
  if (wanted >> end & 1) {
    w.count -= 1;
    w.end = length_of(whole) - 1;
  }
  if (w.count > 32) {
    w.count = 32;
    w.is_last = false;
    w.end = (uint32_t)__builtin_ctzll(_pdep_u64(1ull << 32, w.leads));
  }
  const lanes places = _mm512_maskz_compress_epi8(w.leads, _mm512_load_si512(iota));
  w.offsets[0] = _mm512_cvtepu8_epi32(_mm512_castsi512_si128(places));
  w.offsets[1] = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(places, 1));
  const uint32_t known = (uint32_t)below(w.count);
  w.entries[0] = decode(t, bytes, w.offsets[0], (__mmask16)known);
  w.entries[1] = all(KW_KIND_EXPANSION << 16);
  if (w.count > 16) w.entries[1] = decode(t, bytes, w.offsets[1], (__mmask16)(known >> 16));
  return w;
}

static inline characters characters_of(const window *w) {
  // Kind and trait as bytes, of all characters at once.
  const __m256i kinds = _mm256_set_m128i(
      _mm512_cvtepi32_epi8(_mm512_srli_epi32(w->entries[1], 16)),
      _mm512_cvtepi32_epi8(_mm512_srli_epi32(w->entries[0], 16)));
  const __m256i kind = _mm256_and_si256(kinds, _mm256_set1_epi8(0x4F));
  const uint32_t low = _mm256_test_epi8_mask(kinds, _mm256_set1_epi8(1 << 4));
  const uint32_t top = _mm256_test_epi8_mask(kinds, _mm256_set1_epi8(1 << 5));
  const lanes first = numbers_of(w->entries[0]), second = numbers_of(w->entries[1]);
#define OF_KIND(k) _mm256_cmpeq_epi8_mask(kind, _mm256_set1_epi8(k))
#define OF_NUMBER(n)                                                                              \
  ((uint32_t)_mm512_cmpeq_epi32_mask(first, all(n)) |                                             \
   (uint32_t)_mm512_cmpeq_epi32_mask(second, all(n)) << 16)
  const uint32_t symbols = OF_KIND(KW_KIND_SYMBOL);
  return (characters){.symbols = symbols,
                      .noise = OF_KIND(KW_KIND_NOISE),
                      .spaces = OF_KIND(KW_KIND_SPACE),
                      .stops = OF_KIND(KW_KIND_STOP),
                      .lines = OF_KIND(KW_KIND_LINE),
                      .sentences = OF_KIND(KW_KIND_SENTENCE),
                      .clauses = OF_KIND(KW_KIND_CLAUSE),
                      .han = symbols & low & ~top,
                      .letters = symbols & ~low & top,
                      .digits = symbols & low & top,
                      .commas = OF_NUMBER(KW_NUMBER_COMMA),
                      .points = OF_NUMBER(KW_NUMBER_STOP)};
#undef OF_KIND
#undef OF_NUMBER
}

// What is kept of sixteen characters, in order.
static inline lanes kept_entries(lanes entries, uint32_t kept, uint32_t literal) {
  // Of noise, the number is all.
  const __mmask16 spaces = _mm512_mask_cmpeq_epi32_mask(
      (__mmask16)literal, and(entries, all(0x4F0000)), all(KW_KIND_SPACE << 16));
  entries = _mm512_mask_and_epi32(entries, (__mmask16)literal, entries, all(0xFFFF));
  entries = _mm512_mask_mov_epi32(entries, spaces, all(KW_NUMBER_SPACE));
  return _mm512_maskz_compress_epi32((__mmask16)kept, entries);
}

// Lets the first `count` lanes of one vector be followed by those of another; returns what is left.
static inline lanes join(lanes *first, lanes second, uint32_t count) {
  const __mmask16 rest = (__mmask16)~below(16 - count);
  *first = _mm512_mask_expand_epi32(*first, (__mmask16)~below(count), second);
  return _mm512_maskz_compress_epi32(rest, second);
}

// Reads up to 32 characters of any script, whose entries are then in `read`; returns whether more
// may be read so.
static inline __attribute__((always_inline)) bool read_characters(const text *t, reader *r,
                                                                  kw_history *h, uint32_t first,
                                                                  uint32_t last,
                                                                  kw_plain_run *run,
                                                                  lanes read[2]) {
  const window w = window_at(t, r->at);
  const uint32_t done = r->place - first;
  const uint32_t last_entry = done == 0 ? run->recent[0] : h->entries[r->place];
  const reading to =
      reading_of(characters_of(&w), r, last_entry, run->noise_limit, last - r->place);
  const uint64_t kept = to.kept;
  if (kept) {
    const uint32_t low = (uint32_t)kept & 0xFFFF, high = (uint32_t)(kept >> 16);
    const uint32_t count = (uint32_t)__builtin_popcountll(kept);
    const lanes base = all(r->base + (uint32_t)r->at);
    lanes starts = _mm512_maskz_compress_epi32((__mmask16)low, w.offsets[0]);
    read[0] = kept_entries(w.entries[0], low, (uint32_t)to.literal);
    if (high) {
      const uint32_t fewer = (uint32_t)__builtin_popcount(low);
      const lanes entries = kept_entries(w.entries[1], high, (uint32_t)(to.literal >> 16));
      read[1] = join(&read[0], entries, fewer);
      const lanes later = _mm512_maskz_compress_epi32((__mmask16)high, w.offsets[1]);
      const lanes rest = join(&starts, later, fewer);
      // Only where so many are kept is there room for a second vector: `last` is then more than 12
      // places behind.
      if (count > 16) {
        _mm512_storeu_si512(h->entries + r->place + 17, read[1]);
        _mm512_storeu_si512(h->starts + r->place + 17, _mm512_add_epi32(rest, base));
      }
    }
    _mm512_storeu_si512(h->entries + r->place + 1, read[0]);
    _mm512_storeu_si512(h->starts + r->place + 1, _mm512_add_epi32(starts, base));
    if (to.literal) r->literal |= reversed(_pext_u64(to.literal, kept)) >> done;
    if (to.noisy) r->noisy |= reversed(_pext_u64(to.noisy, kept)) >> done;
    r->sentences |= _pext_u64(to.sentences, kept) << done;
    r->place += count;
    r->trait = trait_of(h->entries[r->place]);
    r->has_last = true;
  }
  r->at += to.end == w.count ? w.end
                             : (uint32_t)__builtin_ctzll(_pdep_u64(1ull << to.end, w.leads));
  if (to.at_line) {
    run->end = KW_RUN_LINE;
    return false;
  }
  // What is not read with the end in sight is not plain; else one more step may see enough of it.
  return r->place >= last ||
         (!w.is_last && (to.end > 0 || read_next(t, r, h, first, run)));
}

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

// The answers about symbols that stand in memory behind two others.
static inline answers ask(const kw_symbols *s, const uint32_t *entries, uint32_t count) {
  answers a = {0, 0, 0, 0};
  for (uint32_t i = 0; i < count; i += 16) {
    // What lies behind the last symbol is memory of the history; its answers are left out.
    const answers b = ask_lanes(s, _mm512_loadu_si512(entries + i),
                                _mm512_loadu_si512(entries + i - 1),
                                _mm512_loadu_si512(entries + i - 2), (__mmask16)below(count - i));
    a.leading |= b.leading << i;
    a.ending |= b.ending << i;
    a.going |= b.going << i;
    a.touching |= b.touching << i;
  }
  return a;
}

// The same of symbols that are in registers yet.
static inline answers ask_read(const kw_symbols *s, const kw_plain_run *run, const lanes read[2],
                               uint32_t count) {
  const __m128i recent = _mm_set_epi32((int)run->recent[0], (int)run->recent[1], 0, 0);
  const lanes prior = _mm512_inserti32x4(_mm512_setzero_si512(), recent, 3);
  answers a = ask_lanes(s, read[0], _mm512_alignr_epi32(read[0], prior, 15),
                        _mm512_alignr_epi32(read[0], prior, 14), (__mmask16)below(count));
  if (count > 16) {
    const answers b = ask_lanes(s, read[1], _mm512_alignr_epi32(read[1], read[0], 15),
                                _mm512_alignr_epi32(read[1], read[0], 14),
                                (__mmask16)below(count - 16));
    a.leading |= b.leading << 16;
    a.ending |= b.ending << 16;
    a.going |= b.going << 16;
    a.touching |= b.touching << 16;
  }
  return a;
}

// Reads what a short chunk has, in one step; returns whether that is all that can be read.
static inline __attribute__((always_inline)) bool read_short(const text *t, reader *r,
                                                             kw_history *h, uint32_t first,
                                                             uint32_t last, kw_plain_run *run,
                                                             lanes read[2]) {
  if (is_at_han(t, r, last)) {
    const reader before = *r;
    if (han_step(t, r, h, first, last, read) > 0 && r->place < last && is_at_end(t, r)) return true;
    *r = before;
  }
  return !read_characters(t, r, h, first, last, run, read);
}

void kw_avx512_run(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                   uint64_t base, kw_history *history, kw_plain_run *run) {
  const text t = text_of(symbols, bytes, count);
  const uint32_t first = run->place, last = first + run->limit;
  reader r = reader_of(run, at, base);
  lanes read[2];
  run->end = KW_RUN_OPEN;
  if (count - at <= WINDOW && read_short(&t, &r, history, first, last, run, read)) {
    end_run(&r, first, run);
    if (run->count > 0)
      judge(ask_read(symbols, run, read, run->count), symbols, history, first, run);
    return;
  }
  while (true) {
    if (r.place >= last) {
      run->end = KW_RUN_FULL;
      break;
    }
    if (is_at_end(&t, &r)) break;
    if (is_at_han(&t, &r, last) && han_step(&t, &r, history, first, last, read) == 16) continue;
    if (r.place < last && !is_at_end(&t, &r) &&
        !read_characters(&t, &r, history, first, last, run, read))
      break;
  }
  end_run(&r, first, run);
  if (run->count > 0)
    judge(ask(symbols, history->entries + first + 1, run->count), symbols, history, first, run);
}

#if defined(__clang__)
#pragma clang attribute pop
#endif
#endif

// The reading of runs, but for what a kernel does its own way. Internal to CScan.
#pragma once
#include "include/plain.h"
#include <stdbool.h>
#include <string.h>

typedef struct text {
  const uint16_t *page_index;
  const uint32_t *pages, *direct;
  const uint8_t *bytes;
  size_t count;
} text;

typedef struct scalar {
  uint32_t entry;
  // In bytes; 0 for what is not plain: cut, ill-formed or of four bytes.
  uint32_t length;
} scalar;

static inline uint32_t number_of(uint32_t entry) { return entry & 0xFFFF; }
static inline uint32_t kind_of(uint32_t entry) { return entry >> 16 & 0x4F; }
static inline uint32_t trait_of(uint32_t entry) { return entry >> 20 & 3; }
static inline bool is_noise(uint32_t entry) { return kind_of(entry) - KW_KIND_NOISE <= 1; }

static inline uint32_t entry_of(const text *t, uint32_t value) {
  return t->pages[(uint32_t)t->page_index[value >> 8] << 8 | (value & 0xFF)];
}

static inline __attribute__((always_inline)) scalar scalar_at(const text *t, size_t at) {
  const scalar none = {KW_KIND_EXPANSION << 16, 0};
  if (at >= t->count) return none;
  const uint8_t *p = t->bytes + at;
  const uint32_t a = p[0];
  if (a < 0x80) return (scalar){entry_of(t, a), 1};
  if (a >= 0xE0) {
    if (a >= 0xF0 || t->count - at < 3) return none;
    const uint32_t b = p[1] ^ 0x80, c = p[2] ^ 0x80;
    // Behind E0 a scalar may be too small, behind ED a surrogate.
    if ((b | c) >= 64 || a == 0xE0 || a == 0xED) return none;
    return (scalar){entry_of(t, (a & 15) << 12 | b << 6 | c), 3};
  }
  if (a < 0xC2 || t->count - at < 2) return none;
  const uint32_t b = p[1] ^ 0x80;
  if (b >= 64) return none;
  return (scalar){entry_of(t, (a & 31) << 6 | b), 2};
}

// Whether a mark is a symbol and nothing more: it ends a sentence, or a clause, and what follows
// shows that no two marks stand at the places of a lane.
static bool mark_is_plain(const text *t, uint32_t kind, uint32_t trait, size_t next) {
  if (kind == KW_KIND_SENTENCE) return true;
  if (trait == KW_TRAIT_DIGIT) return false;
  const scalar first = scalar_at(t, next);
  const uint32_t a = kind_of(first.entry);
  if (kind == KW_KIND_STOP) return a == KW_KIND_SPACE || a == KW_KIND_LINE;
  if (is_noise(first.entry) || a == KW_KIND_LINE) return true;
  if (a != KW_KIND_SYMBOL) return false;
  const scalar second = scalar_at(t, next + first.length);
  const uint32_t b = kind_of(second.entry);
  return b == KW_KIND_SYMBOL || b == KW_KIND_LINE || b == KW_KIND_SENTENCE ||
         is_noise(second.entry);
}

// Whether a letter alone, before the scalar at `next`, may stand in a spelled-out word: another one
// alone follows behind a single noise scalar.
static bool may_be_spelled(const text *t, scalar first, size_t next) {
  const uint32_t a = kind_of(first.entry);
  if (a == KW_KIND_LINE || a == KW_KIND_SENTENCE || a == KW_KIND_CLAUSE) return false;
  if (!is_noise(first.entry)) return true;
  const scalar second = scalar_at(t, next + first.length);
  const uint32_t b = kind_of(second.entry);
  if (is_noise(second.entry) || b == KW_KIND_LINE || b == KW_KIND_SENTENCE || b == KW_KIND_CLAUSE)
    return false;
  if (b != KW_KIND_SYMBOL) return true;
  if (trait_of(second.entry) != KW_TRAIT_LETTER) return false;
  const scalar third = scalar_at(t, next + first.length + second.length);
  return third.length == 0 || kind_of(third.entry) != KW_KIND_SYMBOL || trait_of(third.entry) < 2;
}

static inline bool letter_is_plain(const text *t, size_t next) {
  const scalar first = scalar_at(t, next);
  return kind_of(first.entry) == KW_KIND_SYMBOL || !may_be_spelled(t, first, next);
}

// The hashes of two and three symbols' numbers, as in `PrefixFilter`.
static inline uint32_t pair_product(uint32_t first, uint32_t second) {
  return (first << 16 | second) * 0x9E3779B1u;
}
static inline uint32_t triple_product(uint32_t pair, uint32_t third) {
  return (pair ^ third * 0x85EBCA6Bu) * 0xC2B2AE35u;
}

// What is being read.
typedef struct reader {
  size_t at;
  uint32_t place, number, base, trait;
  bool has_last;
  uint64_t noisy, sentences;
} reader;

static inline __attribute__((always_inline)) void add(reader *r, kw_history *h, uint32_t entry,
                                                      uint32_t length, size_t start) {
  r->place += 1;
  h->entries[r->place] = entry | length << 24;
  h->starts[r->place] = r->base + (uint32_t)start;
  h->texts[r->place] = r->number;
}

static inline __attribute__((always_inline)) void add_symbol(reader *r, kw_history *h, scalar next,
                                                             size_t start) {
  r->number += 1;
  add(r, h, next.entry, next.length, start);
  r->at = start + next.length;
  r->trait = trait_of(next.entry);
  r->has_last = true;
}

// A symbol behind up to three noise scalars; between two that are not Han these are symbols, white
// space one of them.
static bool read_gap(const text *t, reader *r, kw_history *h, uint32_t first,
                     uint32_t noise_limit) {
  uint32_t literals[3], literal_count = 0, noise = 0;
  size_t at = r->at;
  scalar next = scalar_at(t, at);
  bool has_space = false;
  do {
    const uint32_t symbol = number_of(next.entry);
    if (noise == 3 || symbol == KW_NUMBER_STOP || symbol == KW_NUMBER_COMMA) return false;
    const bool is_space = kind_of(next.entry) == KW_KIND_SPACE;
    if (!is_space) literals[literal_count++] = symbol;
    else if (!has_space) literals[literal_count++] = KW_NUMBER_SPACE;
    has_space = is_space;
    noise += 1;
    at += next.length;
    next = scalar_at(t, at);
  } while (is_noise(next.entry));
  if (kind_of(next.entry) != KW_KIND_SYMBOL) return false;
  const uint32_t trait = trait_of(next.entry);
  const bool skips = r->trait == KW_TRAIT_HAN || trait == KW_TRAIT_HAN;
  if (skips && noise > noise_limit) return false;
  if (trait == KW_TRAIT_LETTER && !letter_is_plain(t, at + next.length)) return false;
  // No pattern begins or ends with noise, so its place is never asked for.
  if (!skips)
    for (uint32_t i = 0; i < literal_count; i += 1) add(r, h, literals[i], 0, r->at);
  if (skips) r->noisy |= 1ull << (63 - (r->place - first));
  add_symbol(r, h, next, at);
  return true;
}

// Reads what comes next, if it is plain.
static bool read_next(const text *t, reader *r, kw_history *h, uint32_t first, kw_plain_run *run) {
  const scalar next = scalar_at(t, r->at);
  const uint32_t kind = kind_of(next.entry);
  switch (kind) {
  case KW_KIND_SYMBOL: {
    const bool touches = trait_of(next.entry) & r->trait & 2;
    if (trait_of(next.entry) == KW_TRAIT_LETTER && !touches &&
        !letter_is_plain(t, r->at + next.length))
      return false;
    add_symbol(r, h, next, r->at);
    return true;
  }
  case KW_KIND_NOISE:
  case KW_KIND_SPACE:
    if (r->has_last) return read_gap(t, r, h, first, run->noise_limit);
    r->at += next.length;
    return true;
  case KW_KIND_SENTENCE:
  case KW_KIND_CLAUSE:
  case KW_KIND_STOP:
    if (!mark_is_plain(t, kind, r->trait, r->at + next.length)) return false;
    add_symbol(r, h, next, r->at);
    if (kind != KW_KIND_CLAUSE) r->sentences |= 1ull << (r->place - first - 1);
    return true;
  case KW_KIND_LINE:
    r->at += next.length;
    run->end = KW_RUN_LINE;
    return false;
  default:
    return false;
  }
}

// What a kernel defines: characters of three bytes that are no letters or digits, which are symbols
// and no more whatever stands around them; `place` stays at or below `last`. A kernel may read
// marks among them.
static void read_han(const text *t, reader *r, kw_history *h, uint32_t first, uint32_t last);

// And ASCII words of more than one letter, at least what lies in them behind the first; a kernel
// may read what lies between them.
static void read_words(const text *t, reader *r, kw_history *h, uint32_t first, uint32_t last);

// And the sets' answers about a run's symbols, the first one's lowest.
typedef struct answers {
  // Two symbols that a longer pattern begins with; symbols that end a pattern of one or two; three
  // symbols that a pattern begins with; letters or digits behind such.
  uint64_t leading, ending, going, touching;
} answers;
static answers ask(const kw_symbols *s, const uint32_t *entries, uint32_t count);

// Draws from the answers what they say about a run of at least one symbol.
static inline void judge(answers a, const kw_symbols *s, const kw_history *h, uint32_t first,
                         kw_plain_run *run) {
  // What the first symbol touches may have been read otherwise, or lie behind a break.
  a.touching = (a.touching & ~1ull) | (h->entries[first + 1] >> 21 & run->trait >> 1);
  // What goes on beyond the last symbol is not known yet.
  a.leading &= a.going >> 1 | 1ull << (run->count - 1);
  if (s->bounds_words) {
    const uint64_t inside = a.touching << 1 | run->touches;
    a.leading &= ~inside;
    a.ending &= ~(inside & a.touching);
  }
  run->promising = a.leading | a.ending;
  run->touching = a.touching ? __builtin_bitreverse64(a.touching) : 0;
}

static inline text text_of(const kw_symbols *symbols, const uint8_t *bytes, size_t count) {
  return (text){symbols->page_index, symbols->pages, symbols->direct, bytes, count};
}

static inline reader reader_of(const kw_plain_run *run, size_t at, uint64_t base) {
  return (reader){.at = at,
                  .place = run->place,
                  .number = run->text,
                  .base = (uint32_t)base,
                  .trait = run->trait,
                  .has_last = run->has_last};
}

// Whether nothing is left but the begin of a character.
static inline bool is_at_end(const text *t, const reader *r) {
  return r->at == t->count || (t->count - r->at < 3 && t->bytes[r->at] >= 0xE0);
}

// Reads on as long as everything is plain.
static inline __attribute__((always_inline)) void read_on(const text *t, reader *r, kw_history *h,
                                                          uint32_t first, uint32_t last,
                                                          kw_plain_run *run) {
  run->end = KW_RUN_OPEN;
  do {
    read_han(t, r, h, first, last);
    read_words(t, r, h, first, last);
    if (r->place >= last) {
      run->end = KW_RUN_FULL;
      return;
    }
  } while (!is_at_end(t, r) && read_next(t, r, h, first, run));
}

static inline void end_run(const reader *r, uint32_t first, kw_plain_run *run) {
  run->at = r->at;
  run->count = r->place - first;
  run->noisy = r->noisy;
  run->sentences = r->sentences;
}

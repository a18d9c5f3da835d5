// The reading of runs, but for what a kernel does its own way. Internal to CScan.
#pragma once
#include "entries.h"
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

// What a `.` is, by the scalar behind it.
typedef enum stop { STOP_UNKNOWN, STOP_MARK, STOP_NOISE } stop;

// `joins` says that a digit stands before it, and one behind it would touch that.
static inline stop stop_at(const text *t, size_t next, bool joins) {
  const scalar s = scalar_at(t, next);
  switch (kind_of(s.entry)) {
  case KW_KIND_SPACE:
  case KW_KIND_LINE: return STOP_MARK;
  case KW_KIND_SYMBOL:
    return joins && trait_of(s.entry) == KW_TRAIT_DIGIT ? STOP_UNKNOWN : STOP_NOISE;
  case KW_KIND_NOISE:
  case KW_KIND_STOP:
  case KW_KIND_SENTENCE:
  case KW_KIND_CLAUSE: return STOP_NOISE;
  default: return STOP_UNKNOWN;
  }
}

// Whether what stands right behind a symbol, a clause mark, is a symbol and nothing more: what
// follows shows that no two marks stand at the places of a lane.
static bool clause_is_plain(const text *t, scalar mark, uint32_t trait, size_t next) {
  const scalar first = scalar_at(t, next);
  const uint32_t a = kind_of(first.entry);
  if (is_noise(first.entry) || a == KW_KIND_LINE || a == KW_KIND_CLAUSE) return true;
  if (a != KW_KIND_SYMBOL) return false;
  if (trait == KW_TRAIT_DIGIT && number_of(mark.entry) == KW_NUMBER_COMMA &&
      trait_of(first.entry) == KW_TRAIT_DIGIT)
    return false;
  const scalar second = scalar_at(t, next + first.length);
  const uint32_t b = kind_of(second.entry);
  return b == KW_KIND_SYMBOL || b == KW_KIND_LINE || b == KW_KIND_SENTENCE || b == KW_KIND_STOP ||
         is_noise(second.entry);
}

static inline bool ends_spelling(uint32_t kind) {
  return kind == KW_KIND_LINE || kind == KW_KIND_SENTENCE || kind == KW_KIND_CLAUSE;
}

// Whether a letter alone, before the scalar at `next`, may stand in a spelled-out word: another one
// alone follows behind a single noise scalar.
static bool may_be_spelled(const text *t, scalar first, size_t next) {
  const uint32_t a = kind_of(first.entry);
  if (ends_spelling(a)) return false;
  if (a == KW_KIND_STOP) {
    const stop kind = stop_at(t, next + first.length, false);
    if (kind != STOP_NOISE) return kind == STOP_UNKNOWN;
  } else if (!is_noise(first.entry)) {
    return true;
  }
  const scalar second = scalar_at(t, next + first.length);
  const uint32_t b = kind_of(second.entry);
  if (is_noise(second.entry) || b == KW_KIND_STOP || ends_spelling(b)) return false;
  if (b != KW_KIND_SYMBOL) return true;
  if (trait_of(second.entry) != KW_TRAIT_LETTER) return false;
  const scalar third = scalar_at(t, next + first.length + second.length);
  return third.length == 0 || kind_of(third.entry) != KW_KIND_SYMBOL || trait_of(third.entry) < 2;
}

static inline bool letter_is_plain(const text *t, size_t next) {
  const scalar first = scalar_at(t, next);
  return kind_of(first.entry) == KW_KIND_SYMBOL || !may_be_spelled(t, first, next);
}

// What is being read.
typedef struct reader {
  size_t at;
  uint32_t place, base, trait;
  bool has_last;
  uint64_t noisy, literal, sentences;
} reader;

static inline __attribute__((always_inline)) void add(reader *r, kw_history *h, uint32_t entry,
                                                      uint32_t length, size_t start) {
  r->place += 1;
  h->entries[r->place] = entry | length << 24;
  h->starts[r->place] = r->base + (uint32_t)start;
}

static inline __attribute__((always_inline)) void add_symbol(reader *r, kw_history *h, scalar next,
                                                             size_t start) {
  add(r, h, next.entry, next.length, start);
  r->at = start + next.length;
  r->trait = trait_of(next.entry);
  r->has_last = true;
}

// A symbol or mark behind up to three noise scalars; between two symbols that are not Han these are
// symbols, white space one of them. What stands before a line break, or behind one, is nothing.
static bool read_gap(const text *t, reader *r, kw_history *h, uint32_t first,
                     uint32_t noise_limit) {
  uint32_t literals[3], noise = 0, literal_count = 0;
  size_t at = r->at, starts[3];
  scalar next = scalar_at(t, at);
  bool has_space = false, is_mark = false;
  while (true) {
    const uint32_t symbol = number_of(next.entry), kind = kind_of(next.entry);
    if (kind == KW_KIND_STOP) {
      const bool joins = noise == 0 && r->trait == KW_TRAIT_DIGIT;
      const stop stop = stop_at(t, at + next.length, joins);
      if (stop == STOP_UNKNOWN) break;
      is_mark = stop == STOP_MARK;
      if (is_mark) break;
    } else if (!is_noise(next.entry)) {
      break;
    } else if (symbol == KW_NUMBER_STOP || symbol == KW_NUMBER_COMMA) {
      break;
    }
    const bool is_space = kind == KW_KIND_SPACE;
    if (noise < 3 && !(is_space && has_space)) {
      starts[literal_count] = at;
      literals[literal_count++] = is_space ? KW_NUMBER_SPACE : symbol;
    }
    has_space = is_space;
    noise += 1;
    at += next.length;
    next = scalar_at(t, at);
  }
  const uint32_t kind = kind_of(next.entry);
  if (kind == KW_KIND_LINE || !r->has_last) {
    r->at = at;
    return noise > 0;
  }
  if (noise == 0 || noise > 3) return false;
  is_mark |= kind == KW_KIND_SENTENCE;
  if (kind != KW_KIND_SYMBOL && kind != KW_KIND_CLAUSE && !is_mark) return false;
  const uint32_t trait = trait_of(next.entry);
  const bool skips = r->trait == KW_TRAIT_HAN || trait == KW_TRAIT_HAN;
  if (skips && noise > noise_limit) return false;
  if (trait == KW_TRAIT_LETTER && !letter_is_plain(t, at + next.length)) return false;
  // No pattern begins or ends with noise, so its place is never asked for.
  for (uint32_t i = 0; i < literal_count && !skips; i += 1) {
    r->literal |= 1ull << (63 - (r->place - first));
    add(r, h, literals[i], 0, starts[i]);
  }
  if (skips) r->noisy |= 1ull << (63 - (r->place - first));
  add_symbol(r, h, next, at);
  if (is_mark) r->sentences |= 1ull << (r->place - first - 1);
  return true;
}

static inline bool is_clause_mark(uint32_t entry) {
  const uint32_t number = number_of(entry);
  return number == KW_NUMBER_COMMA || number == KW_NUMBER_ENUMERATION ||
         number == KW_NUMBER_COLON;
}

// Reads what comes next, if it is plain.
static bool read_next(const text *t, reader *r, kw_history *h, uint32_t first, kw_plain_run *run) {
  const scalar next = scalar_at(t, r->at);
  switch (kind_of(next.entry)) {
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
    return read_gap(t, r, h, first, run->noise_limit);
  case KW_KIND_STOP:
    if (stop_at(t, r->at + next.length, false) != STOP_MARK)
      return read_gap(t, r, h, first, run->noise_limit);
    add_symbol(r, h, next, r->at);
    r->sentences |= 1ull << (r->place - first - 1);
    return true;
  case KW_KIND_CLAUSE:
    // A lane opens between symbols alone, and not behind another mark.
    if (r->has_last && !is_clause_mark(h->entries[r->place]) &&
        !clause_is_plain(t, next, r->trait, r->at + next.length))
      return false;
    add_symbol(r, h, next, r->at);
    return true;
  case KW_KIND_SENTENCE:
    add_symbol(r, h, next, r->at);
    r->sentences |= 1ull << (r->place - first - 1);
    return true;
  case KW_KIND_LINE:
    r->at += next.length;
    run->end = KW_RUN_LINE;
    return false;
  default:
    return false;
  }
}

// The sets' answers about a run's symbols, the first one's lowest.
typedef struct answers {
  // Two symbols that a longer pattern begins with; symbols that end a pattern of one or two; three
  // symbols that a pattern begins with; letters or digits behind such.
  uint64_t leading, ending, going, touching;
} answers;

static inline uint64_t reversed(uint64_t bits) { return __builtin_bitreverse64(bits); }

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
  run->touching = a.touching ? reversed(a.touching) : 0;
}

static inline text text_of(const kw_symbols *symbols, const uint8_t *bytes, size_t count) {
  return (text){symbols->page_index, symbols->pages, symbols->direct, bytes, count};
}

static inline reader reader_of(const kw_plain_run *run, size_t at, uint64_t base) {
  return (reader){.at = at,
                  .place = run->place,
                  .base = (uint32_t)base,
                  .trait = run->trait,
                  .has_last = run->has_last};
}

// Whether nothing is left but the begin of a character.
static inline bool is_at_end(const text *t, const reader *r) {
  return r->at == t->count || (t->count - r->at < 3 && t->bytes[r->at] >= 0xE0);
}

static inline void end_run(const reader *r, uint32_t first, kw_plain_run *run) {
  run->at = r->at;
  run->count = r->place - first;
  run->noisy = r->noisy;
  run->literal = r->literal;
  run->sentences = r->sentences;
}

// A short text as units, Han characters and words, and what the automaton knows of them. Internal to
// CScan.
#pragma once
#include "entries.h"
#include "include/chunk.h"
#include "work.h"

// The last bytes of a text, at most 64, no character cut at their end.
typedef struct tail {
  const kw_automaton *automaton;
  const uint8_t *bytes;
  // Where Han characters (U+4E00…U+9FFF) begin, and letters and digits.
  uint64_t hans, letters;
  // Whether the bytes are the whole text.
  bool is_whole;
  uint32_t noise_limit;
  // The kinds of finding that matter.
  uint64_t kinds;
} tail;

// A Han character or a word, by its first symbols' numbers, which are 0 where no pattern has them.
typedef struct unit {
  uint32_t start, end;
  bool is_han;
  // The second is 0 unless it is a word of several letters or digits.
  uint32_t first, second;
} unit;

// Whether it is a letter or digit that stands alone.
KW_INLINE bool is_alone(const unit *u) { return !u->is_han && u->end - u->start == 1; }

KW_INLINE bool bit(uint64_t mask, uint32_t at) { return mask >> at & 1; }

KW_INLINE uint32_t ascii_entry(const tail *t, uint32_t at) {
  const kw_symbols *s = &t->automaton->symbols;
  return s->pages[((uint32_t)s->page_index[0] << 8) + (t->bytes[at] & 0x7F)];
}

KW_INLINE uint32_t han_entry(const tail *t, uint32_t at) {
  const uint8_t *p = t->bytes + at;
  const uint32_t scalar = (p[0] & 15u) << 12 | (p[1] & 63u) << 6 | (p[2] & 63u);
  return t->automaton->symbols.direct[scalar - KW_DIRECT];
}

// Whether a letter, digit or Han character ends at `end`, above 0.
KW_INLINE bool is_unit_before(const tail *t, uint32_t end) {
  return bit(t->letters, end - 1) || (end >= 3 && bit(t->hans, end - 3));
}

// The number of the last symbol of a unit that ends at `end`.
KW_INLINE uint32_t last_number(const tail *t, uint32_t end) {
  return number_of(bit(t->letters, end - 1) ? ascii_entry(t, end - 1) : han_entry(t, end - 3));
}

// The scalar that ends at `*end`, of one or three bytes; `*end` becomes its begin.
KW_INLINE bool scalar_before(const tail *t, uint32_t *end, uint32_t *entry) {
  const uint8_t *p = t->bytes + *end;
  const uint32_t last = p[-1];
  if (last < 0x80) {
    *end -= 1;
    *entry = ascii_entry(t, *end);
    return true;
  }
  if (*end < 3 || last >= 0xC0 || (p[-2] & 0xC0) != 0x80) return false;
  const uint32_t lead = p[-3];
  if (lead <= 0xE0 || lead >= 0xF0 || lead == 0xED) return false;
  const kw_symbols *s = &t->automaton->symbols;
  const uint32_t high = (lead & 15) << 4 | (p[-2] >> 2 & 15), low = (p[-2] & 3u) << 6 | (last & 63);
  *end -= 3;
  *entry = s->pages[(uint32_t)s->page_index[high] << 8 | low];
  return true;
}

// The unit that ends at `end`, above 0.
KW_INLINE bool unit_before(const tail *t, uint32_t end, unit *u) {
  if (bit(t->letters, end - 1)) {
    const uint64_t others = ~t->letters << (64 - end);
    u->start = others == 0 ? 0 : end - (uint32_t)__builtin_clzll(others);
    u->end = end;
    u->is_han = false;
    u->first = number_of(ascii_entry(t, u->start));
    u->second = u->start + 1 < end ? number_of(ascii_entry(t, u->start + 1)) : 0;
    return true;
  }
  if (end < 3 || !bit(t->hans, end - 3)) return false;
  const uint32_t entry = han_entry(t, end - 3);
  *u = (unit){.start = end - 3, .end = end, .is_han = true, .first = number_of(entry)};
  return kind_of(entry) == KW_KIND_SYMBOL && trait_of(entry) == KW_TRAIT_HAN;
}

// Whether `InnerFilter` may hold three or four symbols, by their numbers.
KW_INLINE bool is_inner(const tail *t, uint64_t a, uint64_t b, uint64_t c, uint64_t d) {
  const uint64_t key = a | b << 16 | c << 32 | d << 48;
  const uint64_t place = key * 0x9E3779B97F4A7C15ull >> t->automaton->inner_shift;
  return t->automaton->inner[place >> 3] >> (place & 7) & 1;
}

// The same of two symbols; no pattern has what has no number.
KW_INLINE bool is_inner_pair(const tail *t, uint32_t a, uint32_t b) {
  return (a != 0) & (b != 0) & is_inner(t, a, b, 0, 0);
}

KW_INLINE bool is_inner_triple(const tail *t, uint32_t a, uint32_t b, uint32_t c) {
  return (a != 0) & (c != 0) & is_inner(t, a, b, c, 0);
}

// Follows a symbol without failure links; 0 where no pattern goes on.
KW_INLINE uint32_t child(const kw_automaton *a, uint32_t state, uint32_t number) {
  const uint32_t base = (uint32_t)a->cells[state] & 0x7FFFFFFF, next = base + number;
  const bool is_child = (base != 0) & (number != 0) & (a->cells[next] >> 32 == state);
  return is_child ? next : 0;
}

// The state that a symbol leads to from the root.
KW_INLINE uint32_t begin(const kw_automaton *a, uint32_t number) {
  const uint32_t next = a->root_base + number;
  const bool is_child = (number != 0) & (a->cells[next] >> 32 == 0);
  return is_child ? next : 0;
}

// The state of what stands from `at` to `end`, units and gaps that something may cross, 0 where it is
// the beginning of nothing. Beside Han noise is skipped, between words it is a symbol.
KW_INLINE uint32_t node(const tail *t, uint32_t at, uint32_t end) {
  const uint64_t units = t->hans | t->letters;
  uint32_t state = 0;
  bool is_behind_han = false;
  do {
    uint32_t number, behind = at + 1;
    if (bit(t->hans, at)) {
      number = number_of(han_entry(t, at));
      behind = at + 3;
      is_behind_han = true;
    } else if (bit(t->letters, at)) {
      number = number_of(ascii_entry(t, at));
      is_behind_han = false;
    } else {
      const uint32_t next = at + (uint32_t)__builtin_ctzll(units >> at);
      if (is_behind_han || bit(t->hans, next)) {
        at = next;
        continue;
      }
      number = number_of(ascii_entry(t, at));
    }
    state = child(t->automaton, state, number);
    at = behind;
  } while (at < end && state != 0);
  return state;
}

// The state of a unit. Most words are the beginning of nothing, which their first letters tell.
KW_INLINE uint32_t unit_state(const tail *t, const unit *u) {
  if (u->is_han || is_alone(u)) return begin(t->automaton, u->first);
  const kw_symbols *s = &t->automaton->symbols;
  const uint32_t pair = pair_product(u->first, u->second);
  uint32_t may_begin;
  if (u->start + 2 < u->end) {
    const uint32_t third = number_of(ascii_entry(t, u->start + 2));
    const uint32_t at = triple_product(pair, third) >> s->triple_shift;
    may_begin = s->triples[at >> 3] >> (at & 7);
  } else {
    const uint32_t at = pair >> s->pair_shift;
    may_begin = s->pairs[at >> 2] >> (at & 3) * 2;
  }
  return may_begin & 1 ? node(t, u->start, u->end) : 0;
}

// Whether a state goes on to a pattern that matters.
KW_INLINE bool is_alive(const tail *t, uint32_t state) {
  const kw_automaton *a = t->automaton;
  return (state != 0) & ((a->reach_values[a->reaches[state]].all & t->kinds) != 0);
}

// Whether a scalar is noise or a mark.
KW_INLINE bool is_gap(uint32_t entry) {
  const uint32_t kinds = 1 << KW_KIND_NOISE | 1 << KW_KIND_SPACE | 1 << KW_KIND_STOP |
                         1 << KW_KIND_SENTENCE | 1 << KW_KIND_CLAUSE;
  const uint32_t kind = kind_of(entry);
  return kind < 16 && kinds >> kind & 1;
}

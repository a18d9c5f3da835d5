// A short text as units, Han characters and words, and what the automaton knows of them. Internal to
// CScan.
#pragma once
#include "ends.h"
#include "work.h"

// The last bytes of a text, at most 64, no character cut at their end.
typedef struct tail {
  const kw_automaton *automaton;
  const uint8_t *bytes;
  // Where Han characters (U+4E00…U+9FFF) begin, and letters and digits; the bytes of all of them;
  // those of other characters but ASCII; line breaks of ASCII.
  uint64_t hans, letters, units, others, lines;
  // Whether the bytes are the whole text.
  bool is_whole;
  uint32_t noise_limit;
  // The kinds of finding that matter.
  uint64_t kinds;
} tail;

// A Han character or a word, and the number of its first symbol, 0 where no pattern has it.
typedef struct unit {
  uint32_t start, end, first;
  bool is_han;
  // Whether it stands alone behind another that does, with one scalar between.
  bool follows_alone;
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

// Behind the last bit of a mask that has one.
KW_INLINE uint32_t behind(uint64_t mask) { return 64 - (uint32_t)__builtin_clzll(mask); }

// The places before one.
KW_INLINE uint64_t before(uint32_t at) { return (1ull << at) - 1; }

// How many letters and digits end at `end`, above 0.
KW_INLINE uint32_t letters_before(const tail *t, uint32_t end) {
  const uint64_t rest = ~(t->letters << (64 - end));
  return rest == 0 ? 64 : (uint32_t)__builtin_clzll(rest);
}

// The number of the last symbol of a unit that ends at `end`.
KW_INLINE uint32_t last_number(const tail *t, uint32_t end) {
  return number_of(bit(t->letters, end - 1) ? ascii_entry(t, end - 1) : han_entry(t, end - 3));
}

// The scalar of one or three well-formed bytes that begins at a place.
KW_INLINE uint32_t entry_at(const tail *t, uint32_t at) {
  const uint8_t *p = t->bytes + at;
  if (p[0] < 0x80) return ascii_entry(t, at);
  const kw_symbols *s = &t->automaton->symbols;
  const uint32_t high = (p[0] & 15) << 4 | (p[1] >> 2 & 15), low = (p[1] & 3u) << 6 | (p[2] & 63);
  return s->pages[(uint32_t)s->page_index[high] << 8 | low];
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
  *end -= 3;
  *entry = entry_at(t, *end);
  return true;
}

// The unit that ends at `end`, where one does.
KW_INLINE bool unit_before(const tail *t, uint32_t end, unit *u) {
  const uint32_t letters = letters_before(t, end);
  if (letters != 0) {
    const uint32_t start = end - letters;
    u->start = start;
    u->end = end;
    u->is_han = u->follows_alone = false;
    u->first = number_of(ascii_entry(t, start));
    return true;
  }
  const uint32_t entry = han_entry(t, end - 3);
  *u = (unit){.start = end - 3, .end = end, .is_han = true, .first = number_of(entry)};
  return kind_of(entry) == KW_KIND_SYMBOL && trait_of(entry) == KW_TRAIT_HAN;
}

// The last letters before `end`, as `EndFilter` takes them.
KW_INLINE uint64_t letters_left(const tail *t, uint32_t end, uint32_t letters) {
  uint64_t left = 0;
  for (uint32_t i = 0; i < KW_END_LETTERS && i < letters; i += 1)
    left |= (uint64_t)(t->bytes[end - 1 - i] | 0x20) << (56 - 8 * i);
  return left;
}

// A unit as `EndFilter` takes what stands behind a gap.
KW_INLINE uint64_t right_of(const tail *t, const unit *u) {
  if (u->is_han) return ends_han(u->first);
  const uint8_t *x = t->bytes + u->start;
  return is_alone(u) ? x[0] | 0x20 : (x[0] | 0x20) | (uint64_t)(x[1] | 0x20) << 8;
}

// Whether a pattern may have a symbol beside noise or a mark inside; none has what has no number.
KW_INLINE bool is_mark_inside(const tail *t, uint32_t a, uint32_t b) {
  return (a != 0) & (b != 0) & has_neighbours(t->automaton, ends_mark(a), ends_mark(b), 0);
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
  uint64_t letters = 0;
  for (uint32_t i = 0; i < KW_END_LETTERS && u->start + i < u->end; i += 1)
    letters |= (uint64_t)(t->bytes[u->start + i] | 0x20) << 8 * i;
  return has_beginning(t->automaton, letters) ? node(t, u->start, u->end) : 0;
}

// Whether a state goes on to a pattern that matters.
KW_INLINE bool is_alive(const tail *t, uint32_t state) {
  return goes_on(t->automaton, state, t->kinds);
}

// Whether a scalar is noise or a mark.
KW_INLINE bool is_gap(uint32_t entry) {
  const uint32_t kinds = 1 << KW_KIND_NOISE | 1 << KW_KIND_SPACE | 1 << KW_KIND_STOP |
                         1 << KW_KIND_SENTENCE | 1 << KW_KIND_CLAUSE;
  const uint32_t kind = kind_of(entry);
  return kind < 16 && kinds >> kind & 1;
}

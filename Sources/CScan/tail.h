// The end of a text, read backwards as far as it decides what is under way there.
//
// It is cut into units, Han characters and words, up to a place that nothing crosses: no pattern has
// inside what stands at its sides. What begins behind that place is followed through the automaton.
// All that is not plain (invisible characters, other scripts, letters that may be spelled out) is
// left to the scanner. Internal to CScan.
#pragma once
#include "unit.h"

// The most units.
enum { TAIL_UNITS = 12 };

// What may be under way: something that begins here, or this.
enum { TAIL_NOTHING = -1, TAIL_UNCLEAR = -2 };
// What stands before a unit: what ends here may go on, or this. What touches a number before it
// begins nothing.
enum { BOUNDARY_CLOSED = -1, BOUNDARY_UNCLEAR = -2, BOUNDARY_TOUCHED = -3 };

// What a gap from `end` on, which a pattern may have, lets through to a unit.
static __attribute__((noinline)) int32_t boundary_across(const tail *t, uint32_t end,
                                                         const unit *u) {
  if (end == u->start) return (int32_t)end;
  uint32_t at = u->start, count = 0, kind = 0;
  bool has_mark = false, ends_sentence = false, mark_crosses = false;
  while (at > end) {
    uint32_t entry;
    if (!scalar_before(t, &at, &entry)) return BOUNDARY_UNCLEAR;
    kind = kind_of(entry);
    if (!is_gap(entry)) return BOUNDARY_UNCLEAR;
    if (kind == KW_KIND_SENTENCE || kind == KW_KIND_CLAUSE || kind == KW_KIND_STOP) {
      // A pattern may have it right before the unit.
      mark_crosses |= is_mark_inside(t, number_of(entry), u->first);
      has_mark = true;
      ends_sentence |= kind == KW_KIND_SENTENCE;
    }
    count += 1;
  }
  if (u->is_han || !bit(t->letters, end - 1)) {
    // What stands between is skipped, or is a mark of which one stands in each gap.
    if (mark_crosses) return BOUNDARY_UNCLEAR;
    if (ends_sentence) return BOUNDARY_CLOSED;
    if (has_mark) return BOUNDARY_UNCLEAR;
    return count <= t->noise_limit ? (int32_t)end : BOUNDARY_CLOSED;
  }
  // Other white space counts as a space.
  const uint32_t byte = t->bytes[end];
  const bool is_symbol = byte < 0x80 && (kind != KW_KIND_SPACE || byte == ' ');
  return count == 1 && is_symbol ? (int32_t)end : BOUNDARY_UNCLEAR;
}

// Tells of a gap with other characters than ASCII, from `end` to a unit: 0 where it is one, or a
// boundary.
static __attribute__((noinline)) int32_t odd_gap(const tail *t, uint32_t end, const unit *u) {
  uint32_t at = u->start;
  while (at > end) {
    uint32_t entry;
    if (!scalar_before(t, &at, &entry)) return BOUNDARY_UNCLEAR;
    if (kind_of(entry) == KW_KIND_LINE) return BOUNDARY_CLOSED;
    if (!is_gap(entry)) return BOUNDARY_UNCLEAR;
  }
  return 0;
}

// What stands before a unit behind which there is no other, but for the beginning.
static __attribute__((noinline)) int32_t boundary_of_first(const tail *t, const unit *u) {
  const int32_t gap = odd_gap(t, 0, u);
  if (gap != 0) return gap;
  return t->is_whole ? BOUNDARY_CLOSED : BOUNDARY_UNCLEAR;
}

// Whether a word begins at a place, and not only what is seen of it.
KW_INLINE bool is_word_at(const tail *t, uint32_t at) {
  if (at == 0) return t->is_whole;
  uint32_t entry;
  return !bit(t->others, at - 1) || (scalar_before(t, &at, &entry) && is_gap(entry));
}

// Whether a letter that ends at `end` and a unit of one, with one scalar between, may be spelled out.
static __attribute__((noinline)) bool may_be_spelled(const tail *t, uint32_t end, const unit *u) {
  const kw_automaton *a = t->automaton;
  const uint32_t state = begin_two(a, number_of(ascii_entry(t, end - 1)), u->first);
  if (state != 0 && (a->reach_values[a->reaches[state]].spelled & t->kinds) != 0) return true;
  // More letters may stand alone before it.
  const uint64_t earlier = t->units & before(end - 1);
  if (earlier == 0) return true;
  const uint32_t last = behind(earlier);
  return letters_before(t, last) == 1 || (t->others & before(end) & ~before(last)) != 0;
}

// What stands before a unit.
KW_INLINE int32_t boundary(const tail *t, unit *u) {
  const uint64_t earlier = t->units & before(u->start);
  if (earlier == 0) return boundary_of_first(t, u);
  const uint32_t end = behind(earlier);
  const uint64_t gap = before(u->start) & ~before(end);
  if (t->others & gap) {
    const int32_t odd = odd_gap(t, end, u);
    if (odd != 0) return odd;
  } else if (t->lines & gap) {
    return BOUNDARY_CLOSED;
  }
  uint64_t left, between = 0;
  bool crosses;
  int32_t closed = BOUNDARY_CLOSED;
  const uint32_t letters = letters_before(t, end);
  if (letters == 0) {
    const uint32_t number = number_of(han_entry(t, end - 3));
    left = ends_han(number);
    if (u->is_han && end == u->start && end >= 6 && bit(t->hans, end - 6)) {
      // What begins before the last of three that touch has all of them, or begins with the last two.
      const uint32_t third = number_of(han_entry(t, end - 6));
      const uint32_t both = begin_two(t->automaton, number, u->first);
      crosses = is_alive(t, both) | has_neighbours(t->automaton, ends_pair(third, number),
                                                   ends_touching(u->first), 0);
      return crosses ? (int32_t)end : BOUNDARY_CLOSED;
    }
  } else {
    // Something that vanishes may stand in the word.
    if (letters < KW_END_LETTERS && !is_word_at(t, end - letters)) return BOUNDARY_UNCLEAR;
    left = letters_left(t, end, letters);
    if (!u->is_han) {
      const uint32_t trait = trait_of(ascii_entry(t, u->start));
      uint32_t at = u->start, nearest;
      if (!scalar_before(t, &at, &nearest)) return BOUNDARY_UNCLEAR;
      if (letters == 1 && is_alone(u) && at == end) {
        if (may_be_spelled(t, end, u)) return BOUNDARY_UNCLEAR;
        u->follows_alone = true;
      }
      const uint32_t mark = number_of(nearest);
      if (trait == KW_TRAIT_DIGIT && (mark == KW_NUMBER_STOP || mark == KW_NUMBER_COMMA) &&
          trait_of(ascii_entry(t, end - 1)) == KW_TRAIT_DIGIT) {
        if (at != end) return BOUNDARY_UNCLEAR;
        closed = BOUNDARY_TOUCHED;
      }
      between = ends_gap(gap_number(entry_at(t, end)), gap_number(nearest));
    }
  }
  crosses = has_neighbours(t->automaton, left, right_of(t, u), between);
  if (!crosses) return closed;
  return closed == BOUNDARY_TOUCHED ? BOUNDARY_UNCLEAR : boundary_across(t, end, u);
}

// What stands behind the last unit.
typedef enum ending_kind {
  ENDING_NOTHING,
  // Noise scalars only.
  ENDING_NOISE,
  // One clause mark and nothing else.
  ENDING_CLAUSE,
  // A mark among other things.
  ENDING_MARK,
  // A full stop, which the next scalar may decide, and no other mark.
  ENDING_STOP,
  ENDING_LINE,
  ENDING_UNCLEAR,
} ending_kind;

typedef struct ending {
  ending_kind kind;
  // The number of scalars.
  uint32_t count;
  // The symbol that the first of them is between letters, and that of the first mark.
  uint32_t nearest, mark;
} ending;

// Reads what stands behind the last unit, and puts `*end` behind that.
KW_INLINE ending ending_before(const tail *t, uint32_t *end) {
  ending e = {ENDING_NOTHING, 0, 0, 0};
  while (*end > 0 && !bit(t->units, *end - 1)) {
    uint32_t entry;
    if (!scalar_before(t, end, &entry)) return (ending){.kind = ENDING_UNCLEAR};
    const uint32_t kind = kind_of(entry);
    if (kind == KW_KIND_LINE) return (ending){.kind = ENDING_LINE};
    if (!is_gap(entry)) return (ending){.kind = ENDING_UNCLEAR};
    e.count += 1;
    e.nearest = kind == KW_KIND_SPACE ? KW_NUMBER_SPACE : number_of(entry);
    if (kind == KW_KIND_SENTENCE || kind == KW_KIND_CLAUSE) {
      e.kind = kind == KW_KIND_CLAUSE && e.count == 1 ? ENDING_CLAUSE : ENDING_MARK;
      e.mark = number_of(entry);
    } else if (kind == KW_KIND_STOP) {
      e.kind = ENDING_STOP;
    } else if (e.kind == ENDING_NOTHING) {
      e.kind = ENDING_NOISE;
    } else if (e.kind == ENDING_CLAUSE) {
      e.kind = ENDING_MARK;
    }
  }
  return e;
}

// Whether what leads to a state can go on behind an ending: 1, 0, or less where it is unclear.
//
// `last` is the last unit and `number` that of its last symbol; `is_all` says that it is all that
// leads to the state, which is 0 where it begins nothing.
static inline int can_go_on(const tail *t, uint32_t state, const ending *e, const unit *last,
                     uint32_t number, bool is_all) {
  if (!is_alive(t, state)) return 0;
  const kw_reach *reach = &t->automaton->reach_values[t->automaton->reaches[state]];
  switch (e->kind) {
  case ENDING_NOTHING: return 1;
  case ENDING_LINE: return 0;
  case ENDING_STOP:
    // A word goes on behind it if a pattern has it there, or Han.
    if (last->is_han || is_alone(last) || e->count > 1) return -1;
    if (is_mark_inside(t, number, KW_NUMBER_STOP)) return -1;
    return (reach->han & t->kinds) != 0 ? -1 : 0;
  case ENDING_UNCLEAR: return -1;
  case ENDING_MARK:
  case ENDING_CLAUSE:
    if (is_mark_inside(t, number, e->mark) || is_mark_inside(t, number, e->nearest)) return -1;
    // A pattern with a mark in each gap may have begun; letters that touch begin none.
    if (e->kind != ENDING_CLAUSE || !is_all) return 0;
    if (!last->is_han) return is_alone(last) ? -1 : 0;
    return (reach->clause & t->kinds) != 0;
  case ENDING_NOISE:
    if (last->is_han) return e->count <= t->noise_limit;
    if (e->count <= t->noise_limit && (reach->han & t->kinds) != 0) return 1;
    if (e->count > 1) return child(t->automaton, state, e->nearest) == 0 ? 0 : -1;
    if (is_all && is_alone(last) && (reach->spelled & t->kinds) != 0) return 1;
    return is_alive(t, child(t->automaton, state, e->nearest));
  }
  return -1;
}

// Goes on to the units before the last one, where something crosses to it from the one that ends at
// `boundary`; `state` is what begins with the last one.
static __attribute__((noinline)) int32_t state_across(const tail *t, const ending *e,
                                                      const unit *last, int32_t state,
                                                      uint32_t end) {
  const uint32_t number = last_number(t, last->end);
  for (int i = 0; i < TAIL_UNITS; i += 1) {
    unit u;
    if (!unit_before(t, end, &u)) return TAIL_UNCLEAR;
    const int32_t next = boundary(t, &u);
    if (next == BOUNDARY_TOUCHED) return state;
    const int goes_on = can_go_on(t, node(t, u.start, last->end), e, last, number, false);
    if (goes_on < 0 || next == BOUNDARY_UNCLEAR) return TAIL_UNCLEAR;
    if (goes_on) state = (int32_t)u.start;
    if (next == BOUNDARY_CLOSED) return state;
    end = (uint32_t)next;
  }
  return TAIL_UNCLEAR;
}

// Whether a unit, behind which the text ends as it does, is the beginning of anything.
static __attribute__((noinline)) int begins(const tail *t, uint32_t state, const ending *e,
                                            const unit *u) {
  return can_go_on(t, state, e, u, last_number(t, u->end), true);
}

// What is under way at the end of a text of `count` bytes, at least one and below 64.
KW_INLINE int32_t tail_state(const tail *t, uint32_t count) {
  ending e = {ENDING_NOTHING, 0, 0, 0};
  const uint32_t end = t->units == 0 ? 0 : behind(t->units);
  if (end != count) {
    // ASCII but line breaks needs no look where nothing has begun.
    if (t->others >> end || end == 0) {
      uint32_t from = count;
      e = ending_before(t, &from);
      if (e.kind == ENDING_LINE) return TAIL_NOTHING;
      if (e.kind == ENDING_UNCLEAR) return TAIL_UNCLEAR;
      if (end == 0) return t->is_whole ? TAIL_NOTHING : TAIL_UNCLEAR;
    } else if (t->lines >> end) {
      return TAIL_NOTHING;
    }
  }
  unit last;
  if (!unit_before(t, end, &last)) return TAIL_UNCLEAR;
  const uint32_t begun = unit_state(t, &last);
  const int32_t open = boundary(t, &last);
  if (open == BOUNDARY_UNCLEAR) return TAIL_UNCLEAR;
  if (open == BOUNDARY_TOUCHED) return TAIL_NOTHING;
  int32_t state = is_alive(t, begun) ? (int32_t)last.start : TAIL_NOTHING;
  if (open == BOUNDARY_CLOSED && (state < 0 || end == count)) return state;
  if (end != count) {
    // Whether it is spelled out, the letters before it decide.
    if (last.follows_alone) return TAIL_UNCLEAR;
    uint32_t from = count;
    e = ending_before(t, &from);
    const int goes_on = begins(t, begun, &e, &last);
    if (goes_on < 0) return TAIL_UNCLEAR;
    if (goes_on == 0) state = TAIL_NOTHING;
  }
  return open == BOUNDARY_CLOSED ? state : state_across(t, &e, &last, state, (uint32_t)open);
}

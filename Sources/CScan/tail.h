// The end of a text, read backwards as far as it decides what is under way there.
//
// It is cut into units, Han characters and words, up to a place that nothing crosses: no pattern has
// the neighbours around it inside. What begins behind that place is followed through the automaton.
// All that is not plain (invisible characters, other scripts, letters that may be spelled out) is left
// to the scanner. Internal to CScan.
#pragma once
#include "unit.h"

// The most units.
enum { TAIL_UNITS = 12 };

// What may be under way: something that begins here, or this.
enum { TAIL_NOTHING = -1, TAIL_UNCLEAR = -2 };
// What stands before a unit: what ends here may go on, or this.
enum { BOUNDARY_CLOSED = -1, BOUNDARY_UNCLEAR = -2 };

// Whether a pattern may have a space inside between a word that ends at `end`, of two letters or
// more, and a unit.
KW_INLINE bool goes_on(const tail *t, uint32_t end, const unit *u) {
  const uint32_t a = number_of(ascii_entry(t, end - 2)), b = number_of(ascii_entry(t, end - 1));
  return is_inner(t, a, b, KW_NUMBER_SPACE, u->first) &&
         (is_alone(u) || is_inner(t, a, b, u->first, u->second));
}

// What a gap lets through to a unit.
static __attribute__((noinline)) int32_t boundary_behind_gap(const tail *t, const unit *u) {
  uint32_t end = u->start, count = 0;
  // What stands right behind a scalar is white space, which is one symbol; there is something but
  // white space; a mark, and one that ends a sentence, but for a full stop; and right before the unit
  // a mark that can be part of a number.
  bool behind_space = false, has_noise = false, has_mark = false, ends_sentence = false;
  bool has_digit_mark = false;
  // A pattern may have one of the gap's marks right before the unit, or noise or a mark.
  bool mark_crosses = false, crosses = false;
  while (true) {
    if (end == 0) return t->is_whole ? BOUNDARY_CLOSED : BOUNDARY_UNCLEAR;
    if (is_unit_before(t, end)) break;
    uint32_t entry;
    if (!scalar_before(t, &end, &entry)) return BOUNDARY_UNCLEAR;
    const uint32_t kind = kind_of(entry), number = number_of(entry);
    if (kind == KW_KIND_LINE) return BOUNDARY_CLOSED;
    if (!is_gap(entry)) return BOUNDARY_UNCLEAR;
    const bool is_space = kind == KW_KIND_SPACE;
    if (!is_space) {
      const bool is_mark = kind != KW_KIND_NOISE, joins = is_inner_pair(t, number, u->first);
      has_noise = true;
      has_mark |= is_mark;
      ends_sentence |= kind == KW_KIND_SENTENCE;
      if (count == 0) has_digit_mark = number == KW_NUMBER_STOP || number == KW_NUMBER_COMMA;
      crosses |= joins;
      mark_crosses |= is_mark & joins;
      if (behind_space && is_inner_triple(t, number, KW_NUMBER_SPACE, u->first))
        return BOUNDARY_UNCLEAR;
    }
    behind_space = is_space;
    count += 1;
  }
  unit before;
  if (!unit_before(t, end, &before)) return BOUNDARY_UNCLEAR;
  const uint32_t last = last_number(t, end);
  if (before.is_han || u->is_han) {
    // What stands between is skipped, or is a mark of which one stands in each gap.
    if (mark_crosses) return BOUNDARY_UNCLEAR;
    if (ends_sentence || !is_inner_pair(t, last, u->first)) return BOUNDARY_CLOSED;
    if (has_mark) return BOUNDARY_UNCLEAR;
    return count <= t->noise_limit ? (int32_t)end : BOUNDARY_CLOSED;
  }
  // Letters that stand alone, with one scalar between, may be spelled out; a digit behind a mark may
  // touch one before it.
  const uint32_t first = ascii_entry(t, u->start);
  if (is_alone(&before) && is_alone(u) && count == 1 && trait_of(first) == KW_TRAIT_LETTER)
    return BOUNDARY_UNCLEAR;
  if (has_digit_mark && trait_of(first) == KW_TRAIT_DIGIT) return BOUNDARY_UNCLEAR;
  if (has_noise) {
    if (!crosses) return BOUNDARY_CLOSED;
    return count == 1 && t->bytes[end] < 0x80 ? (int32_t)end : BOUNDARY_UNCLEAR;
  }
  // More white space than one space, or another, or behind a letter that stands alone.
  const bool may_cross = is_alone(&before)
                             ? is_inner_triple(t, last, KW_NUMBER_SPACE, u->first)
                             : goes_on(t, end, u);
  if (!may_cross) return BOUNDARY_CLOSED;
  return count == 1 && t->bytes[end] == 0x20 ? (int32_t)end : BOUNDARY_UNCLEAR;
}

// What stands before a unit.
KW_INLINE int32_t boundary(const tail *t, const unit *u) {
  const uint32_t s = u->start;
  if (s == 0) return t->is_whole ? BOUNDARY_CLOSED : BOUNDARY_UNCLEAR;
  if (!u->is_han && s > 2 && t->bytes[s - 1] == 0x20 && (t->letters >> (s - 3) & 3) == 3)
    return goes_on(t, s - 1, u) ? (int32_t)s - 1 : BOUNDARY_CLOSED;
  if (is_unit_before(t, s))
    return is_inner_pair(t, last_number(t, s), u->first) ? (int32_t)s : BOUNDARY_CLOSED;
  return boundary_behind_gap(t, u);
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
  while (*end > 0 && !is_unit_before(t, *end)) {
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
  case ENDING_UNCLEAR: return -1;
  case ENDING_MARK:
  case ENDING_CLAUSE:
    if (is_inner_pair(t, number, e->mark) || is_inner_pair(t, number, e->nearest)) return -1;
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

// What is under way where no unit ends the text, of `count` bytes.
static __attribute__((noinline)) int32_t state_behind(const tail *t, uint32_t count) {
  uint32_t end = count;
  const ending e = ending_before(t, &end);
  if (e.kind == ENDING_LINE) return TAIL_NOTHING;
  if (e.kind == ENDING_UNCLEAR) return TAIL_UNCLEAR;
  if (end == 0) return t->is_whole ? TAIL_NOTHING : TAIL_UNCLEAR;
  unit last;
  if (!unit_before(t, end, &last)) return TAIL_UNCLEAR;
  const uint32_t number = last_number(t, end);
  unit u = last;
  int32_t state = TAIL_NOTHING;
  for (int i = 0; i < TAIL_UNITS; i += 1) {
    const int goes_on =
        can_go_on(t, node(t, u.start, end), &e, &last, number, u.start == last.start);
    if (goes_on < 0) return TAIL_UNCLEAR;
    if (goes_on) state = (int32_t)u.start;
    const int32_t before = boundary(t, &u);
    if (before == BOUNDARY_CLOSED) return state;
    if (before < 0 || !unit_before(t, (uint32_t)before, &u)) return TAIL_UNCLEAR;
  }
  return TAIL_UNCLEAR;
}

// Goes on to the units before the last one, of which a boundary was crossed to `end`.
static __attribute__((noinline)) int32_t state_across(const tail *t, uint32_t count, uint32_t end,
                                                      int32_t state) {
  for (int i = 0; i < TAIL_UNITS; i += 1) {
    unit u;
    if (!unit_before(t, end, &u)) return TAIL_UNCLEAR;
    if (is_alive(t, node(t, u.start, count))) state = (int32_t)u.start;
    const int32_t before = boundary(t, &u);
    if (before == BOUNDARY_CLOSED) return state;
    if (before < 0) return TAIL_UNCLEAR;
    end = (uint32_t)before;
  }
  return TAIL_UNCLEAR;
}

// Whether nothing crosses to a word from the fourth byte on, where that is plain: it stands behind a
// space, a mark, or both, and before that a word of two letters or more, or behind a line break.
KW_INLINE bool is_apart(const tail *t, const unit *u) {
  const uint32_t at = u->start - 1, byte = t->bytes[at];
  const bool are_two = (t->letters >> (at - 2) & 3) == 3;
  if (byte == ' ' && are_two) return !goes_on(t, at, u);
  if (byte == ' ') {
    const uint32_t mark = ascii_entry(t, at - 1), number = number_of(mark);
    return t->bytes[at - 1] < 0x80 && (t->letters >> (at - 3) & 3) == 3 && is_gap(mark) &&
           kind_of(mark) != KW_KIND_SPACE && !is_inner_pair(t, number, u->first) &&
           !is_inner_triple(t, number, KW_NUMBER_SPACE, u->first);
  }
  const uint32_t mark = ascii_entry(t, at), number = number_of(mark);
  if (byte >= 0x80) return false;
  if (kind_of(mark) == KW_KIND_LINE) return true;
  const bool joins = (number == KW_NUMBER_STOP) | (number == KW_NUMBER_COMMA);
  return are_two && is_gap(mark) && kind_of(mark) != KW_KIND_SPACE &&
         !(joins && trait_of(ascii_entry(t, u->start)) == KW_TRAIT_DIGIT) &&
         !is_inner_pair(t, number, u->first);
}

// The same as `tail_state` of what most texts end with, TAIL_UNCLEAR else: two Han characters, or a
// word, and a space behind it where it begins nothing; nothing crosses to the last of them.
KW_INLINE int32_t quick_state(const tail *t, uint32_t count) {
  const kw_automaton *const a = t->automaton;
  if (count < 16) return TAIL_UNCLEAR;
  if (bit(t->hans, count - 3) & bit(t->hans, count - 6)) {
    const uint32_t start = count - 3;
    const uint32_t last = han_entry(t, start), before = number_of(han_entry(t, start - 3));
    if (kind_of(last) != KW_KIND_SYMBOL || is_inner_pair(t, before, number_of(last)))
      return TAIL_UNCLEAR;
    return is_alive(t, begin(a, number_of(last))) ? (int32_t)start : TAIL_NOTHING;
  }
  const uint32_t end = count - (t->bytes[count - 1] == ' ');
  if (!bit(t->letters, end - 1)) {
    const bool is_line = t->bytes[count - 1] < 0x80 &&
                         kind_of(ascii_entry(t, count - 1)) == KW_KIND_LINE;
    return is_line ? TAIL_NOTHING : TAIL_UNCLEAR;
  }
  const uint32_t letters = (uint32_t)__builtin_clzll(~t->letters << (64 - end) | 1);
  if (letters > end - 4) return TAIL_UNCLEAR;
  unit last = {.start = end - letters, .end = end};
  last.first = number_of(ascii_entry(t, last.start));
  if (letters > 1) last.second = number_of(ascii_entry(t, last.start + 1));
  if (!is_apart(t, &last)) return TAIL_UNCLEAR;
  const bool is_live = is_alive(t, unit_state(t, &last));
  if (is_live && end != count) return TAIL_UNCLEAR;
  return is_live ? (int32_t)last.start : TAIL_NOTHING;
}

// What is under way at the end of a text of `count` bytes, at least one.
static __attribute__((noinline)) int32_t tail_state(const tail *t, uint32_t count) {
  unit last;
  if (!unit_before(t, count, &last)) return state_behind(t, count);
  // By far the commonest: nothing crosses to the last unit.
  const uint32_t begun = unit_state(t, &last);
  const int32_t state = is_alive(t, begun) ? (int32_t)last.start : TAIL_NOTHING;
  const int32_t before = boundary(t, &last);
  if (before == BOUNDARY_CLOSED) return state;
  if (before < 0) return TAIL_UNCLEAR;
  return state_across(t, count, (uint32_t)before, state);
}

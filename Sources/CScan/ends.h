// What an automaton knows of the ends of texts, by its tables. Internal to CScan.
#pragma once
#include "entries.h"
#include "include/chunk.h"
#include "work.h"

// Symbols as `EndFilter` takes them, by their numbers.
KW_INLINE uint64_t ends_han(uint32_t number) { return number | 1u << 24; }
KW_INLINE uint64_t ends_touching(uint32_t number) { return number | 1u << 25; }
KW_INLINE uint64_t ends_mark(uint32_t number) { return number | 1u << 26; }
KW_INLINE uint64_t ends_pair(uint32_t a, uint32_t b) { return a << 16 | b; }

KW_INLINE bool has_end(const kw_automaton *a, uint64_t hash) {
  const uint64_t bits =
      1ull << (hash >> 24 & 63) | 1ull << (hash >> 30 & 63) | 1ull << (hash >> 36 & 63);
  return (bits & ~a->ends[hash >> a->ends_shift]) == 0;
}

KW_INLINE uint64_t ends_gap(uint32_t first, uint32_t last) { return first | last << 16; }

// Whether `EndFilter` may hold neighbours, with the gap between two words.
KW_INLINE bool has_neighbours(const kw_automaton *a, uint64_t left, uint64_t right, uint64_t gap) {
  return has_end(a, left * 0x9E3779B97F4A7C15ull + (right | gap << 32) * 0xD6E8FEB86659FD93ull);
}

// What a scalar of a gap is between words: all white space is a space.
KW_INLINE uint32_t gap_number(uint32_t entry) {
  return kind_of(entry) == KW_KIND_SPACE ? KW_NUMBER_SPACE : number_of(entry);
}

// Whether it may hold the first letters of a word, eight at most.
KW_INLINE bool has_beginning(const kw_automaton *a, uint64_t letters) {
  return has_end(a, letters * 0xC2B2AE3D27D4EB4Full);
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

// The state that two symbols lead to from the root.
KW_INLINE uint32_t begin_two(const kw_automaton *a, uint32_t first, uint32_t second) {
  const uint32_t state = begin(a, first);
  return state != 0 ? child(a, state, second) : 0;
}

// Whether a state goes on to a pattern that makes one of the kinds of finding.
KW_INLINE bool goes_on(const kw_automaton *a, uint32_t state, uint64_t kinds) {
  return (state != 0) & ((a->reach_values[a->reaches[state]].all & kinds) != 0);
}

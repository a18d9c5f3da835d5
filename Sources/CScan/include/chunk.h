// Takes a short chunk of a stream, and tells whether it can be released unread.
//
// A short test, the bulk scan's first stages on one vector, shows that no pattern ends in it; its
// last characters, read backwards to a place that no pattern has inside, show what is under way.
#pragma once
#include "cscan.h"
#include "plain.h"

#ifdef __clang__
#pragma clang assume_nonnull begin
#endif

enum {
  /// The most bytes of which `kw_may_match` tells more than that they may.
  KW_SHORT = 60,
  /// The bytes that a stream has near: as many as can be there, and what may be overwritten behind.
  KW_NEAR = 960,
  KW_NEAR_SLACK = 64,
  /// By how many letters the end of a text tells a word.
  KW_END_LETTERS = 7,
};

/// What the patterns beyond a state can still make, see `Reach`: kinds of finding, a bit each.
typedef struct kw_reach {
  uint64_t all, loose, han, loose_han, clause, loose_clause, spelled;
} kw_reach;

/// The automaton's tables. Whoever fills them has proved that every index in them is inside.
typedef struct kw_automaton {
  kw_symbols symbols;
  /// By state: its base (31 bits), whether a pattern ends there, and (32 bits up) its parent.
  const uint64_t *cells;
  const uint32_t *failures, *outputs, *patterns;
  const uint8_t *depths;
  /// By state: the index of what is reached beyond it.
  const uint16_t *reaches;
  const kw_reach *reach_values;
  /// See `EndFilter`: what the end of a text may have under way.
  const uint64_t *ends;
  uint32_t ends_shift, root_base;
} kw_automaton;

/// The last bytes of a stream, and what is known of them. All numbers are places among the bytes.
typedef struct kw_near {
  /// `KW_NEAR` + `KW_NEAR_SLACK` of them.
  uint8_t *bytes;
  /// Behind the last one that is there.
  uint32_t end;
  /// Nothing that is under way begins before it, and nothing is found there; at most `end`.
  uint32_t first;
  /// Whether the stream begins with the first of the bytes.
  uint32_t is_whole;
  /// The most noise scalars that are skipped beside Han.
  uint32_t noise_limit;
  /// The kinds of finding that are held back for.
  uint64_t kinds;
} kw_near;

/// What a chunk shows.
typedef enum kw_chunk_kind {
  /// A pattern may end in it.
  KW_CHUNK_MAY,
  /// None does, but what is under way at its end is not plain.
  KW_CHUNK_UNCLEAR,
  /// None does, and the rest is known.
  KW_CHUNK_KNOWN,
} kw_chunk_kind;

typedef struct kw_chunk {
  uint32_t kind;
  /// Behind the last whole character.
  uint32_t end;
  /// Where the first thing begins that is under way, `end` if nothing is: of any kind, and of the
  /// kinds that are held back for.
  uint32_t begun, live;
} kw_chunk;

/// Appends a chunk to a stream's bytes, which have room for it, and tells what it shows.
///
/// Nothing is read outside of the bytes and the chunk; O(1).
kw_chunk kw_take_chunk(const kw_tables *tables, const kw_anchors *anchors,
                       const kw_automaton *automaton, const kw_near *near, const uint8_t *chunk,
                       size_t count);

/// Whether an occurrence of a pattern may lie in bytes, zero where surely none does.
///
/// It looks at less than `kw_scan_segment`, so it may say yes where that reports nothing.
int kw_may_match(const kw_tables *tables, const uint8_t *bytes, size_t count);

/// Returns how many letters and digits of ASCII and characters of U+4000...U+9FFF begin in bytes.
size_t kw_least_symbols(const uint8_t *bytes, size_t count);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

// Reads plain text: symbols behind one another, single noise between them, marks and line breaks.
//
// A run is read before any of it is followed through the automaton, so that no symbol waits for the
// one before it. Two hashed sets tell at which symbols there is anything to follow: few neighbours
// begin a pattern.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#endif

enum {
  /// The scalars from the first to the second, and from the third on, have entries in `direct`.
  KW_DIRECT = 0x3000,
  KW_DIRECT_END = 0xA000,
  KW_DIRECT_WIDE = 0xFF00,
  /// Symbols that a history holds.
  KW_HISTORY = 256,
  /// Of these, how far one can look back.
  KW_BACK = 64,
  /// The most symbols of a run.
  KW_RUN = 48,
  /// Symbols behind a run that may be overwritten: vectors are stored whole, so that what is read
  /// of them next need not wait for them to reach the cache.
  KW_BEYOND = 16,
};

/// The kinds of scalar and the traits of symbols, as in `ScalarKind` and `SymbolTrait`, and the
/// numbers that the scanner's own symbols always have.
enum {
  KW_KIND_SYMBOL = 0,
  KW_KIND_NOISE = 3,
  KW_KIND_SPACE = 4,
  KW_KIND_STOP = 7,
  KW_KIND_LINE = 8,
  KW_KIND_SENTENCE = 9,
  KW_KIND_CLAUSE = 10,
  /// Beside the kind: several symbols are meant.
  KW_KIND_EXPANSION = 0x40,
  KW_TRAIT_HAN = 1,
  KW_TRAIT_LETTER = 2,
  KW_TRAIT_DIGIT = 3,
  KW_NUMBER_COMMA = 1,
  KW_NUMBER_STOP = 2,
  KW_NUMBER_ENUMERATION = 3,
  KW_NUMBER_COLON = 4,
  KW_NUMBER_SPACE = 5,
};

/// The last symbols of a text.
typedef struct kw_history {
  /// The symbol's entry, its length in bytes in bits 24 and above.
  uint32_t entries[KW_HISTORY + KW_BEYOND];
  /// The low bits of its offset.
  uint32_t starts[KW_HISTORY + KW_BEYOND];
} kw_history;

/// What the automaton knows of scalars and of the beginnings of patterns.
///
/// An entry holds the symbol's number (16 bits), the scalar's kind (4), the symbol's trait (2),
/// whether several symbols are meant (1), and whether the symbol alone is a pattern (1).
typedef struct kw_symbols {
  /// By the scalar's high bits, its page of 256 entries.
  const uint16_t *page_index;
  const uint32_t *pages;
  /// The entries of U+3000…U+9FFF, then those of U+FF00…U+FFFF.
  const uint32_t *direct;
  /// Two bits a hash of two symbols: a longer pattern begins with them; a pattern ends there.
  const uint8_t *pairs;
  /// A bit a hash of three symbols: a pattern begins with them.
  const uint8_t *triples;
  uint32_t pair_shift, triple_shift;
  /// Whether no pattern begins inside a word.
  uint32_t bounds_words;
} kw_symbols;

/// Why a run ends.
typedef enum kw_run_end {
  /// What comes next is not plain, or there is nothing more.
  KW_RUN_OPEN,
  /// It is full.
  KW_RUN_FULL,
  /// Behind a line break.
  KW_RUN_LINE,
} kw_run_end;

/// What lies before a run, and the run.
typedef struct kw_plain_run {
  /// The last symbol's place in the history, with room for a run behind it; the symbol's trait,
  /// whether it touches the one before it, and whether there is one since a break.
  uint32_t place, trait, touches, has_last;
  /// The entries of the last symbol and of the one before it, which may lie in no cache.
  uint32_t recent[2];
  /// The most noise scalars that are skipped beside Han.
  uint32_t noise_limit;
  /// No symbol is begun behind so many, at most `KW_RUN` − 4: one may bring three of noise with it.
  uint32_t limit;
  /// The number of symbols, which were put into the history.
  uint32_t count;
  /// Those that touch the letter or digit before them: bit 63 − i for the i-th.
  uint64_t touching;
  /// Those before which noise was skipped, likewise.
  uint64_t noisy;
  /// Those that are noise between two others, likewise.
  uint64_t literal;
  /// Sentence marks: bit i for the i-th.
  uint64_t sentences;
  /// Those at which a pattern may be two symbols long and go on, or end: bit i for the i-th.
  uint64_t promising;
  /// Where reading stopped, and why.
  size_t at;
  kw_run_end end;
} kw_plain_run;

/// Asks for the memory of the symbols around a place, which are read or written soon.
void kw_prefetch_history(const kw_history *history, uint32_t place);

/// Makes room for a run: returns the new place of the symbol at a place.
uint32_t kw_make_room(kw_history *history, uint32_t place);

/// Reads on from `at` as long as everything is plain. `base` is the offset of the first byte.
void kw_read_run(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                 uint64_t base, kw_history *history, kw_plain_run *run);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

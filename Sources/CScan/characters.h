// What up to 32 characters mean to a run, by masks: the rules of `read_next`, all at once.
//
// Bit i of a mask stands for the i-th character; beyond those in sight no bit is set. Internal to
// CScan.
#pragma once
#include "reader.h"

// The characters of each kind, and of some traits and numbers.
typedef struct characters {
  uint64_t symbols, noise, spaces, stops, lines, sentences, clauses;
  // Among the symbols.
  uint64_t han, letters, digits;
  // Those with the number of a comma or a full stop.
  uint64_t commas, points;
} characters;

// What is made of them.
typedef struct reading {
  // Those that enter the run, and among them the noise between two others.
  uint64_t kept, literal;
  // Those before which noise is skipped, and those that end a sentence; both are kept.
  uint64_t noisy, sentences;
  // How many characters are read, and whether the last one is a line break.
  uint32_t end;
  bool at_line;
} reading;

static inline uint64_t below(uint32_t bit) { return bit < 64 ? (1ull << bit) - 1 : ~0ull; }

// One more than the highest bit that is set; 0 if there is none.
static inline uint32_t length_of(uint64_t x) {
  return x == 0 ? 0 : 64 - (uint32_t)__builtin_clzll(x);
}

// Spreads some bits of runs of at most three over them, to either side.
static inline uint64_t spread(uint64_t x, uint64_t runs) {
  x |= runs & (x << 1 | x >> 1);
  return x | (runs & (x << 1 | x >> 1));
}

// Reads up to `room` symbols, or one or two more where noise stands before the last one.
static inline __attribute__((always_inline)) reading reading_of(characters c, const reader *r,
                                                                uint32_t last_number,
                                                                uint32_t noise_limit,
                                                                uint32_t room) {
  const uint64_t noise = c.noise | c.spaces, words = c.letters | c.digits;
  // What a `.` is, `stop_at`.
  const uint64_t digit_behind = c.digits << 1 | (r->trait == KW_TRAIT_DIGIT);
  const uint64_t stop_marks = c.stops & (c.spaces | c.lines) >> 1;
  const uint64_t dots = c.stops & ~stop_marks &
                        (c.symbols | c.noise | c.stops | c.sentences | c.clauses) >> 1 &
                        ~(digit_behind & c.digits >> 1);
  // `clause_is_plain`.
  const uint64_t sentences = c.sentences | stop_marks;
  const uint64_t touching = (c.symbols | sentences | c.clauses) << 1 | r->has_last;
  const uint64_t marks_behind = c.clauses << 1 | (r->has_last && is_clause_mark(last_number));
  const uint64_t settled = (noise | c.lines | c.clauses) >> 1;
  const uint64_t alone_behind =
      c.symbols >> 1 & ~(c.commas & digit_behind & c.digits >> 1) &
      (c.symbols | c.lines | c.sentences | c.stops | noise) >> 2;
  const uint64_t clauses = c.clauses & (~touching | marks_behind | settled | alone_behind);
  // `may_be_spelled`.
  const uint64_t word_behind = words << 1 | (r->trait >= KW_TRAIT_LETTER);
  const uint64_t single = c.letters & ~word_behind & ~(c.symbols >> 1);
  const uint64_t ends = c.lines | c.sentences | c.clauses;
  const uint64_t other = noise | c.stops | ends | (c.symbols & ~c.letters);
  const uint64_t unspelled = (ends | stop_marks) >> 1 |
                             ((noise | dots) >> 1 & (other >> 2 | (c.letters >> 2 & words >> 3)));
  // Noise, but for what lies before a line break or behind one, which is nothing.
  const uint64_t gaps = (noise & ~c.commas & ~c.points) | dots;
  const uint32_t line = c.lines == 0 ? 64 : (uint32_t)__builtin_ctzll(c.lines);
  uint64_t nothing = r->has_last ? 0 : gaps & ~(gaps + 1);
  if (c.lines != 0) nothing |= below(line) & ~below(length_of(~gaps & below(line)));
  const uint64_t inner = gaps & ~nothing;
  const uint64_t beside_han =
      spread(inner & (c.han << 1 | c.han >> 1 | (r->trait == KW_TRAIT_HAN)), inner);
  // `read_gap`.
  const uint64_t two = inner & inner << 1, three = two & inner << 2;
  uint64_t too_long = three & inner << 3;
  if (noise_limit < 3)
    too_long |= beside_han & (noise_limit == 2 ? three : noise_limit == 1 ? two : inner);
  const uint64_t plain = (c.symbols & ~(single & ~unspelled)) | sentences | clauses | gaps;
  const uint64_t items = c.symbols | sentences | clauses;
  const uint64_t literal = inner & ~beside_han & ~(c.spaces & c.spaces << 1);

  reading to = {.end = (uint32_t)__builtin_ctzll(~plain | too_long)};
  to.at_line = line <= to.end;
  if (to.at_line)
    to.end = line;
  else if (to.end > 0 && inner >> (to.end - 1) & 1)
    // Noise is read with what follows it.
    to.end = length_of(~inner & below(to.end));
  to.kept = (items | literal) & below(to.end);
  if ((uint32_t)__builtin_popcountll(to.kept) >= room) {
    uint64_t rest = to.kept;
    for (uint32_t i = 1; i < room; i += 1) rest &= rest - 1;
    to.end = (uint32_t)__builtin_ctzll(rest & items) + 1;
    to.at_line = false;
    to.kept &= below(to.end);
  }
  to.literal = literal & to.kept;
  to.noisy = items & to.kept & beside_han << 1;
  to.sentences = sentences & to.kept;
  to.end += to.at_line;
  return to;
}

// The vector stages of the bulk scan: a superset filter over UTF-8, a segment a call.
//
// Two planes are cut out of the bytes. The Han plane holds a code of 16 bits for every character
// from U+4E00 to U+9FFF, the letter plane every ASCII letter and digit; whatever is on no plane
// vanishes, so noise between the characters of a pattern costs nothing and needs no rule.
// Neighbours on a plane are looked up in hashed sets of anchors. Characters in exotic spellings
// (full-width letters, compatibility ideographs, scripts off the planes) are found by their bytes
// and reported as triggers. What is reported is a superset: the caller verifies each candidate.
//
// `portable.c` defines the result; every other kernel gives the same candidates in the same order.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#define KW_NULLABLE _Nullable
#else
#define KW_NULLABLE
#endif

enum {
  /// Bytes of the haystack that one call scans.
  KW_SEGMENT = 6144,
  /// The most candidates that one call reports; a segment with more is dense.
  KW_CANDIDATES = 1024,
  /// Bytes of a part of the haystack of which `kw_candidates.foreign` tells.
  KW_PART = 32,
  /// The class bits of a trigger in `kw_tables.lead`, `.second` and `.third`.
  KW_TRIGGER_CLASSES = 8,
};

/// The sets in `kw_tables.letters`, of two neighbouring letters each: the first set of each kind.
enum kw_letter_set {
  /// Anchors that stand anywhere: letters 1-2, 2-3, 3-4.
  KW_SET_ANYWHERE = 0,
  /// Words of two letters: 1-2.
  KW_SET_WORD_2 = 3,
  /// Words of three letters: 1-2, 2-3.
  KW_SET_WORD_3 = 4,
  KW_LETTER_SETS = 6,
};

/// What a cell of `kw_tables.quads` tells of the anchors that begin with four letters; bits 0...7
/// are those of the fifth letter.
enum kw_quad_flag {
  /// A word of just these letters is one.
  KW_QUAD_WORD = 0x100,
  /// The lengths of their keys.
  KW_QUAD_KEY_4 = 0x200,
  KW_QUAD_KEY_6 = 0x400,
  KW_QUAD_KEY_8 = 0x800,
};

/// The anchors of one database. All pointers stay owned by the caller and are only read.
///
/// Every anchor passes three tests: cells that say by few bits whether it can be one, a set of
/// hashes, and the slots, which tell the groups of patterns whose key this is. A word begins at a
/// letter or digit with none just before it, and ends before the next such place on the plane.
///
/// Nothing in the tables can make a kernel read outside of them, if one slot is empty and every
/// group in the slots exists.
typedef struct kw_tables {
  /// Classes of a trigger by the low six bits of its first, second and third byte, 64 bytes each:
  /// a position is flagged where the three have a bit in common.
  const uint8_t *lead, *second, *third;
  /// Neighbours on the Han plane: 2^pair_bits cells, see `kw_pair_index`, and one more that is read
  /// together with the last. The low byte has a bit for the third character, the high byte one for
  /// the two.
  const uint16_t *pairs;
  /// Anchors of four letters and more that begin a word: 2^quad_bits cells, see `kw_quad_flag`,
  /// and one more as in `pairs`.
  const uint16_t *quads;
  /// Six sets of 1024 bits (768 bytes), see `kw_letter_set`: which pairs of an anchor's letters
  /// occur.
  const uint8_t *letters;
  /// The same sets by pair: 1024 entries, of which bit s tells whether the pair is in set s.
  const uint8_t *letter_sets;
  /// Han characters of the mixed anchors: 512 bits (64 bytes).
  const uint8_t *mixed_han;
  /// Mixed anchors, a letter next to a Han character: 2^13 bits (1024 bytes).
  const uint8_t *mixed;
  /// Scalars that are triggers: 2^16 bits (8192 bytes).
  const uint8_t *triggers;
  /// Which hashes of keys occur, by their high bits: 2^key_set_bits bits.
  const uint32_t *key_set;
  /// The keys of all anchors, an open hash table of 2^slot_bits: the low `group_bits` bits are the
  /// group and one, the others those bits of the key's hash. 0 is empty.
  const uint32_t *slots;
  /// Where the patterns of each group lie in `members`, see `kw_anchors`: nothing but an early
  /// request for the memory that verifying reads.
  const uint32_t *groups;
  const uint16_t *members;
  /// Sizes as powers of two: `pair_bits` 10...20, `quad_bits` 10...20, `key_set_bits` 10...28,
  /// `slot_bits` 4...28, `group_bits` 1...24.
  uint32_t pair_bits, quad_bits, key_set_bits, slot_bits, group_bits;
  /// Lengths of the anchors that stand anywhere (bits 2, 3 and 4), and of the words of two and of
  /// three letters (bits 2 and 3).
  uint32_t anywhere, words;
} kw_tables;

/// What one call found: offsets into the haystack, first `han` of them, then `letters`, then
/// `mixed`, then `triggers`, each run ascending; and the group of each but of triggers.
///
/// A Han or letter candidate is the offset of an anchor's first character; a mixed one is that of
/// its second character; a trigger is the offset of the exotic character. A candidate may lie in an
/// earlier segment, where an anchor is cut by the segment's start.
typedef struct kw_candidates {
  const uint64_t *at;
  const uint32_t *group;
  uint32_t han, letters, mixed, triggers;
  /// All candidates of the segment. Above `KW_CANDIDATES` the segment is dense: `at` is incomplete
  /// and must not be used.
  uint32_t survivors;
  /// The characters of the segment that are on a plane.
  uint32_t characters;
  /// The parts of the segment, a bit each, in which no character on a plane begins, but which
  /// are not all ASCII.
  uint64_t foreign[KW_SEGMENT / KW_PART / 64];
  /// The least offset at which an anchor looked for by the next call may begin.
  uint64_t pending;
} kw_candidates;

/// Returns a result without candidates, to be passed to `kw_scan_segment`.
static inline kw_candidates kw_candidates_none(void) {
  static const uint64_t none = 0;
  static const uint32_t nobody = 0;
  return (kw_candidates){.at = &none, .group = &nobody};
}

/// The scratch memory of one scan: the planes, and what they carry from one segment to the next.
typedef struct kw_work kw_work;

/// Returns the bytes of a `kw_work`, below 100 000, which the caller allocates, aligned to 64.
size_t kw_work_size(void);

/// Prepares scratch memory for the first segment of a haystack.
void kw_work_reset(kw_work *work);

/// Scans one segment, `haystack[start ..< min(start + KW_SEGMENT, count)]`.
///
/// Segments are scanned in order, each once, from 0 in steps of `KW_SEGMENT`, after a reset; no
/// byte outside `haystack[0 ..< count]` is read. `out->at` points into `work` until the next call.
/// The filter that was selected at the time of the call runs; O(KW_SEGMENT), nothing is allocated.
void kw_scan_segment(const kw_tables *tables, kw_work *work, const uint8_t *haystack, size_t count,
                     size_t start, kw_candidates *out);

/// Returns the name of the kernel in use: `portable`, `avx2`, `avx512` or `neon`.
const char *kw_kernel_name(void);

/// Selects a kernel by name for the whole process; null selects the best that this CPU runs.
///
/// Returns 0, or -1 if the name is unknown, or -2 if this CPU or build lacks the kernel; then the
/// selection stays as it was. Safe to call at any time from any thread.
int kw_select_kernel(const char *KW_NULLABLE name);

/// Returns the value of the environment variable `KWFILTER_KERNEL`, null where there is none.
const char *KW_NULLABLE kw_kernel_wanted(void);

/// The exact tables by which candidates are verified. All pointers stay owned by the caller and are
/// only read.
///
/// Whoever fills them has proved that every index in them is inside of what it points into, and
/// that some slot is empty.
typedef struct kw_anchors {
  /// The block of each 64 scalars, 0x4400 of them, and the 64 numbers of each block, those of
  /// U+4E00 to U+9FFF first. Numbers: 0 is in no pattern, 1 may be skipped, below 0x8000 a symbol,
  /// above it a sequence of symbols.
  const uint16_t *block_index, *blocks;
  /// The ends of the sequences in `sequence_numbers`, the first entry being 0.
  const uint32_t *sequence_ends;
  const uint16_t *sequence_numbers;
  /// Patterns: four numbers, which are the length and (eight bits up) the anchor's place in the
  /// pattern; whether the first (bit 0) and last (bit 1) edge are bounded; the pattern's index, low
  /// half first. Then the numbers of the symbols.
  const uint16_t *members;
  /// Where the patterns of a group begin in `members` (24 bits), and their number (8 bits).
  const uint32_t *groups;
  /// By number: the places, a bit each, that the symbol has in anchors.
  const uint8_t *places;
  /// Which hashes of folded keys occur, by their high bits: 2^(key_bits + 2) bits. Small enough for
  /// the first cache, so most keys that are none end there.
  const uint8_t *key_marks;
  /// The folded keys by which triggers are looked up, an open hash table of 2^key_bits; 0 is empty.
  /// An entry is the low half of the key's hash, then patterns as in `groups`.
  const uint64_t *keys;
  uint32_t key_bits;
} kw_anchors;

enum {
  /// The most symbols of a folded key.
  KW_KEY = 4,
  /// The most symbols of an anchor.
  KW_ANCHOR = 8,
  /// The most bytes that may be skipped between two symbols.
  KW_GAP = 1024,
  /// The most symbols of a pattern, and of a sequence.
  KW_PATTERN = 64,
};

/// Receives a pattern that was found, and its range in bytes.
typedef void (*kw_report_hit)(void *context, uint32_t pattern, size_t begin, size_t end);

/// Compares candidates with the patterns that have their anchors, and reports those that fit.
///
/// `found` holds at most `KW_CANDIDATES` survivors of this haystack. Nothing is allocated; returns
/// the number of patterns compared.
size_t kw_verify(const kw_anchors *anchors, const kw_candidates *found, const uint8_t *haystack,
                 size_t count, kw_report_hit report, void *context);

/// Returns the first place from `at` on that is right behind a line feed or, where `at_marks` is not
/// zero, behind U+3002; `count`, which is not below `at`, where there is none.
size_t kw_boundary_behind(const uint8_t *text, size_t count, size_t at, int at_marks);

/// Whether one of the characters that begin among bytes, but for the last one, may vanish.
///
/// `seconds` has 64 words: by the low six bits of a first byte of 0xC2 or more, a bit for the low six
/// bits of each second one.
int kw_may_vanish(const uint64_t *seconds, const uint8_t *bytes, size_t count);

// The hashes by which the sets are filled; the kernels use the same.

/// The code of a Han character on its plane: its second and third UTF-8 byte, 16 bits, of which the
/// upper two bits of each hold those by which the first byte of one differs from another's.
static inline uint32_t kw_han_code_of(uint32_t first, uint32_t second, uint32_t third) {
  return (second ^ (first << 6 & 0xC0)) | (third ^ (first << 4 & 0xC0)) << 8;
}
/// The code of a scalar, U+4E00...U+9FFF; never zero.
static inline uint32_t kw_han_code(uint32_t scalar) {
  return kw_han_code_of(0xE0 | scalar >> 12, 0x80 | (scalar >> 6 & 63), 0x80 | (scalar & 63));
}
/// The index into `pairs` of two Han codes, the first in the low half.
static inline uint32_t kw_pair_index(uint32_t pair, uint32_t bits) {
  return (pair * 0x9E3779B1u) >> (32 - bits);
}
/// The bit of the two in a cell of `pairs`; it does not depend on what their index depends on.
static inline uint32_t kw_pair_bit(uint32_t pair) {
  return 8 + (((pair >> 8) + (pair >> 24)) & 7);
}
/// The bit of the third character's Han code in a cell of `pairs`.
static inline uint32_t kw_third_bit(uint32_t code) { return code >> 8 & 7; }
/// The index into `quads` of four letters, the first in the low byte; five bits of each count.
static inline uint32_t kw_quad_index(uint32_t quad, uint32_t bits) {
  return ((quad & 0x1F1F1F1F) * 0x9E3779B1u) >> (32 - bits);
}
/// The hash of an anchor's key, or of up to four numbers, 16 bits each. Its high bits pick a slot.
///
/// Keys are two or three Han codes, 16 bits each, the first in the low bits; letters, a byte with
/// the low five bits of each, two, three, four, six or eight of them; or `kw_mixed_key`.
static inline uint64_t kw_key_hash(uint64_t key) {
  const uint64_t mixed = key * 0x9E3779B97F4A7C15ull;
  return (mixed ^ mixed >> 29) * 0xBF58476D1CE4E5B9ull;
}
/// The key of a Han code and a letter; `han_second` is 1 where the letter comes first.
static inline uint64_t kw_mixed_key(uint32_t code, uint32_t letter, uint32_t han_second) {
  return code | (letter & 31) << 16 | han_second << 24;
}
/// The bit of a set in `letters` for two neighbouring letters; only their low five bits count.
static inline uint32_t kw_letters_index(uint32_t first, uint32_t second) {
  return (first & 31) << 5 | (second & 31);
}
/// The bit of `mixed_han` for a Han code.
static inline uint32_t kw_mixed_han_index(uint32_t code) {
  return (code >> 8 & 63) << 3 | (code & 7);
}
/// The bit of `mixed` for a Han code and a letter; `han_second` is 1 where the letter comes first.
static inline uint32_t kw_mixed_index(uint32_t code, uint32_t letter, uint32_t han_second) {
  return ((uint32_t)kw_mixed_key(code, letter, han_second) * 0x9E3779B1u) >> 19;
}
/// The bit of `triggers` for a scalar.
static inline uint32_t kw_trigger_index(uint32_t scalar) { return (scalar * 0x9E3779B1u) >> 16; }

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

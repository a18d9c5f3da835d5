// The exact comparison of candidates with the patterns that have their anchors, in passes of which
// each asks for the memory that the next one reads: loads beyond the second cache cost most.
#include "window.h"
#include <string.h>

typedef struct verification {
  const kw_anchors *t;
  kw_report_hit report;
  void *context;
  size_t comparisons;
  kw_window window;
} verification;

static inline bool is_letter(const kw_window *w, size_t offset) {
  const uint32_t x = kw_byte(w->haystack, w->count, offset);
  return x - '0' < 10 || (x | 0x20) - 'a' < 26;
}

/// Compares the pattern at `header`, of which the anchor begins at an index of the window.
static inline void compare(verification *v, const uint16_t *header, int32_t index) {
  kw_window *w = &v->window;
  const int32_t length = header[0] & 0xFF, offset = header[0] >> 8, first = index - offset;
  const uint16_t *symbols = header + 4;
  v->comparisons += 1;
  // The key's fingerprint is no proof, so its symbols are compared as well.
  for (int32_t i = offset; i < length; i += 1)
    if (kw_symbol(w, first + i) != symbols[i]) return;
  for (int32_t i = offset - 1; i >= 0; i -= 1)
    if (kw_symbol(w, first + i) != symbols[i]) return;
  const size_t begin = w->lower[KW_WINDOW + first];
  const size_t end = w->upper[KW_WINDOW + first + length - 1];
  if (header[1] & 1 && begin > 0 && is_letter(w, begin - 1)) return;
  if (header[1] & 2 && is_letter(w, end)) return;
  v->report(v->context, (uint32_t)header[2] | (uint32_t)header[3] << 16, begin, end);
}

static inline bool is_marked(const kw_anchors *t, uint64_t hash) {
  const uint64_t mark = kw_mark_index(hash, t->slot_bits);
  return t->marks[mark >> 3] >> (mark & 7) & 1;
}

/// The next slot from `*slot` on that has the hash's fingerprint; zero where there is none.
static inline uint64_t next_slot(const kw_anchors *t, uint64_t hash, uint64_t *slot) {
  for (;;) {
    const uint64_t entry = t->slots[*slot];
    *slot = (*slot + 1) & ((1ull << t->slot_bits) - 1);
    if (entry == 0 || (uint32_t)entry == (uint32_t)hash) return entry;
  }
}

static inline const uint16_t *members_of(const kw_anchors *t, uint64_t entry) {
  return t->members + (entry >> 32 & 0xFFFFFF);
}

/// Compares the patterns of a key whose symbols begin at an index of the window.
static void look_up(verification *v, uint64_t key, int32_t index) {
  const uint64_t hash = kw_key_hash(key);
  if (!is_marked(v->t, hash)) return;
  uint64_t slot = hash >> (64 - v->t->slot_bits);
  for (uint64_t entry; (entry = next_slot(v->t, hash, &slot)) != 0;) {
    const uint16_t *member = members_of(v->t, entry);
    for (uint64_t left = entry >> 56; left != 0; left -= 1) {
      compare(v, member, index);
      member += 4 + (member[0] & 0xFF);
    }
  }
}

/// Looks up the keys of `shortest` to `longest` symbols at an index.
static void look_up_all(verification *v, int32_t index, int32_t shortest, int32_t longest) {
  uint64_t key = 0;
  for (int32_t n = 1; n <= longest; n += 1) {
    const uint64_t symbol = kw_symbol(&v->window, index + n - 1);
    if (symbol == 0) return;
    key |= symbol << (16 * (n - 1));
    if (n >= shortest) look_up(v, key, index);
  }
}

static void verify_mixed(verification *v, size_t offset) {
  kw_window_open(&v->window, offset);
  const uint64_t before = kw_symbol(&v->window, -1), at = kw_symbol(&v->window, 0);
  if (before != 0 && at != 0) look_up(v, before | at << 16, -1);
}

/// Looks at every anchor that a trigger's symbols may be part of.
static void verify_trigger(verification *v, size_t offset) {
  kw_window_open(&v->window, offset);
  const int32_t width = kw_window_width(&v->window);
  for (int32_t i = 1 - KW_ANCHOR; i < width; i += 1) {
    if (kw_symbol(&v->window, i) == 0) continue;
    // Keys end at the trigger or behind it; that of five letters, the fifth the trigger, before.
    const int32_t shortest = i < 0 ? 1 - i : 1;
    look_up_all(v, i, shortest < KW_KEY ? shortest : KW_KEY, KW_KEY);
  }
}

/// The key of three Han characters that stand side by side, 0 where one of them is in no pattern,
/// ~0 where only a window tells.
static inline uint64_t han_key(const kw_anchors *t, const uint8_t *x) {
  uint64_t key = 0;
  uint32_t plain = 1;
  for (uint32_t i = 0; i < 3; i += 1, x += 3) {
    const uint32_t b = x[1] ^ 0x80u, c = x[2] ^ 0x80u;
    plain &= (x[0] - 0xE4u < 6) & ((b | c) < 64);
    const uint32_t number = kw_number(t, (x[0] & 15u) << 12 | (b & 63) << 6 | (c & 63));
    plain &= number - 2 < KW_SEQUENCE - 2;
    key |= (uint64_t)number << (16 * i);
  }
  return plain ? key : ~0ull;
}

/// The same for four letters.
static inline uint64_t letter_key(const kw_anchors *t, const uint8_t *x) {
  uint64_t key = 0;
  uint32_t plain = 1;
  for (uint32_t i = 0; i < KW_KEY; i += 1) {
    const uint32_t number = kw_number(t, x[i] & 0x7F);
    plain &= (x[i] < 0x80) & (number - 2 < KW_SEQUENCE - 2);
    key |= (uint64_t)number << (16 * i);
  }
  return plain ? key : ~0ull;
}

// The keys of two, three and four symbols that a longer key begins with; 0 where it is shorter.
static inline uint64_t prefix(uint64_t key, int symbols) {
  return key >> (16 * (symbols - 1)) & 0xFFFF ? key & (~0ull >> (64 - 16 * symbols)) : 0;
}

/// Asks for the slots of a key's prefixes; false where none of them is an anchor.
static inline bool prefetch_slots(const kw_anchors *t, uint64_t key) {
  bool any = false;
  for (int n = 2; n <= KW_KEY; n += 1) {
    const uint64_t part = prefix(key, n), hash = kw_key_hash(part);
    if (part == 0 || !is_marked(t, hash)) continue;
    __builtin_prefetch(t->slots + (hash >> (64 - t->slot_bits)));
    any = true;
  }
  return any;
}

/// Asks for the patterns of a key's prefixes; false where there are none.
static inline bool prefetch_members(const kw_anchors *t, uint64_t key) {
  bool any = false;
  for (int n = 2; n <= KW_KEY; n += 1) {
    const uint64_t part = prefix(key, n), hash = kw_key_hash(part);
    if (part == 0 || !is_marked(t, hash)) continue;
    uint64_t slot = hash >> (64 - t->slot_bits);
    const uint64_t entry = next_slot(t, hash, &slot);
    if (entry == 0) continue;
    __builtin_prefetch(members_of(t, entry));
    any = true;
  }
  return any;
}

typedef struct candidate {
  uint64_t key;
  uint64_t at;
} candidate;

size_t kw_verify(const kw_anchors *t, const kw_candidates *found, const uint8_t *haystack,
                 size_t count, kw_report_hit report, void *context) {
  verification v = {.t = t, .report = report, .context = context};
  v.window.t = t;
  v.window.haystack = haystack;
  v.window.count = count;
  candidate kept[KW_CANDIDATES];
  const uint32_t letters = found->han, mixed = letters + found->letters;
  const uint32_t triggers = mixed + found->mixed;
  const uint64_t *at = found->at;

  uint32_t left = 0;
  for (uint32_t i = 0; i < mixed; i += 1) {
    const uint32_t width = i < letters ? 9 : KW_KEY;
    uint64_t key = ~0ull;
    if (at[i] + width <= count)
      key = i < letters ? han_key(t, haystack + at[i]) : letter_key(t, haystack + at[i]);
    kept[left] = (candidate){key, at[i] << 1 | (i < letters)};
    left += key == ~0ull || prefetch_slots(t, key);
  }
  uint32_t last = 0;
  for (uint32_t i = 0; i < left; i += 1) {
    kept[last] = kept[i];
    last += kept[i].key == ~0ull || prefetch_members(t, kept[i].key);
  }
  for (uint32_t i = 0; i < last; i += 1) {
    kw_window_open(&v.window, kept[i].at >> 1);
    look_up_all(&v, 0, 2, kept[i].at & 1 ? 3 : KW_KEY);
  }
  for (uint32_t i = mixed; i < triggers; i += 1) verify_mixed(&v, at[i]);
  for (uint32_t i = triggers; i < found->survivors; i += 1) verify_trigger(&v, at[i]);
  return v.comparisons;
}

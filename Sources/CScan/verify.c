// The exact comparison of candidates with the patterns that have their anchors.
#include "window.h"

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

static inline void report(verification *v, const uint16_t *header, size_t begin, size_t end) {
  if (header[1] & 1 && begin > 0 && is_letter(&v->window, begin - 1)) return;
  if (header[1] & 2 && is_letter(&v->window, end)) return;
  v->report(v->context, (uint32_t)header[2] | (uint32_t)header[3] << 16, begin, end);
}

/// Compares the pattern at `header`, of which the anchor begins at an index of the window.
static inline void compare(verification *v, const uint16_t *header, int32_t index) {
  kw_window *w = &v->window;
  const int32_t length = header[0] & 0xFF, offset = header[0] >> 8, first = index - offset;
  const uint16_t *symbols = header + 4;
  // The key's fingerprint is no proof, so its symbols are compared as well.
  for (int32_t i = offset; i < length; i += 1)
    if (kw_symbol(w, first + i) != symbols[i]) return;
  for (int32_t i = offset - 1; i >= 0; i -= 1)
    if (kw_symbol(w, first + i) != symbols[i]) return;
  report(v, header, w->lower[KW_WINDOW + first], w->upper[KW_WINDOW + first + length - 1]);
}

/// The Han character of the plane or the ASCII that begins at an offset; of length 0 where there is
/// neither.
static inline kw_scalar plain(const kw_window *w, size_t offset) {
  const uint8_t *x = w->haystack + offset;
  if (w->count - offset < 3) return (kw_scalar){0, 0};
  if (x[0] < 0x80) return (kw_scalar){kw_number(w->t, x[0]), 1};
  const uint32_t b = x[1] ^ 0x80u, c = x[2] ^ 0x80u;
  const uint32_t han = ((x[0] & 15u) << 12 | (b & 63) << 6 | (c & 63)) - 0x4E00;
  if (x[0] - 0xE4u > 5 || (b | c) > 63 || han >= 0x5200) return (kw_scalar){0, 0};
  return (kw_scalar){w->t->blocks[han], 3};
}

/// The same for what ends at an offset.
static inline kw_scalar plain_before(const kw_window *w, size_t offset) {
  if (offset < 3) return (kw_scalar){0, 0};
  const uint32_t last = w->haystack[offset - 1];
  if (last < 0x80) return (kw_scalar){kw_number(w->t, last), 1};
  const kw_scalar s = plain(w, offset - 3);
  return s.length == 3 ? s : (kw_scalar){0, 0};
}

typedef enum verdict { EQUAL, DIFFERENT, OPEN } verdict;

/// Whether a plain scalar is an expected symbol; open where something else may stand between.
static inline verdict judge(kw_scalar s, uint32_t expected) {
  if (s.length != 0 && s.number == expected) return EQUAL;
  return s.length == 0 || s.number == KW_SKIPPED || s.number & KW_SEQUENCE ? OPEN : DIFFERENT;
}

/// Compares the pattern at `header`, of which the anchor begins at an offset, as long as its
/// symbols stand side by side on the planes; then the window goes on.
static inline void compare_plain(verification *v, const uint16_t *header, size_t offset) {
  const int32_t length = header[0] & 0xFF, anchor = header[0] >> 8;
  const uint16_t *symbols = header + 4;
  size_t begin = offset, end = offset;
  verdict found = EQUAL;
  for (int32_t i = anchor; i < length; i += 1) {
    const kw_scalar s = plain(&v->window, end);
    found = judge(s, symbols[i]);
    if (found != EQUAL) break;
    end += s.length;
  }
  for (int32_t i = anchor - 1; i >= 0 && found == EQUAL; i -= 1) {
    const kw_scalar s = plain_before(&v->window, begin);
    found = judge(s, symbols[i]);
    begin -= s.length;
  }
  if (found == EQUAL) {
    report(v, header, begin, end);
  } else if (found == OPEN) {
    kw_window_open(&v->window, offset);
    compare(v, header, 0);
  }
}

/// Compares the patterns of a run of members in the window.
static inline void compare_all(verification *v, uint32_t run, int32_t index) {
  const uint16_t *member = v->t->members + (run & 0xFFFFFF);
  v->comparisons += run >> 24;
  for (uint32_t left = run >> 24; left != 0; left -= 1) {
    compare(v, member, index);
    member += 4 + (member[0] & 0xFF);
  }
}

/// Compares the patterns of a folded key whose symbols begin at an index of the window.
static void look_up(verification *v, uint64_t key, int32_t index) {
  const kw_anchors *t = v->t;
  const uint64_t hash = kw_key_hash(key), last = (1ull << t->key_bits) - 1;
  const uint64_t mark = hash >> (62 - t->key_bits);
  if (!(t->key_marks[mark >> 3] >> (mark & 7) & 1)) return;
  uint64_t slot = hash >> (64 - t->key_bits);
  for (uint64_t entry; (entry = t->keys[slot]) != 0; slot = (slot + 1) & last)
    if ((uint32_t)entry == (uint32_t)hash) compare_all(v, (uint32_t)(entry >> 32), index);
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

/// Looks at every anchor that a trigger's symbols may be part of.
static void verify_trigger(verification *v, size_t offset) {
  kw_window_open(&v->window, offset);
  const int32_t width = kw_window_width(&v->window);
  for (int32_t i = 1 - KW_ANCHOR; i < width; i += 1) {
    // Only where one of the trigger's symbols has the place that an anchor from here on gives it.
    uint32_t fits = 0;
    for (int32_t j = i < 0 ? 0 : i; j < width && j - i < KW_ANCHOR; j += 1)
      fits |= v->t->places[kw_symbol(&v->window, j)] >> (j - i) & 1;
    if (!fits || kw_symbol(&v->window, i) == 0) continue;
    // Keys end at the trigger or behind it; that of five letters, the fifth the trigger, before.
    const int32_t shortest = i < 0 ? 1 - i : 1;
    look_up_all(v, i, shortest < KW_KEY ? shortest : KW_KEY, KW_KEY);
  }
}

size_t kw_verify(const kw_anchors *t, const kw_candidates *found, const uint8_t *haystack,
                 size_t count, kw_report_hit report, void *context) {
  // The window's arrays stay as they are: what is read of them was decoded first.
  verification v;
  v.t = t;
  v.report = report;
  v.context = context;
  v.comparisons = 0;
  v.window.t = t;
  v.window.haystack = haystack;
  v.window.count = count;
  const uint32_t mixed = found->han + found->letters, triggers = mixed + found->mixed;
  const uint64_t *at = found->at;
  const uint32_t *group = found->group;
  for (uint32_t i = 0; i < mixed; i += 1) {
    const uint32_t run = t->groups[group[i]];
    const uint16_t *member = t->members + (run & 0xFFFFFF);
    v.comparisons += run >> 24;
    for (uint32_t left = run >> 24; left != 0; left -= 1) {
      compare_plain(&v, member, at[i]);
      member += 4 + (member[0] & 0xFF);
    }
  }
  for (uint32_t i = mixed; i < triggers; i += 1) {
    kw_window_open(&v.window, at[i]);
    // A mixed candidate is where the second symbol stands.
    compare_all(&v, t->groups[group[i]], -1);
  }
  for (uint32_t i = triggers; i < found->survivors; i += 1) verify_trigger(&v, at[i]);
  return v.comparisons;
}

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

/// Compares the patterns of a run of members.
static inline void compare_all(verification *v, uint32_t run, int32_t index) {
  const uint16_t *member = v->t->members + (run & 0xFFFFFF);
  for (uint32_t left = run >> 24; left != 0; left -= 1) {
    compare(v, member, index);
    member += 4 + (member[0] & 0xFF);
  }
}

/// Compares the patterns of a folded key whose symbols begin at an index of the window.
static void look_up(verification *v, uint64_t key, int32_t index) {
  const kw_anchors *t = v->t;
  const uint64_t hash = kw_key_hash(key), last = (1ull << t->key_bits) - 1;
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
    if (kw_symbol(&v->window, i) == 0) continue;
    // Keys end at the trigger or behind it; that of five letters, the fifth the trigger, before.
    const int32_t shortest = i < 0 ? 1 - i : 1;
    look_up_all(v, i, shortest < KW_KEY ? shortest : KW_KEY, KW_KEY);
  }
}

size_t kw_verify(const kw_anchors *t, const kw_candidates *found, const uint8_t *haystack,
                 size_t count, kw_report_hit report, void *context) {
  verification v = {.t = t, .report = report, .context = context};
  v.window.t = t;
  v.window.haystack = haystack;
  v.window.count = count;
  const uint32_t mixed = found->han + found->letters, triggers = mixed + found->mixed;
  const uint64_t *at = found->at;
  const uint32_t *group = found->group;
  for (uint32_t i = 0; i < triggers; i += 1)
    __builtin_prefetch(t->members + (t->groups[group[i]] & 0xFFFFFF));
  for (uint32_t i = 0; i < triggers; i += 1) {
    kw_window_open(&v.window, at[i]);
    // A mixed candidate is where the second symbol stands.
    compare_all(&v, t->groups[group[i]], i < mixed ? 0 : -1);
  }
  for (uint32_t i = triggers; i < found->survivors; i += 1) verify_trigger(&v, at[i]);
  return v.comparisons;
}

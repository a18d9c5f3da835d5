// The portable kernel: it defines what every other kernel finds.
#include "kernels.h"
#include "planes.h"
#include "stages.h"

/// Whether a byte of a part is no ASCII.
static bool is_high(const uint8_t *part) {
  uint64_t x[KW_PART / 8];
  memcpy(x, part, sizeof x);
  return ((x[0] | x[1] | x[2] | x[3]) & 0x8080808080808080) != 0;
}

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  const uint8_t *lead = t->lead;
  uint32_t han = w->han_carry, letter = w->letter_carry;
  // One mask more than blocks: none is written behind its end.
  uint64_t *hans = w->han_before + 1, *letters = w->letter_before + 1, *flagged = w->flagged;
  uint32_t i = 0, before = (uint32_t)(w->letter_before[0] >> 63);
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint32_t end = n - b * KW_BLOCK < KW_BLOCK ? n : (b + 1) * KW_BLOCK;
    uint64_t h = 0, l = 0, f = 0;
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    // The last character of the block before may have ended here.
    while (i < end) {
      const uint32_t bit = i & (KW_BLOCK - 1);
      uint32_t x;
      memcpy(&x, p + i, sizeof x);
      if (!(x & 0x80)) {
        // Without a branch, as none tells where words end.
        const uint32_t is = kw_is_letter(x & 0xFF);
        w->letters[letter] = (uint8_t)(x | (before ? 0 : KW_WORD));
        l |= (uint64_t)is << bit;
        letter += is;
        before = is;
        i += 1;
        continue;
      }
      before = 0;
      // Han characters come in runs.
      while (i < end && kw_is_han(x)) {
        const uint32_t bit = i & (KW_BLOCK - 1);
        const uint32_t first = lead[x & 63];  // mostly none
        if (first != 0) f |= kw_has_class(t, x) << bit;
        // The code, see kw_han_code_of.
        w->codes[han] = (uint16_t)(x >> 8 ^ ((x << 6 & 0xC0) | (x << 12 & 0xC000)));
        h |= 1ull << bit;
        han += 1;
        i += 3;  // nothing begins at its other bytes
        memcpy(&x, p + i, sizeof x);
      }
      if (i >= end || !(x & 0x80)) continue;
      f |= kw_has_class(t, x) << (i & (KW_BLOCK - 1));
      i += 1;
    }
    // What lies behind the haystack is zero, which is ASCII.
    const uint8_t *x = p + b * KW_BLOCK;
    const uint64_t low = (uint32_t)(h | l) == 0 && is_high(x);
    const uint64_t high = (h | l) >> 32 == 0 && is_high(x + KW_PART);
    kw_note_foreign(w, b, h | l, low | high << 32);
    hans[b] = h;
    letters[b] = l;
    w->mixed_han[b] = h;
    flagged[b] = f;
  }
  w->han = han;
  w->letter = letter;
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint16_t *pairs = t->pairs;
  const uint32_t bits = t->pair_bits;
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 1) {
    const uint32_t pair = kw_pair(w->codes + j), cell = pairs[kw_pair_index(pair, bits)];
    w->cells[j] = (uint16_t)cell;
    w->passed[passed] = (uint16_t)j;
    passed += cell >> kw_third_bit(w->codes[j + 2]) & cell >> kw_pair_bit(pair) & 1;
  }
  return passed;
}

static uint32_t words(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t starts = 0;
  if (t->anywhere == 0) {
    for (uint32_t j = 0; j < count; j += 1) {
      w->starts[starts] = (uint16_t)j;
      starts += w->letters[j] >> 7;
    }
  } else {
    for (; starts < count; starts += 1) w->starts[starts] = (uint16_t)starts;
  }
  return kw_test_starts(t, w, starts);
}

void kw_portable_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                         size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, words}, t, w, haystack, count, start, out);
}

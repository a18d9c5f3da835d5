// The portable kernel: it defines what every other kernel finds.
#include "kernels.h"
#include "stages.h"

static bool is_letter(uint8_t x) {
  return (uint8_t)(x - '0') < 10 || (uint8_t)((x | 0x20) - 'a') < 26;
}

/// A Han character of the plane begins at `x`: U+4E00 to U+9FFF, in three well-formed bytes.
static bool is_han(const uint8_t *x) {
  return ((x[0] >= 0xE5 && x[0] <= 0xE9) || (x[0] == 0xE4 && x[1] >= 0xB8)) &&
         (x[1] & 0xC0) == 0x80 && (x[2] & 0xC0) == 0x80;
}

/// Whether a byte of a part is no ASCII.
static bool is_high(const uint8_t *part) {
  uint64_t x[KW_PART / 8];
  memcpy(x, part, sizeof x);
  return ((x[0] | x[1] | x[2] | x[3]) & 0x8080808080808080) != 0;
}

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  const uint8_t *lead = t->lead, *second = t->second, *third = t->third;
  uint32_t han = w->han_carry, letter = w->letter_carry;
  // One mask more than blocks: none is written behind its end.
  uint64_t *hans = w->han_before + 1, *letters = w->letter_before + 1, *flagged = w->flagged;
  uint32_t i = 0;
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint32_t end = n - b * KW_BLOCK < KW_BLOCK ? n : (b + 1) * KW_BLOCK;
    const uint64_t before = w->letter_before[b] >> 63;
    uint64_t h = 0, l = 0, f = 0;
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    // The last character of the block before may have ended here.
    for (; i < end; i += 1) {
      const uint8_t *x = p + i;
      const uint32_t bit = i & (KW_BLOCK - 1);
      if (*x < 0xC0) {
        if (is_letter(*x)) {
          const uint64_t touches = bit == 0 ? before : l >> (bit - 1);
          w->letters[letter] = touches & 1 ? *x : *x | KW_WORD;
          l |= 1ull << bit;
          letter += 1;
        }
        continue;
      }
      const uint32_t class = lead[x[0] & 63] & second[x[1] & 63] & third[x[2] & 63];
      f |= (uint64_t)(class != 0 && (x[1] & 0xC0) == 0x80) << bit;
      if (is_han(x)) {
        w->codes[han] = (uint16_t)kw_han_code_of(x[0], x[1], x[2]);
        h |= 1ull << bit;
        han += 1;
        i += 2;  // nothing begins at its other bytes
      }
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

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

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  uint32_t han = w->han_carry, letter = w->letter_carry;
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    uint64_t hans = 0, letters = 0, flagged = 0;
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    for (uint32_t i = 0; i < KW_BLOCK && b * KW_BLOCK + i < n; i += 1) {
      const uint8_t *x = p + b * KW_BLOCK + i;
      const uint64_t bit = 1ull << i;
      if (is_han(x)) {
        w->mid[han] = x[1];
        w->low[han] = x[2];
        hans |= bit;
        han += 1;
      }
      if (is_letter(*x)) {
        const uint64_t before = i == 0 ? w->letter_before[b] >> 63 : letters >> (i - 1);
        w->letters[letter] = before & 1 ? *x : *x | KW_WORD;
        letters |= bit;
        letter += 1;
      }
      if (*x >= 0xC2 && (x[1] & 0xC0) == 0x80 &&
          (t->lead[x[0] & 63] & t->second[x[1] & 63] & t->third[x[2] & 63]) != 0)
        flagged |= bit;
    }
    w->han_before[b + 1] = hans;
    w->letter_before[b + 1] = letters;
    w->mixed_han[b] = hans;
    w->flagged[b] = flagged;
  }
  w->han = han;
  w->letter = letter;
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  kw_hash_pairs(t, w, count);
  kw_look_up_pairs(t, w, count);
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 1) {
    w->passed[passed] = (uint16_t)j;
    passed += w->cells[j] >> (w->low[j + 2] & 7) & 1;
  }
  return passed;
}

static uint32_t triples(const kw_tables *t, kw_work *w, uint32_t count) {
  return kw_test_triples(t, w, count);
}

static uint32_t letters(const kw_tables *t, kw_work *w, uint32_t count) {
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 1) {
    w->passed[passed] = (uint16_t)j;
    passed += kw_has_letters(t, w->letters + j);
  }
  return passed;
}

void kw_portable_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                         size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, triples, letters}, t, w, haystack, count, start, out);
}

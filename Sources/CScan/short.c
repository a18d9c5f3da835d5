// The short test, byte by byte: it defines what every kernel says of a short text.
#include "kernels.h"
#include "short.h"

bool kw_portable_short(const kw_tables *t, const uint8_t *bytes, size_t count) {
  short_text s = {.letters = {0}};
  uint8_t padded[KW_SHORT + 4] = {0};
  memcpy(padded, bytes, count);
  uint32_t han = 0, letter = 0, before = 0, words = 0;
  // The plane of the character before on any.
  enum { NONE, HAN, LETTER } last = NONE;
  for (size_t i = 0; i < count;) {
    uint32_t x;
    memcpy(&x, padded + i, sizeof x);
    if (!(x & 0x80)) {
      const uint32_t is = kw_is_letter(x & 0xFF);
      if (is) {
        s.letters[letter++] = (uint8_t)(x | (before ? 0 : KW_WORD));
        if (last == HAN && kw_is_mixed(t, s.codes[han - 1], x, 0)) return true;
        last = LETTER;
        words += !before;
      }
      before = is;
      i += 1;
      continue;
    }
    before = 0;
    if (kw_has_class(t, x) && kw_is_trigger(t, padded + i)) return true;
    if (!kw_is_han(x)) {
      i += 1;
      continue;
    }
    s.codes[han++] = (uint16_t)kw_han_code_of(x & 0xFF, x >> 8 & 0xFF, x >> 16 & 0xFF);
    if (last == LETTER && kw_is_mixed(t, s.codes[han - 1], s.letters[letter - 1], 1)) return true;
    last = HAN;
    i += 3;
  }
  memset(s.letters + letter, KW_WORD, KW_SLACK_SHORT);
  for (uint32_t j = 0; j < han; j += 1) {
    const uint32_t pair = kw_pair(s.codes + j), cell = t->pairs[kw_pair_index(pair, t->pair_bits)];
    if (!(cell >> kw_third_bit(s.codes[j + 2]) & cell >> kw_pair_bit(pair) & 1)) continue;
    if (is_han_key(t, s.codes + j, cell)) return true;
  }
  if (words > KW_SHORT_WORDS || (letter > 0 && t->anywhere != 0)) return true;
  for (uint32_t j = 0; j < letter; j += 1) {
    const uint8_t *x = s.letters + j;
    if (x[0] >> 7 && kw_begins_word(t, x) && is_word_key(t, x)) return true;
  }
  return false;
}

size_t kw_least_symbols(const uint8_t *bytes, size_t count) {
  size_t symbols = 0;
  for (size_t i = 0; i < count; i += 1) {
    const uint8_t x = bytes[i];
    // The first bytes of U+4E00 to U+9FFF, and of others that are symbols as well.
    symbols += ((uint8_t)((x | 0x20) - 'a') < 26) | ((uint8_t)(x - '0') < 10) |
               ((uint8_t)(x - 0xE4) < 6);
  }
  return symbols;
}

// The short test, byte by byte: it defines what every kernel says of a short text and of a chunk.
#include "kernels.h"
#include "short.h"

static void append(short_found *found, const short_found *more) {
  const uint32_t noted = more->count < KW_SHORT_FOUND ? more->count : KW_SHORT_FOUND;
  for (uint32_t i = 0; i < noted; i += 1) note(found, (uint32_t)more->at[i], more->group[i]);
  found->count += more->count - noted;
}

// Notes the candidates in `padded[first ..< count]`, zeros behind; false where there are too many
// words to look at.
static bool find(const kw_tables *t, const uint8_t *padded, size_t count, size_t first,
                 short_found *found) {
  short_text s = {.letters = {0}};
  uint8_t han_at[32 + 4], letter_at[64];
  short_found mixed = {.count = 0}, triggers = {.count = 0};
  uint32_t han = 0, letter = 0, before = 0, words = 0;
  // The plane of the character before on any.
  enum { NONE, HAN, LETTER } last = NONE;
  found->count = 0;
  for (size_t i = 0; i < count;) {
    uint32_t x;
    memcpy(&x, padded + i, sizeof x);
    if (!(x & 0x80)) {
      const uint32_t is = kw_is_letter(x & 0xFF);
      if (is && i >= first) {
        letter_at[letter] = (uint8_t)i;
        s.letters[letter++] = (uint8_t)(x | (before ? 0 : KW_WORD));
        if (last == HAN) note_mixed(t, &mixed, s.codes[han - 1], x, 0, (uint32_t)i);
        last = LETTER;
        words += !before;
      }
      before = is;
      i += 1;
      continue;
    }
    before = 0;
    if (i >= first && kw_has_class(t, x) && kw_is_trigger(t, padded + i))
      note(&triggers, (uint32_t)i, 0);
    if (i < first || !kw_is_han(x)) {
      i += 1;
      continue;
    }
    han_at[han] = (uint8_t)i;
    s.codes[han++] = (uint16_t)kw_han_code_of(x & 0xFF, x >> 8 & 0xFF, x >> 16 & 0xFF);
    if (last == LETTER)
      note_mixed(t, &mixed, s.codes[han - 1], s.letters[letter - 1], 1, (uint32_t)i);
    last = HAN;
    i += 3;
  }
  memset(s.letters + letter, KW_WORD, KW_SLACK_SHORT);
  for (uint32_t j = 0; j < han; j += 1) {
    const uint32_t pair = kw_pair(s.codes + j), cell = t->pairs[kw_pair_index(pair, t->pair_bits)];
    if (cell >> kw_third_bit(s.codes[j + 2]) & cell >> kw_pair_bit(pair) & 1)
      note_han(t, found, s.codes + j, cell, han_at[j]);
  }
  found->han = found->count;
  if (words > KW_SHORT_WORDS || (letter > 0 && t->anywhere != 0)) return false;
  for (uint32_t j = 0; j < letter; j += 1) {
    const uint8_t *x = s.letters + j;
    if (x[0] >> 7 && kw_begins_word(t, x)) note_word(t, found, x, letter_at[j]);
  }
  found->letters = found->count;
  append(found, &mixed);
  found->mixed = found->count;
  append(found, &triggers);
  return true;
}

bool kw_portable_short(const kw_tables *t, const uint8_t *bytes, size_t count) {
  uint8_t padded[KW_SHORT + 4] = {0};
  memcpy(padded, bytes, count);
  short_found found;
  return !find(t, padded, count, 0, &found) || found.count != 0;
}

static short_masks masks_of(const uint8_t *padded, size_t count) {
  short_masks masks = {0, 0, 0, 0, 0};
  for (size_t i = 0; i < count; i += 1) {
    uint32_t x;
    memcpy(&x, padded + i, sizeof x);
    masks.hans |= (uint64_t)kw_is_han(x) << i;
    masks.letters |= (uint64_t)kw_is_letter(x & 0xFF) << i;
    masks.high |= (uint64_t)(padded[i] >> 7) << i;
    masks.lines |= (uint64_t)((uint8_t)(padded[i] - '\n') < 4) << i;
  }
  return masks;
}

kw_chunk kw_portable_chunk(const kw_tables *t, const kw_anchors *anchors,
                           const kw_automaton *automaton, const kw_near *near,
                           const uint8_t *chunk, size_t count) {
  const short_window w = window_of(near, count);
  memcpy(near->bytes + near->end, chunk, count);
  uint8_t padded[KW_SHORT + 4] = {0};
  memcpy(padded, near->bytes + w.begin, w.count);
  const uint32_t cut = w.count < 3 ? CUT_ODD : cut_bytes(padded + w.count);
  if (cut >= w.count) return (kw_chunk){.kind = KW_CHUNK_MAY};
  const uint32_t whole = w.count - cut;
  memset(padded + whole, 0, cut);
  short_found found;
  if (!find(t, padded, whole, w.first, &found)) return (kw_chunk){.kind = KW_CHUNK_MAY};
  if (found.count != 0 && is_verified(anchors, &found, padded, whole))
    return (kw_chunk){.kind = KW_CHUNK_MAY};
  return answer_of(automaton, near, padded, whole, w.begin, masks_of(padded, whole));
}

// Of up to 255 bytes, so that a vector of bytes can count them.
static uint8_t few_symbols(const uint8_t *bytes, size_t count) {
  uint8_t symbols = 0;
  for (size_t i = 0; i < count; i += 1) {
    const uint8_t x = bytes[i];
    // The first bytes of U+4E00 to U+9FFF, and of others that are symbols as well.
    symbols += ((uint8_t)((x | 0x20) - 'a') < 26) | ((uint8_t)(x - '0') < 10) |
               ((uint8_t)(x - 0xE4) < 6);
  }
  return symbols;
}

size_t kw_least_symbols(const uint8_t *bytes, size_t count) {
  size_t symbols = 0;
  for (size_t i = 0; i < count; i += 255)
    symbols += few_symbols(bytes + i, count - i < 255 ? count - i : 255);
  return symbols;
}

// What puts a character on a plane, byte by byte. Internal to CScan.
#pragma once
#include "cells.h"

/// One for a letter or digit, else zero.
KW_INLINE uint32_t kw_is_letter(uint32_t x) { return (x - '0' < 10) | ((x | 0x20) - 'a' < 26); }

/// Whether a Han character of the plane begins the four bytes, the first in the low bits: U+4E00 to
/// U+9FFF, well-formed.
KW_INLINE bool kw_is_han(uint32_t x) {
  const uint32_t two = (x & 0xFF) << 8 | (x >> 8 & 0xFF);
  return two - 0xE4B8 < 0xEA00 - 0xE4B8 && (x & 0xC0C000) == 0x808000;
}

/// One where the four bytes may begin a trigger.
KW_INLINE uint64_t kw_has_class(const kw_tables *t, uint32_t x) {
  const uint32_t class = t->lead[x & 63] & t->second[x >> 8 & 63] & t->third[x >> 16 & 63];
  return class != 0 && (x & 0xC0C0) == 0x80C0;
}

/// The scalar that begins the four bytes, of which the first is no ASCII.
KW_INLINE uint32_t kw_scalar(const uint8_t *p) {
  const uint32_t a = p[0], x = p[1] & 63, y = p[2] & 63, z = p[3] & 63;
  return a < 0xE0   ? (a & 31) << 6 | x
         : a < 0xF0 ? (a & 15) << 12 | x << 6 | y
                    : (a & 7) << 18 | x << 12 | y << 6 | z;
}

/// Whether a trigger begins at a byte that has the class of one.
KW_INLINE bool kw_is_trigger(const kw_tables *t, const uint8_t *p) {
  const uint32_t k = kw_trigger_index(kw_scalar(p));
  return t->triggers[k >> 3] >> (k & 7) & 1;
}

// The search for the end of a region: most bytes are passed 64 at a time.
#include "cscan.h"
#include <stdbool.h>

enum { STEP = 64 };

// U+3002 in UTF-8, without its first byte.
enum { LINE_FEED = 0x0A, MARK_2 = 0x80, MARK_3 = 0x82 };

/// Whether a line feed, or what may be a mark, is among `STEP` bytes; free of branches, so that it
/// becomes vector code.
static bool may_hold_boundary(const uint8_t *x) {
  uint8_t any = 0;
  for (int i = 0; i < STEP; i += 1)
    any |= (uint8_t)((x[i] == LINE_FEED) | ((x[i] == MARK_3) & (x[i - 1] == MARK_2)));
  return any != 0;
}

size_t kw_boundary_behind(const uint8_t *text, size_t count, size_t at, int at_marks) {
  // A place is a boundary by the bytes before it.
  while (at < count) {
    if (at >= 2 && count - at >= STEP && !may_hold_boundary(text + at - 1)) {
      at += STEP;
      continue;
    }
    const size_t end = count - at >= STEP ? at + STEP : count;
    for (; at < end; at += 1) {
      if (at == 0) continue;
      if (text[at - 1] == LINE_FEED) return at;
      if (at_marks && at >= 3 && text[at - 1] == MARK_3 && text[at - 2] == MARK_2 &&
          text[at - 3] == 0xE3)
        return at;
    }
  }
  return count;
}

// The search for characters that may vanish, by their first two bytes.
#include "cscan.h"

int kw_may_vanish(const uint64_t *seconds, const uint8_t *bytes, size_t count) {
  uint64_t any = 0;
  for (size_t i = 0; i + 1 < count; i += 1) {
    // Without a branch: leads come and go in foreign text.
    const uint64_t leads = 0 - (uint64_t)(bytes[i] >= 0xC2);
    any |= seconds[bytes[i] & 63] >> (bytes[i + 1] & 63) & leads;
  }
  return any & 1;
}

// What entries of scalars hold, see `kw_symbols`. Internal to CScan.
#pragma once
#include "include/plain.h"
#include <stdbool.h>

static inline uint32_t number_of(uint32_t entry) { return entry & 0xFFFF; }
static inline uint32_t kind_of(uint32_t entry) { return entry >> 16 & 0x4F; }
static inline uint32_t trait_of(uint32_t entry) { return entry >> 20 & 3; }
static inline bool is_noise(uint32_t entry) { return kind_of(entry) - KW_KIND_NOISE <= 1; }

// The hashes of two and three symbols' numbers, as in `PrefixFilter`.
static inline uint32_t pair_product(uint32_t first, uint32_t second) {
  return (first << 16 | second) * 0x9E3779B1u;
}
static inline uint32_t triple_product(uint32_t pair, uint32_t third) {
  return (pair ^ third * 0x85EBCA6Bu) * 0xC2B2AE35u;
}

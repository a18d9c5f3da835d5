// The NEON kernel (AArch64): 64-byte table look-ups, compressed eight bytes at a time by shuffles.
#if defined(__aarch64__)
#include "kernels.h"
#include "stages.h"
#include <arm_neon.h>

typedef uint8x16_t bytes;

// For each set of eight bytes the shuffle that moves its members to the front.
static uint64_t shuffles[256];

__attribute__((constructor)) static void fill_shuffles(void) {
  for (uint32_t set = 0; set < 256; set += 1) {
    uint64_t shuffle = 0;
    uint32_t to = 0;
    for (uint64_t from = 0; from < 8; from += 1) {
      if (set >> from & 1) {
        shuffle |= from << (8 * to);
        to += 1;
      }
    }
    shuffles[set] = shuffle;
  }
}

// One bit a byte of four registers, the first in the low bits; bytes are 0 or 0xFF.
static inline uint64_t mask(bytes a, bytes b, bytes c, bytes d) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const bytes weight = vld1q_u8(weights);
  const bytes ab = vpaddq_u8(vandq_u8(a, weight), vandq_u8(b, weight));
  const bytes cd = vpaddq_u8(vandq_u8(c, weight), vandq_u8(d, weight));
  const bytes sum = vpaddq_u8(vpaddq_u8(ab, cd), vpaddq_u8(ab, cd));
  return vgetq_lane_u64(vreinterpretq_u64_u8(sum), 0);
}

typedef struct classes {
  bytes han, letter, flagged, high;
} classes;

static inline bytes equal(bytes x, uint8_t y) { return vceqq_u8(x, vdupq_n_u8(y)); }
static inline bytes below(bytes x, uint8_t y) { return vcltq_u8(x, vdupq_n_u8(y)); }
static inline bytes minus(bytes x, uint8_t y) { return vsubq_u8(x, vdupq_n_u8(y)); }
static inline bytes look_up(uint8x16x4_t table, bytes x) {
  return vqtbl4q_u8(table, vandq_u8(x, vdupq_n_u8(63)));
}

static inline classes classify(const uint8_t *p, uint8x16x4_t lead, uint8x16x4_t second,
                               uint8x16x4_t third) {
  const bytes x0 = vld1q_u8(p), x1 = vld1q_u8(p + 1), x2 = vld1q_u8(p + 2);
  const bytes tail1 = below(minus(x1, 0x80), 64), tail2 = below(minus(x2, 0x80), 64);
  const bytes e5 = below(minus(x0, 0xE5), 5);
  const bytes e4 = vandq_u8(equal(x0, 0xE4), vcgeq_u8(x1, vdupq_n_u8(0xB8)));
  const bytes alphabetic = below(minus(vorrq_u8(x0, vdupq_n_u8(0x20)), 'a'), 26);
  const bytes two = vandq_u8(look_up(lead, x0), look_up(second, x1));
  const bytes class = vandq_u8(two, look_up(third, x2));
  return (classes){
      vandq_u8(vandq_u8(tail1, tail2), vorrq_u8(e5, e4)),
      vorrq_u8(alphabetic, below(minus(x0, '0'), 10)),
      vandq_u8(vtstq_u8(class, class), vandq_u8(tail1, vcgeq_u8(x0, vdupq_n_u8(0xC0)))),
      vcgeq_u8(x0, vdupq_n_u8(0x80)),
  };
}

// Writes the bytes at `p` that are in a set to `to`; what follows them there is overwritten.
static inline void compress(uint8_t *to, uint8x8_t x, uint32_t set) {
  vst1_u8(to, vtbl1_u8(x, vcreate_u8(shuffles[set])));
}

static void planes(const kw_tables *t, kw_work *w, const uint8_t *p, uint32_t n) {
  const uint8x16x4_t lead = vld1q_u8_x4(t->lead), second = vld1q_u8_x4(t->second);
  const uint8x16x4_t third = vld1q_u8_x4(t->third);
  static const uint8_t bits[8] = {1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x8_t bit = vld1_u8(bits), word = vdup_n_u8(KW_WORD);
  uint32_t han = w->han_carry, letter = w->letter_carry;
  for (uint32_t b = 0; b < w->blocks; b += 1) {
    const uint8_t *x = p + b * KW_BLOCK;
    __builtin_prefetch(x + KW_PREFETCH);
    const uint32_t left = n - b * KW_BLOCK;
    const uint64_t valid = left >= 64 ? ~0ull : (1ull << left) - 1;
    classes c[4];
    for (int i = 0; i < 4; i += 1) c[i] = classify(x + 16 * i, lead, second, third);
    const uint64_t hans = mask(c[0].han, c[1].han, c[2].han, c[3].han) & valid;
    const uint64_t letters = mask(c[0].letter, c[1].letter, c[2].letter, c[3].letter) & valid;
    const uint64_t starts = letters & ~(letters << 1 | w->letter_before[b] >> 63);
    w->han_count[b] = (uint16_t)han;
    w->letter_count[b] = (uint16_t)letter;
    w->han_before[b + 1] = hans;
    w->letter_before[b + 1] = letters;
    const uint64_t high = mask(c[0].high, c[1].high, c[2].high, c[3].high);
    kw_note_foreign(w, b, hans | letters, high);
    w->mixed_han[b] = hans;
    w->flagged[b] = mask(c[0].flagged, c[1].flagged, c[2].flagged, c[3].flagged) & valid;
    // Text of one script leaves one of both empty in most blocks.
    for (uint32_t i = 0; i < KW_BLOCK && hans != 0; i += 8) {
      const uint32_t h = hans >> i & 0xFF;
      const uint8x8_t first = vld1_u8(x + i), top = vdup_n_u8(0xC0);
      const uint8x8_t shuffle = vcreate_u8(shuffles[h]);
      const uint8x8_t mid = veor_u8(vld1_u8(x + i + 1), vand_u8(vshl_n_u8(first, 6), top));
      const uint8x8_t low = veor_u8(vld1_u8(x + i + 2), vand_u8(vshl_n_u8(first, 4), top));
      // Eight bytes begin three characters at most.
      const uint8x8_t codes = vzip1_u8(vtbl1_u8(mid, shuffle), vtbl1_u8(low, shuffle));
      vst1_u8((uint8_t *)(w->codes + han), codes);
      han += (uint32_t)__builtin_popcount(h);
    }
    for (uint32_t i = 0; i < KW_BLOCK && letters != 0; i += 8) {
      const uint32_t l = letters >> i & 0xFF;
      const uint8x8_t marks = vand_u8(vtst_u8(vdup_n_u8((uint8_t)(starts >> i)), bit), word);
      compress(w->letters + letter, vorr_u8(vld1_u8(x + i), marks), l);
      letter += (uint32_t)__builtin_popcount(l);
    }
  }
  w->han = han;
  w->letter = letter;
}

static uint32_t han(const kw_tables *t, kw_work *w, uint32_t count) {
  kw_hash_pairs(t, w, count);
  kw_look_up_pairs(t, w, count);
  static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const bytes power = vld1q_u8(powers), seven = vdupq_n_u8(7);
  uint32_t passed = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    bytes hits[4];
    for (uint32_t i = 0; i < 4; i += 1) {
      const uint16_t *codes = w->codes + j + 16 * i;
      // The low and the high bytes of sixteen cells, and of their characters.
      const uint8x16x2_t cells = vld2q_u8((const uint8_t *)(w->cells + j + 16 * i));
      const bytes first = vld2q_u8((const uint8_t *)codes).val[1];
      const bytes second = vld2q_u8((const uint8_t *)(codes + 1)).val[1];
      const bytes two = vandq_u8(vaddq_u8(first, second), seven);
      const bytes third = vandq_u8(vld2q_u8((const uint8_t *)(codes + 2)).val[1], seven);
      hits[i] = vandq_u8(vtstq_u8(cells.val[0], vqtbl1q_u8(power, third)),
                         vtstq_u8(cells.val[1], vqtbl1q_u8(power, two)));
    }
    uint64_t hit = mask(hits[0], hits[1], hits[2], hits[3]);
    if (count - j < 64) hit &= (1ull << (count - j)) - 1;
    for (; hit != 0; hit &= hit - 1) {
      w->passed[passed] = (uint16_t)(j + (uint32_t)__builtin_ctzll(hit));
      passed += 1;
    }
  }
  return passed;
}

// 0xFF where a word starts, or the first pair is one of the anchors that stand anywhere.
static inline bytes may_begin(const uint8_t *letters, uint8x16x4_t low, uint8x16x4_t high) {
  static const uint8_t powers[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const bytes x = vld1q_u8(letters), y = vld1q_u8(letters + 1);
  // Seven bits of the index: all five of the first letter, bits 3 and 4 of the second.
  const bytes index = vorrq_u8(vandq_u8(vshlq_n_u8(x, 2), vdupq_n_u8(0x7C)),
                               vandq_u8(vshrq_n_u8(y, 3), vdupq_n_u8(3)));
  const bytes set = vqtbx4q_u8(vqtbl4q_u8(low, index), high, minus(index, 64));
  const bytes bit = vqtbl1q_u8(vld1q_u8(powers), vandq_u8(y, vdupq_n_u8(7)));
  return vorrq_u8(vtstq_u8(set, bit), vcgeq_u8(x, vdupq_n_u8(KW_WORD)));
}

static uint32_t words(const kw_tables *t, kw_work *w, uint32_t count) {
  const uint8x16x4_t low = vld1q_u8_x4(t->letters), high = vld1q_u8_x4(t->letters + 64);
  const bytes word = vdupq_n_u8(KW_WORD);
  uint32_t starts = 0;
  for (uint32_t j = 0; j < count; j += 64) {
    const uint8_t *x = w->letters + j;
    bytes hits[4];
    for (int i = 0; i < 4; i += 1)
      hits[i] = t->anywhere == 0 ? vcgeq_u8(vld1q_u8(x + 16 * i), word)
                                 : may_begin(x + 16 * i, low, high);
    uint64_t hit = mask(hits[0], hits[1], hits[2], hits[3]);
    if (count - j < 64) hit &= (1ull << (count - j)) - 1;
    starts = kw_append_starts(w, starts, j, hit);
  }
  return kw_test_starts(t, w, starts);
}

void kw_neon_segment(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                     size_t start, kw_candidates *out) {
  kw_run((kw_stages){planes, han, words}, t, w, haystack, count, start, out);
}
#endif

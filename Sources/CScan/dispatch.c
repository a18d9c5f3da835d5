// The choice of a kernel, once by CPU or by name, and the memory of scans.
#include "kernels.h"
#include "work.h"
#include <stdatomic.h>
#include <stdlib.h>

typedef struct choice {
  const char *name;
  kw_kernel *segment;
  kw_runner *run;
  kw_short *may_match;
  kw_taker *take;
  bool (*runs)(void);
} choice;

static bool always(void) { return true; }

#if defined(__x86_64__)
static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") &&
         __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
}
static bool has_avx512(void) {
  return has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}
#endif

// Best first.
static const choice choices[] = {
#if defined(__x86_64__)
    {"avx512", kw_avx512_segment, kw_avx512_run, kw_avx512_short, kw_avx512_chunk,
     has_avx512},
    {"avx2", kw_avx2_segment, kw_portable_run, kw_portable_short, kw_portable_chunk,
     has_avx2},
#endif
#if defined(__aarch64__)
    {"neon", kw_neon_segment, kw_portable_run, kw_portable_short, kw_portable_chunk,
     always},
#endif
    {"portable", kw_portable_segment, kw_portable_run, kw_portable_short, kw_portable_chunk,
     always},
};
enum { CHOICES = sizeof choices / sizeof *choices };
static const char *const names[] = {"avx512", "avx2", "neon", "portable"};

static _Atomic(const choice *) selected;

static const choice *current(void) {
  const choice *c = atomic_load_explicit(&selected, memory_order_relaxed);
  if (c) return c;
  for (c = choices; !c->runs();) c += 1;
  // A selection by name that came first stays.
  const choice *none = NULL;
  return atomic_compare_exchange_strong(&selected, &none, c) ? c : none;
}

const char *kw_kernel_wanted(void) { return getenv("KWFILTER_KERNEL"); }

const char *kw_kernel_name(void) { return current()->name; }

int kw_select_kernel(const char *name) {
  for (size_t i = 0; i < CHOICES; i += 1) {
    if (name ? strcmp(choices[i].name, name) != 0 : !choices[i].runs()) continue;
    if (!choices[i].runs()) return -2;
    atomic_store(&selected, &choices[i]);
    return 0;
  }
  for (size_t i = 0; i < sizeof names / sizeof *names; i += 1)
    if (name && strcmp(names[i], name) == 0) return -2;
  return -1;
}

void kw_scan_segment(const kw_tables *tables, kw_work *work, const uint8_t *haystack, size_t count,
                     size_t start, kw_candidates *out) {
  current()->segment(tables, work, haystack, count, start, out);
}

int kw_may_match(const kw_tables *tables, const uint8_t *bytes, size_t count) {
  return count > KW_SHORT || current()->may_match(tables, bytes, count);
}

kw_chunk kw_take_chunk(const kw_tables *tables, const kw_anchors *anchors,
                       const kw_automaton *automaton, const kw_near *near, const uint8_t *chunk,
                       size_t count) {
  return current()->take(tables, anchors, automaton, near, chunk, count);
}

void kw_read_run(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                 uint64_t base, kw_history *history, kw_plain_run *run) {
  current()->run(symbols, bytes, count, at, base, history, run);
}

size_t kw_work_size(void) { return (sizeof(kw_work) + 63) & ~(size_t)63; }

void kw_work_reset(kw_work *work) {
  // One entry that is no character stands before the first of each plane, so that each character
  // has a neighbour before it.
  work->han_carry = 1;
  work->letter_carry = 1;
  work->codes[0] = 0;
  work->letters[0] = KW_WORD;
  work->han_carried[0] = 0;
  work->letter_carried[0] = 0;
  work->han_before[0] = 0;
  work->letter_before[0] = 0;
}

_Static_assert(sizeof(kw_work) < 100000, "the scratch memory of a scan is below 100 KB");

// The kernels of this build. Internal to CScan.
#pragma once
#include "chunk.h"
#include "cscan.h"
#include "plain.h"
#include <stdbool.h>

typedef void kw_kernel(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                       size_t start, kw_candidates *out);

typedef void kw_runner(const kw_symbols *symbols, const uint8_t *bytes, size_t count, size_t at,
                       uint64_t base, kw_history *history, kw_plain_run *run);

// `kw_may_match` of at most `KW_SHORT` bytes, and `kw_take_chunk`.
typedef bool kw_short(const kw_tables *t, const uint8_t *bytes, size_t count);
typedef kw_chunk kw_taker(const kw_tables *t, const kw_anchors *anchors,
                          const kw_automaton *automaton, const kw_near *near,
                          const uint8_t *chunk, size_t count);

kw_kernel kw_portable_segment;
kw_runner kw_portable_run;
kw_short kw_portable_short;
kw_taker kw_portable_chunk;
#if defined(__x86_64__)
kw_kernel kw_avx2_segment, kw_avx512_segment;
kw_runner kw_avx512_run;
kw_short kw_avx512_short;
kw_taker kw_avx512_chunk;
#endif
#if defined(__aarch64__)
kw_kernel kw_neon_segment;
#endif

// The kernels of this build. Internal to CScan.
#pragma once
#include "cscan.h"

typedef void kw_kernel(const kw_tables *t, kw_work *w, const uint8_t *haystack, size_t count,
                       size_t start, kw_candidates *out);

kw_kernel kw_portable_segment;
#if defined(__x86_64__)
kw_kernel kw_avx2_segment, kw_avx512_segment;
#endif
#if defined(__aarch64__)
kw_kernel kw_neon_segment;
#endif

// Begins what is compiled for AVX-512 (F, BW, VL, DQ, VBMI, VBMI2); who includes it ends it with
// `#pragma clang attribute pop`. Internal to CScan.
#pragma once
#include <immintrin.h>
#if defined(__clang__)
#pragma clang attribute push(                                                                     \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2,"            \
                          "bmi,bmi2,popcnt,lzcnt"))),                                             \
    apply_to = function)
#else
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512dq,avx512vbmi,avx512vbmi2")
#pragma GCC target("bmi,bmi2,popcnt,lzcnt")
#endif

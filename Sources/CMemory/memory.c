#include "cmemory.h"

#include <stdlib.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

void kw_memory_keep_apart(int size) {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, size);
#else
  (void)size;
#endif
}

void kw_memory_prefetch_eight(const void *block) {
  const char *line = block;
#pragma unroll
  for (int i = 0; i < 8; i += 1) __builtin_prefetch(line + 64 * i);
}

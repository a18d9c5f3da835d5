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

void kw_memory_prefetch(const void *block, size_t size) {
  const char *line = block;
  for (size_t at = 0; at < size; at += 64) __builtin_prefetch(line + at);
  if (size > 0) __builtin_prefetch(line + size - 1);
}

/* What the machine and the C library's allocator do beyond ISO C. */
#pragma once

#include <stddef.h>

/* Gives blocks of this size or more pages of their own, which go back to the system as soon as the
   block is freed; does nothing where the allocator is not GNU's. */
void kw_memory_keep_apart(int size);

/* Asks for the first eight cache lines of a block, 512 bytes, which are read soon; any address will
   do. */
void kw_memory_prefetch_eight(const void *block);

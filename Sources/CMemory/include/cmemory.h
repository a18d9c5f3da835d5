/* What the C library's allocator does beyond ISO C. */
#pragma once

/* Gives blocks of this size or more pages of their own, which go back to the system as soon as the
   block is freed; does nothing where the allocator is not GNU's. */
void kw_memory_keep_apart(int size);

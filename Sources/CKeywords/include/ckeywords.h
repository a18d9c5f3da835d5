/* The compiled keyword library, as the build embeds it in the program. */
#pragma once

#include <stddef.h>

/* The bytes of the database, at a multiple of 64; they are in the program's own read-only data. */
const unsigned char *kw_keywords(void);

/* The number of bytes. */
size_t kw_keywords_count(void);

// PCRE2's 8-bit library, named to Swift in this one place.
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

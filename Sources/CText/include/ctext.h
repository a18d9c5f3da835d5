// What a search of files counts in all of their bytes, many bytes at a time.
#pragma once
#include <stddef.h>
#include <stdint.h>

#ifdef __clang__
#pragma clang assume_nonnull begin
#endif

/// What was counted of a text.
typedef struct kw_text_counts {
  /// Characters, and how many of them are U+0000 and line feeds.
  uint64_t characters, nulls, line_feeds;
} kw_text_counts;

/// Counts the characters of well-formed UTF-8 (The Unicode Standard, table 3-7).
///
/// `text` begins where a character may begin. Returns how many bytes were counted, which end with
/// the end of a character: up to 2 KiB before the first that is ill-formed, and up to 66 before the
/// end, are left to the caller. Adds to `counts`; O(count), nothing is allocated.
size_t kw_count_characters(const uint8_t *text, size_t count, kw_text_counts *counts);

/// The same by the code for any CPU, for tests.
size_t kw_count_characters_portable(const uint8_t *text, size_t count, kw_text_counts *counts);

/// Returns how many bytes are line feeds.
size_t kw_count_line_feeds(const uint8_t *text, size_t count);

#ifdef __clang__
#pragma clang assume_nonnull end
#endif

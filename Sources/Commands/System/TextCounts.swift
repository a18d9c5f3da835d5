import CText

/// Counts over all bytes of a text, many bytes at a time.
struct TextCounts {
  /// The characters of well-formed text.
  var characters = 0
  /// How many of them are U+0000, and how many U+000A.
  var nulls = 0
  var lineFeeds = 0
  /// The bytes of that text.
  var byteCount = 0

  /// Counts the characters at the beginning of a text that is well-formed UTF-8 there.
  ///
  /// What is ill-formed is behind what is counted, and so are up to 2 KiB before it and 66 bytes
  /// before the end of the text.
  ///
  /// - Parameter text: It begins where a character may begin.
  /// - Complexity: O(`text.count`).
  init(beginOf text: Span<UInt8>) {
    var counts = kw_text_counts()
    // SAFETY: as many bytes are read as there are, in the call only.
    byteCount = unsafe text.withUnsafeBufferPointer { bytes -> Int in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kw_count_characters(base, bytes.count, &counts)
    }
    characters = Int(counts.characters)
    nulls = Int(counts.nulls)
    lineFeeds = Int(counts.line_feeds)
  }

  /// Counts the line feeds in a text.
  ///
  /// - Complexity: O(`text.count`).
  static func lineFeeds(in text: Span<UInt8>) -> Int {
    // SAFETY: as many bytes are read as there are, in the call only.
    unsafe text.withUnsafeBufferPointer { bytes -> Int in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kw_count_line_feeds(base, bytes.count)
    }
  }
}

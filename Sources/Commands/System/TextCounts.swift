import CText

/// Counts over all bytes of a text, many bytes at a time.
enum TextCounts {
  /// Counts the characters at the beginning of a text that is well-formed UTF-8 there.
  ///
  /// - Parameter text: It begins where a character may begin.
  /// - Returns: The characters, how many of them are U+0000, and their bytes; what is ill-formed is
  ///   behind those, and up to 1 KiB before it and 66 bytes before the end as well.
  /// - Complexity: O(`text.count`).
  static func characters(
    in text: Span<UInt8>
  ) -> (characters: Int, nulls: Int, byteCount: Int) {
    var counts = kw_text_counts()
    // SAFETY: as many bytes are read as there are, in the call only.
    let length = unsafe text.withUnsafeBufferPointer { bytes -> Int in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kw_count_characters(base, bytes.count, &counts)
    }
    return (Int(counts.characters), Int(counts.nulls), length)
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

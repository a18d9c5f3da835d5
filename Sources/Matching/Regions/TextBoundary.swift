import CScan

/// The places where the scanner's state is that of a text's begin: behind a line feed, and behind
/// `。` where no pattern and no exception holds one.
package enum TextBoundary {
  /// Finds the first boundary from a place on.
  ///
  /// - Parameters:
  ///   - place: An offset in the text, or its count.
  ///   - text: UTF-8.
  ///   - atMarks: Whether `。` counts.
  /// - Returns: Its offset; the text's count where there is none.
  /// - Complexity: O(bytes passed), 64 a step.
  package static func behind(_ place: Int, in text: Span<UInt8>, atMarks: Bool) -> Int {
    precondition(place >= 0 && place <= text.count, "place out of range")
    // SAFETY: `place` is not above the text's count, and the pointer is used in the call only.
    return unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return place }
      return unsafe kw_boundary_behind(base, bytes.count, place, atMarks ? 1 : 0)
    }
  }
}

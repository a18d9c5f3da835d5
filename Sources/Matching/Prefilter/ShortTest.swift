import CScan

/// Tells of a short text that no pattern occurs in it, without looking for places.
///
/// - Invariant: valid while the prefilter that made it lives; whoever stores it stores that.
@safe package struct ShortTest: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): the tables never change.
  private let tables: UnsafePointer<kw_tables>

  /// The longest text that is told anything of, in bytes.
  @inlinable package static var limit: Int { 60 }

  /// Whether the kernel in use is faster than reading the text.
  package static var pays: Bool { PrefilterKernel.name == "avx512" }

  @unsafe init(_ tables: UnsafePointer<kw_tables>) {
    unsafe self.tables = tables
  }

  /// Tells whether a pattern may occur in a text.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: False where no pattern does that has an anchor; true of more than `limit` bytes.
  /// - Complexity: O(1).
  @inline(__always)
  package func mayMatch(in text: Span<UInt8>) -> Bool {
    // SAFETY: the prefilter lives; no byte beyond the count is read.
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return unsafe kw_may_match(tables, base, bytes.count) != 0
    }
  }

  /// Counts characters that are symbols, whatever stands between.
  ///
  /// - Parameter text: UTF-8, cut anywhere.
  /// - Returns: How many letters and digits of ASCII and characters of U+4000 to U+9FFF begin in it.
  /// - Complexity: O(text).
  package static func leastSymbols(in text: Span<UInt8>) -> Int {
    // SAFETY: no byte beyond the count is read.
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return 0 }
      return unsafe kw_least_symbols(base, bytes.count)
    }
  }
}

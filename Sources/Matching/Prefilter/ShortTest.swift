import CScan

/// Tells of a short chunk of a stream whether it can be released unread.
///
/// - Invariant: valid while the prefilter and the automaton live that made it; whoever stores it
///   stores those.
@safe package struct ShortTest: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): the tables never change.
  private let tables: UnsafePointer<kw_tables>
  private let anchors: UnsafePointer<kw_anchors>
  private let automaton: UnsafePointer<kw_automaton>
  private let noiseLimit: UInt32
  private let kinds: UInt64

  /// The longest text that is told anything of, in bytes.
  package static let limit = Int(KW_SHORT)

  /// Whether the kernel in use is faster than reading the text.
  package static var pays: Bool { PrefilterKernel.name == "avx512" }

  /// Creates a test of the same patterns.
  ///
  /// - Parameters:
  ///   - prefilter: Finds them.
  ///   - automaton: Finds them.
  ///   - noiseLimit: The most noise scalars skipped beside Han.
  ///   - kinds: The kinds of finding that are held back for.
  package init(_ prefilter: Prefilter, _ automaton: AhoCorasick, noiseLimit: Int, kinds: UInt64) {
    unsafe tables = prefilter.tables.kernel
    unsafe anchors = prefilter.tables.anchors
    unsafe self.automaton = automaton.tables.automaton
    self.noiseLimit = UInt32(noiseLimit)
    self.kinds = kinds
  }

  /// Appends a chunk to a stream's near bytes and tells what it shows.
  ///
  /// - Parameters:
  ///   - chunk: The chunk.
  ///   - near: The near bytes, as many as `NearBytes.count`.
  ///   - end: How many of them are there.
  ///   - first: The first of them that anything under way may have begun with; nothing is found
  ///     before it.
  ///   - isWhole: Whether the stream begins with the first of them.
  /// - Precondition: `first` ≤ `end`; `end` and the chunk's bytes are at most `NearBytes.limit`, and at
  ///   most `limit` from `first` on. `AhoCorasick.boundsWords` holds.
  /// - Returns: What it shows.
  /// - Complexity: O(1).
  @inline(__always) @unsafe
  package func take(
    _ chunk: Span<UInt8>, into near: UnsafeMutablePointer<UInt8>, end: Int, first: Int,
    isWhole: Bool
  ) -> ChunkAnswer {
    var near = unsafe kw_near(
      bytes: near, end: UInt32(truncatingIfNeeded: end), first: UInt32(truncatingIfNeeded: first),
      is_whole: isWhole ? 1 : 0, noise_limit: noiseLimit, kinds: kinds)
    let answer = unsafe chunk.withUnsafeBufferPointer { bytes in
      // SAFETY: by the precondition no byte beyond the near ones is written.
      unsafe kw_take_chunk(
        tables, anchors, automaton, &near, bytes.baseAddress.unsafelyUnwrapped, bytes.count)
    }
    return ChunkAnswer(answer)
  }
}

/// What a chunk of a stream shows; all places are among the near bytes.
package struct ChunkAnswer: Equatable {
  /// How much is known.
  package enum Kind: UInt8 {
    /// A pattern may end in the chunk.
    case mayMatch
    /// None does, but what is under way at its end is not plain.
    case unclear
    /// None does, and the rest is known.
    case known
  }

  /// How much is known.
  package let kind: Kind
  /// Behind the last whole character, where it is known.
  package let end: Int
  /// Where the first thing of any kind begins that is under way, `end` if nothing is.
  package let begun: Int
  /// The same of the kinds that are held back for.
  package let live: Int

  @inline(__always)
  init(_ answer: kw_chunk) {
    kind =
      answer.kind == KW_CHUNK_KNOWN.rawValue
      ? .known : answer.kind == KW_CHUNK_UNCLEAR.rawValue ? .unclear : .mayMatch
    end = Int(answer.end)
    begun = Int(answer.begun)
    live = Int(answer.live)
  }
}

/// The sizes of a stream's near bytes.
package enum NearBytes {
  /// The most bytes that are near at a time.
  package static let limit = Int(KW_NEAR)
  /// Their room: those behind the limit may be overwritten.
  package static let count = Int(KW_NEAR + KW_NEAR_SLACK)
}

/// What is told of texts themselves.
extension ShortTest {
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

extension Prefilter {
  /// Tells by the short test alone whether a pattern may occur in a text.
  ///
  /// - Parameter text: UTF-8.
  /// - Returns: False where no pattern does that has an anchor; true of more than `ShortTest.limit`
  ///   bytes.
  /// - Complexity: O(1).
  package func mayMatch(in text: Span<UInt8>) -> Bool {
    // SAFETY: no byte beyond the count is read.
    unsafe text.withUnsafeBufferPointer { bytes in
      guard let base = bytes.baseAddress else { return false }
      return unsafe kw_may_match(tables.kernel, base, bytes.count) != 0
    }
  }
}

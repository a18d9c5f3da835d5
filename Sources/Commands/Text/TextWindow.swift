/// The last bytes of a text that is read in pieces.
package struct TextWindow: Sendable {
  /// The bytes that are kept.
  package private(set) var bytes: [UInt8] = []
  /// The offset in the text of the first of them.
  package private(set) var base = 0

  /// Makes an empty window.
  package init() {}

  /// The offset behind the last byte.
  package var end: Int { base + bytes.count }

  /// Appends what a function appends to the kept bytes.
  package mutating func append<Result, Failure: Error>(
    _ add: (inout [UInt8]) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try add(&bytes)
  }

  /// Appends a chunk and lets go of old bytes, but for so many before the chunk.
  ///
  /// - Complexity: O(`chunk.count`) on average.
  package mutating func append(_ chunk: Span<UInt8>, keeping reach: Int) {
    // Moving the bytes costs `reach`, so it is done only once as many are to go.
    if bytes.count > 2 * reach + ChunkReader.capacity { discard(before: end - reach) }
    bytes.reserveCapacity(bytes.count + chunk.count)
    for index in chunk.indices { bytes.append(chunk[index]) }
  }

  /// Lets go of what lies before an offset.
  ///
  /// - Complexity: O(bytes kept).
  package mutating func discard(before offset: Int) {
    let excess = min(max(offset - base, 0), bytes.count)
    bytes.removeFirst(excess)
    base += excess
  }

  /// The kept bytes of a range of the text; those outside the window are missing.
  package subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    let lower = min(max(range.lowerBound, base), end)
    let upper = min(max(range.upperBound, lower), end)
    return bytes[(lower - base)..<(upper - base)]
  }
}

/// The last bytes of a text that is read in chunks.
package struct TextWindow: Sendable {
  /// The bytes that are kept.
  package private(set) var bytes: [UInt8] = []
  /// The offset in the text of the first of them.
  package private(set) var base = 0
  /// How many bytes before the last chunk are kept at least.
  package let reach: Int

  /// Makes an empty window.
  package init(reach: Int) { self.reach = reach }

  /// The offset behind the last byte.
  package var end: Int { base + bytes.count }

  /// Appends a chunk and lets go of old bytes.
  ///
  /// - Complexity: O(`chunk.count`) on average.
  package mutating func append(_ chunk: Span<UInt8>) {
    // Moving the bytes costs `reach`, so it is done only once as many are to go.
    if bytes.count > 2 * reach + ChunkReader.capacity {
      let excess = bytes.count - reach
      bytes.removeFirst(excess)
      base += excess
    }
    bytes.reserveCapacity(bytes.count + chunk.count)
    for index in chunk.indices { bytes.append(chunk[index]) }
  }

  /// The kept bytes of a range of the text; those outside the window are missing.
  package subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    let lower = min(max(range.lowerBound, base), end)
    let upper = min(max(range.upperBound, lower), end)
    return bytes[(lower - base)..<(upper - base)]
  }
}

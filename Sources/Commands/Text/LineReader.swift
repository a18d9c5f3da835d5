/// Reads lines that are kept whole, up to a limit.
package struct LineReader: ~Copyable {
  /// The most bytes that a line may have.
  package static let limit = 64 << 20

  /// The number of the line that was returned last, from 1.
  package private(set) var number = 0

  private var chunks: ChunkReader
  private var buffer: [UInt8] = []
  /// Where the next line begins in the buffer, and where the search for its end goes on.
  private var start = 0
  private var searched = 0
  private var isAtEnd = false

  /// Opens a file, or standard input for `-`.
  package init(_ path: String) throws(CommandError) { chunks = try ChunkReader(path) }

  /// Returns the next line that is there already, its line break included; `nil` if more must be
  /// read first.
  ///
  /// - Complexity: O(length of the line).
  package mutating func next() -> [UInt8]? {
    while searched < buffer.count {
      searched += 1
      if buffer[searched - 1] == 0x0A { return take() }
    }
    return isAtEnd && start < buffer.count ? take() : nil
  }

  /// Waits for more; `false` at the end, once all lines are returned.
  ///
  /// - Throws: `CommandError.lineTooLong`, or what reading throws.
  package mutating func fill() throws(CommandError) -> Bool {
    if isAtEnd { return start < buffer.count }
    buffer.removeFirst(start)
    searched -= start
    start = 0
    if buffer.count > Self.limit { throw .lineTooLong(line: number + 1, limit: Self.limit) }
    if try chunks.next() {
      buffer += chunks.bytes
      return true
    }
    isAtEnd = true
    return start < buffer.count
  }

  private mutating func take() -> [UInt8] {
    let line = Array(buffer[start..<searched])
    start = searched
    number += 1
    return line
  }
}

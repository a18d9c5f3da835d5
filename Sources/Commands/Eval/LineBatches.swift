/// Whole lines of a file, as one piece of work.
struct LineBatch: Sendable {
  /// The file's name for reports.
  let file: String
  /// The number of the first line, from 1.
  let firstLine: Int
  /// The bytes of all lines.
  let bytes: [UInt8]
  /// The lines in `bytes`, without line feeds.
  let lines: [Range<Int>]

  init(file: String, firstLine: Int, bytes: [UInt8]) {
    self.file = file
    self.firstLine = firstLine
    self.bytes = bytes
    var lines: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 0x0A {
      lines.append(start..<index)
      start = index + 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    self.lines = lines
  }

  /// A line without line feed, carriage return and byte order mark.
  func line(_ index: Int) -> [UInt8] {
    var line = bytes[lines[index]]
    if line.last == 0x0D { line.removeLast() }
    if firstLine + index == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line.removeFirst(3) }
    return Array(line)
  }
}

/// Reads files, compressed ones too, in batches of whole lines.
enum LineBatches {
  /// How many bytes make a batch.
  static let size = 4 << 20

  /// Reads a file and hands over its lines, batch by batch.
  ///
  /// - Parameters:
  ///   - path: A file, or `-`; `.xz` and `.gz` are decompressed.
  ///   - name: The name of the file for reports.
  ///   - handle: Receives each batch before the next one is read.
  /// - Throws: What reading or `handle` throws.
  static func read(
    _ path: String, named name: String, _ handle: (LineBatch) async throws -> Void
  ) async throws {
    var open: [UInt8] = []
    var line = 1
    func takeBatch(isLast: Bool) -> LineBatch? {
      guard isLast ? !open.isEmpty : open.count >= size else { return nil }
      let end = isLast ? open.endIndex : (open.lastIndex(of: 0x0A) ?? -1) + 1
      guard end > 0 else { return nil }
      let batch = LineBatch(file: name, firstLine: line, bytes: Array(open[..<end]))
      open.removeSubrange(..<end)
      line += batch.lines.count
      return batch
    }
    if let format = CompressedFormat(path) {
      var file = try Decompressor(path, format)
      while let chunk = try file.next() {
        open += chunk
        if let batch = takeBatch(isLast: false) { try await handle(batch) }
      }
      try file.finish()
    } else {
      var file = try ChunkReader(path)
      while try file.next() {
        open += file.bytes
        if let batch = takeBatch(isLast: false) { try await handle(batch) }
      }
    }
    if let batch = takeBatch(isLast: true) { try await handle(batch) }
  }
}

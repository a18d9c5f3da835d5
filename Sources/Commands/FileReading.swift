/// Reads files, folders and standard input; nothing else in the program does.
package enum FileReading {
  /// The name of standard input in arguments and reports.
  package static let standardInputName = "-"

  /// The name of a file in messages.
  static func title(of path: String) -> String {
    path == standardInputName ? "standard input" : path
  }

  /// Opens a file, or standard input for `-`.
  static func open(_ path: String) throws(CommandError) -> FileDescriptor {
    if path == standardInputName { return .standardInput }
    do { return try .reading(path) } catch { throw .cannotRead(path: path, error) }
  }

  /// Reads all of a file, or of standard input for `-`.
  package static func contents(of path: String) throws(CommandError) -> [UInt8] {
    var chunks = try ChunkReader(path)
    var bytes: [UInt8] = []
    while try chunks.next() { bytes += chunks.bytes }
    return bytes
  }

  /// Reads the keyword files of a folder: those named `*.txt` that are not hidden.
  ///
  /// - Returns: Names without the folder, so that a library is the same wherever it lies.
  package static func keywordFiles(
    in folder: String
  ) throws(CommandError) -> [(name: String, bytes: [UInt8])] {
    let names: [String]
    do { names = try Directory.names(in: folder) } catch {
      throw .cannotRead(path: folder, error)
    }
    var files: [(name: String, bytes: [UInt8])] = []
    for name in names where name.hasSuffix(".txt") && !name.hasPrefix(".") {
      files.append((name, try contents(of: Directory.join(folder, name))))
    }
    guard !files.isEmpty else { throw .noKeywordFiles(path: folder) }
    return files
  }

  /// Whether a path is a folder.
  static func isDirectory(_ path: String) throws(CommandError) -> Bool {
    do { return try Directory.kind(of: path, followsLinks: true) == .directory } catch {
      throw .cannotRead(path: path, error)
    }
  }
}

/// Reads a file in chunks, each as large as what is there, or in blocks.
package struct ChunkReader: ~Copyable {
  /// The most bytes of a chunk.
  package static let capacity = 1 << 17

  private let file: FileDescriptor
  private let path: String
  private var buffer: [UInt8] = []

  /// Opens a file, or standard input for `-`.
  package init(_ path: String) throws(CommandError) {
    file = try FileReading.open(path)
    self.path = path
  }

  /// Reads the next chunk; `false` at the end.
  package mutating func next() throws(CommandError) -> Bool {
    buffer.removeAll(keepingCapacity: true)
    return try Self.read(file, path, atMost: Self.capacity, appendingTo: &buffer) > 0
  }

  /// The chunk that was read.
  package var bytes: ArraySlice<UInt8> { buffer[...] }

  /// Reads a block of so many bytes, or all that is left, and appends it; `false` at the end.
  ///
  /// - Throws: What reading throws; what was read before is appended.
  package func nextBlock(
    of count: Int, appendingTo bytes: inout [UInt8]
  ) throws(CommandError) -> Bool {
    let end = bytes.count + count
    while bytes.count < end {
      let limit = end - bytes.count
      if try Self.read(file, path, atMost: limit, appendingTo: &bytes) == 0 { return false }
    }
    return true
  }

  private static func read(
    _ file: borrowing FileDescriptor, _ path: String, atMost limit: Int,
    appendingTo bytes: inout [UInt8]
  ) throws(CommandError) -> Int {
    do { return try file.read(atMost: limit, appendingTo: &bytes) } catch {
      throw .cannotRead(path: FileReading.title(of: path), error)
    }
  }
}

/// Writes a file so that others see the old one or the whole new one.
enum FileWriting {
  /// Writes bytes beside the file and puts them in its place.
  static func replace(_ path: String, with bytes: Span<UInt8>) throws(CommandError) {
    let draft = path + ".\(Process.identifier).tmp"
    do {
      let file = try FileDescriptor.creating(draft)
      try file.write(bytes)
      try file.synchronize()
      try Directory.rename(draft, to: path)
    } catch {
      Directory.remove(draft)
      throw .cannotWrite(path: path, error)
    }
  }
}

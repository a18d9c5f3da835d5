/// A compiled database in memory: one position-independent, checksummed blob of named sections.
///
/// Layout, little-endian: magic (8 bytes), format version (u32), section count (u32), size of the
/// blob (u64), checksum of everything after it (u64); then for each section its name (16 bytes,
/// NUL-padded), offset (u64) and byte count (u64); then the sections, each at a multiple of 64.
///
/// The bytes are the database's own private copy: a file rewritten under a running process does not
/// matter. Each owner of a section proves its contents once, when it is opened. What the build
/// embedded needs no proof, as the build's tests open it with one, and no copy: a process that looks
/// at a short text reads no more of it than it needs.
///
/// - Invariant: every section lies inside the bytes, which are written before they are read and
///   never change then.
@safe package final class Database: Sendable {
  static let magic: [UInt8] = [0x4B, 0x57, 0x46, 0x44, 0x42, 0x0D, 0x0A, 0x1A]
  static let formatVersion: UInt32 = 5
  static let headerSize = 32
  static let entrySize = 32
  static let alignment = 64

  private let memory: DatabaseMemory
  private let sections: [DatabaseFrame.Section]
  /// Whether the bytes are the program's own, so that nothing in them needs a proof.
  package let isEmbedded: Bool
  /// The checksum: the identity of these bytes.
  package let digest: UInt64

  /// The size of the database, in bytes.
  package var byteCount: Int { unsafe memory.bytes.count }

  /// Copies and checks a blob.
  ///
  /// - Parameter bytes: What `DatabaseWriter.finish()` returned.
  /// - Throws: `DatabaseError` when the frame or the checksum is wrong.
  /// - Complexity: O(`bytes.count`).
  package convenience init(_ bytes: Span<UInt8>) throws(DatabaseError) {
    let frame = try DatabaseFrame(bytes, size: bytes.count)
    guard frame.digest == DatabaseFrame.checksum(of: bytes) else { throw .damaged }
    let memory = unsafe DatabaseMemory(byteCount: bytes.count) { memory in
      unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
    }
    self.init(frame, memory)
  }

  /// Takes over what was just written; the bytes are not copied.
  ///
  /// - Throws: `DatabaseError` when a section's name is there twice.
  /// - Complexity: O(bytes).
  package convenience init(_ writer: consuming DatabaseWriter) throws(DatabaseError) {
    let memory = writer.finishedMemory()
    let frame = try Self.frame(memory)
    self.init(frame, memory)
  }

  /// Opens what the build embedded in the program, where it lies.
  ///
  /// - Throws: `DatabaseError` when the frame is wrong.
  /// - Complexity: O(sections).
  package convenience init(_ embedded: EmbeddedDatabase) throws(DatabaseError) {
    let memory = DatabaseMemory(embedded)
    let frame = try Self.frame(memory)
    self.init(frame, memory, isEmbedded: true)
  }

  private init(_ frame: DatabaseFrame, _ memory: DatabaseMemory, isEmbedded: Bool = false) {
    digest = frame.digest
    sections = frame.sections
    self.memory = memory
    self.isEmbedded = isEmbedded
  }

  private static func frame(_ memory: DatabaseMemory) throws(DatabaseError) -> DatabaseFrame {
    // SAFETY: the memory lives longer than the span.
    let bytes = unsafe Span<UInt8>(_unsafeBytes: memory.bytes)
    return try DatabaseFrame(bytes, size: bytes.count)
  }

  /// Calls a function with all bytes.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    // SAFETY: the memory lives longer than the span.
    let bytes = unsafe memory.bytes
    return try body(unsafe Span<UInt8>(_unsafeBytes: bytes))
  }

  /// Returns a section as a table of `Element`.
  ///
  /// - Parameters:
  ///   - name: The section's name.
  ///   - type: An integer, or made of integers.
  /// - Returns: The table, valid while this database lives: store both together.
  /// - Throws: `DatabaseError` when it is missing or is no whole number of elements.
  package func table<Element: BitwiseCopyable>(
    _ name: String, of type: Element.Type
  ) throws(DatabaseError) -> Table<Element> {
    guard let section = sections.first(where: { $0.name == name }) else {
      throw .missingSection(name)
    }
    let range = section.range
    guard range.count % MemoryLayout<Element>.stride == 0 else {
      throw .invalidSection(name, reason: "\(range.count) bytes are no whole number of elements")
    }
    let count = range.count / MemoryLayout<Element>.stride
    guard count > 0, let base = unsafe memory.bytes.baseAddress else {
      return unsafe Table(base: nil, count: 0)
    }
    // SAFETY: the section lies inside the memory (DatabaseFrame) at a multiple of 64, so the
    // elements are aligned; every element type here is an integer or made of integers.
    let start = unsafe (base + range.lowerBound).assumingMemoryBound(to: Element.self)
    return unsafe Table(base: start, count: count)
  }

  /// Returns the names of the sections with their sizes in bytes, in file order.
  package var sectionSizes: [(name: String, byteCount: Int)] {
    sections.map { ($0.name, $0.range.count) }
  }
}

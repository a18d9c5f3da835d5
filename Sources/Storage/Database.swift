package import Synchronization

/// A compiled database in memory: one position-independent, checksummed blob of named sections.
///
/// Layout, little-endian: magic (8 bytes), format version (u32), section count (u32), size of the
/// blob (u64), checksum of everything after it (u64); then for each section its name (16 bytes,
/// NUL-padded), offset (u64) and byte count (u64); then the sections, each at a multiple of 64.
///
/// The bytes are the database's own private copy: a file rewritten under a running process does not
/// matter. Each owner of a section proves its contents once, when it is opened. What the build
/// embedded needs no proof, as the build's tests open it with one; its sections are unpacked when
/// they are asked for.
///
/// - Invariant: every section lies inside the bytes, which are written before they are read and
///   never change then.
@safe package final class Database: Sendable {
  static let magic: [UInt8] = [0x4B, 0x57, 0x46, 0x44, 0x42, 0x0D, 0x0A, 0x1A]
  static let formatVersion: UInt32 = 3
  static let headerSize = 32
  static let entrySize = 32
  static let alignment = 64

  private let memory: DatabaseMemory
  private let sections: [DatabaseFrame.Section]
  /// What the bytes are unpacked from; nil where they are complete.
  private let packed: PackedDatabase?
  /// The late sections that are still packed.
  private let waiting = Mutex<[(group: LateTables, section: DatabaseFrame.Section)]>([])
  /// The groups of late tables that are complete, as bits.
  @usableFromInline let completed: Atomic<UInt8>
  /// The checksum: the identity of these bytes.
  package let digest: UInt64

  /// The size of the database, in bytes.
  package var byteCount: Int { unsafe memory.bytes.count }

  /// Whether the bytes are the program's own, so that nothing in them needs a proof.
  package var isEmbedded: Bool { packed != nil }

  /// Copies and checks a blob.
  ///
  /// - Parameter bytes: What `DatabaseWriter.finish()` returned.
  /// - Throws: `DatabaseError` when the frame or the checksum is wrong.
  /// - Complexity: O(`bytes.count`).
  package convenience init(_ bytes: Span<UInt8>) throws(DatabaseError) {
    let frame = try DatabaseFrame(bytes, size: bytes.count)
    guard frame.digest == DatabaseFrame.checksum(of: bytes) else { throw .damaged }
    let memory = DatabaseMemory(byteCount: bytes.count)
    unsafe bytes.withUnsafeBytes { unsafe memory.bytes.copyMemory(from: $0) }
    self.init(frame, memory, nil)
  }

  /// Takes over what was just written; the bytes are not copied.
  ///
  /// - Throws: `DatabaseError` when a section's name is there twice.
  /// - Complexity: O(bytes).
  package convenience init(_ writer: consuming DatabaseWriter) throws(DatabaseError) {
    let memory = writer.finishedMemory()
    // SAFETY: the memory lives longer than the span.
    let bytes = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(memory.bytes))
    let frame = try DatabaseFrame(bytes, size: bytes.count)
    self.init(frame, memory, nil)
  }

  /// Calls a function with all bytes.
  ///
  /// - Precondition: The database is not embedded: those bytes come late.
  package func withBytes<Result, Failure: Error>(
    _ body: (Span<UInt8>) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    precondition(!isEmbedded, "an embedded database is not unpacked as a whole")
    // SAFETY: the memory lives longer than the span.
    return try body(unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(memory.bytes)))
  }

  /// Opens what the build embedded in the program.
  ///
  /// - Throws: `DatabaseError` when the frame is wrong.
  /// - Complexity: O(sections); each is unpacked when it is asked for.
  package convenience init(_ packed: PackedDatabase) throws(DatabaseError) {
    let frame = try packed.frame()
    self.init(frame, DatabaseMemory(byteCount: packed.byteCount), packed)
  }

  private init(_ frame: DatabaseFrame, _ memory: DatabaseMemory, _ packed: PackedDatabase?) {
    digest = frame.digest
    sections = frame.sections
    self.memory = memory
    self.packed = packed
    completed = Atomic(packed == nil ? .max : 0)
  }

  /// Returns a section as a table of `Element`.
  ///
  /// - Parameters:
  ///   - name: The section's name.
  ///   - type: An integer, or made of integers.
  ///   - group: The group with which the table comes late: it may be read after `need(group)`.
  /// - Returns: The table, valid while this database lives: store both together.
  /// - Throws: `DatabaseError` when it is missing or is no whole number of elements.
  package func table<Element: BitwiseCopyable>(
    _ name: String, of type: Element.Type, late group: LateTables? = nil
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
    if let group, isEmbedded {
      waiting.withLock { $0.append((group, section)) }
    } else {
      unpack(section)
    }
    // SAFETY: the section lies inside the memory (DatabaseFrame) at a multiple of 64, so the
    // elements are aligned; every element type here is an integer or made of integers.
    let start = unsafe (base + range.lowerBound).assumingMemoryBound(to: Element.self)
    return unsafe Table(base: UnsafePointer(start), count: count)
  }

  /// Makes sure that the late tables of a group can be read.
  ///
  /// - Complexity: O(1), one load, but for the first time.
  @inlinable @inline(__always)
  package func need(_ group: LateTables) {
    if completed.load(ordering: .acquiring) & group.rawValue == 0 { complete(group) }
  }

  @usableFromInline @inline(never)
  func complete(_ group: LateTables) {
    waiting.withLock { waiting in
      for late in waiting where late.group == group { unpack(late.section) }
      waiting.removeAll { $0.group == group }
      completed.bitwiseOr(group.rawValue, ordering: .releasing)
    }
  }

  /// Returns the names of the sections with their sizes in bytes, in file order.
  package var sectionSizes: [(name: String, byteCount: Int)] {
    sections.map { ($0.name, $0.range.count) }
  }

  /// The places of all that is in the database: its front, then its sections.
  var parts: [Range<Int>] {
    [0..<Self.headerSize + sections.count * Self.entrySize] + sections.map(\.range)
  }

  private func unpack(_ section: DatabaseFrame.Section) {
    guard let packed else { return }
    // SAFETY: the section lies inside the memory, and nobody reads it before this is done.
    unsafe packed.unpack(
      from: section.character, to: .init(rebasing: memory.bytes[section.range]))
  }
}

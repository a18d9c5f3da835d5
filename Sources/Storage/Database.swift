import Glibc

/// A compiled database in memory: one position-independent, checksummed blob of named sections.
///
/// Layout, little-endian: magic (8 bytes), format version (u32), section count (u32), size of the
/// blob (u64), checksum of everything after it (u64); then for each section its name (16 bytes,
/// NUL-padded), offset (u64) and byte count (u64); then the sections, each at a multiple of 64.
///
/// The bytes are the database's own private copy: a file rewritten under a running process does not
/// matter. Each owner of a section proves its contents once, when it is opened.
///
/// - Invariant: the bytes never change; every listed section lies inside them.
@safe package final class Database: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): the memory is written in `init` only and freed in `deinit`.
  static let magic: [UInt8] = [0x4B, 0x57, 0x46, 0x44, 0x42, 0x0D, 0x0A, 0x1A]
  static let formatVersion: UInt32 = 1
  static let headerSize = 32
  static let entrySize = 32
  static let alignment = 64
  static let pageSize = 2 << 20

  private let memory: UnsafeMutableRawBufferPointer
  private let sections: [String: Range<Int>]
  /// The checksum: the identity of these bytes.
  package let digest: UInt64

  /// The size of the database, in bytes.
  package var byteCount: Int { unsafe memory.count }

  /// Copies and checks a blob.
  ///
  /// - Parameter bytes: What `DatabaseWriter.finish()` returned.
  /// - Throws: `DatabaseError` when the frame or the checksum is wrong.
  /// - Complexity: O(`bytes.count`).
  package init(_ bytes: Span<UInt8>) throws(DatabaseError) {
    let declared = try Self.checkHeader(bytes)
    digest = declared
    sections = try Self.readSections(bytes)
    unsafe memory = UnsafeMutableRawBufferPointer.allocate(
      byteCount: bytes.count,
      alignment: bytes.count < Self.pageSize ? Self.alignment : Self.pageSize)
    // Tables are read at random: with large pages, few of these reads miss the address cache. It is
    // advice, whose failure changes nothing.
    unsafe madvise(memory.baseAddress, memory.count, MADV_HUGEPAGE)
    unsafe bytes.withUnsafeBytes { unsafe memory.copyMemory(from: $0) }
  }

  deinit { unsafe memory.deallocate() }

  /// Returns a section as a table of `Element`.
  ///
  /// - Returns: The table, valid while this database lives: store both together.
  /// - Throws: `DatabaseError` when it is missing or is no whole number of elements.
  package func table<Element: BitwiseCopyable>(
    _ name: String, of type: Element.Type
  ) throws(DatabaseError) -> Table<Element> {
    guard let range = sections[name] else { throw .missingSection(name) }
    guard range.count % MemoryLayout<Element>.stride == 0 else {
      throw .invalidSection(name, reason: "\(range.count) bytes are no whole number of elements")
    }
    let count = range.count / MemoryLayout<Element>.stride
    guard count > 0, let base = unsafe memory.baseAddress else {
      return unsafe Table(base: nil, count: 0)
    }
    // SAFETY: the section lies inside the memory (readSections) at a multiple of 64, so the
    // elements are aligned; every element type here is an integer or made of integers.
    let start = unsafe (base + range.lowerBound).assumingMemoryBound(to: Element.self)
    return unsafe Table(base: UnsafePointer(start), count: count)
  }

  /// Returns the names of the sections with their sizes in bytes, in file order.
  package var sectionSizes: [(name: String, byteCount: Int)] {
    sections.sorted { $0.value.lowerBound < $1.value.lowerBound }
      .map { ($0.key, $0.value.count) }
  }

  private static func checkHeader(_ bytes: Span<UInt8>) throws(DatabaseError) -> UInt64 {
    guard bytes.count >= headerSize else { throw .notADatabase }
    for index in magic.indices where bytes[index] != magic[index] { throw .notADatabase }
    let version = UInt32(truncatingIfNeeded: load(bytes, 8, 4))
    guard version == formatVersion else {
      throw .otherVersion(found: version, expected: formatVersion)
    }
    let size = Int(truncatingIfNeeded: load(bytes, 16, 8))
    guard size == bytes.count else { throw .wrongSize(found: bytes.count, expected: size) }
    let declared = load(bytes, 24, 8)
    let body = Checksum.of(bytes.extracting(headerSize..<bytes.count))
    guard declared == body ^ load(bytes, 8, 8) else { throw .damaged }
    return declared
  }

  private static func readSections(
    _ bytes: Span<UInt8>
  ) throws(DatabaseError) -> [String: Range<Int>] {
    let count = Int(load(bytes, 12, 4))
    guard count <= 256, headerSize + count * entrySize <= bytes.count else { throw .damaged }
    var sections: [String: Range<Int>] = [:]
    for index in 0..<count {
      let at = headerSize + index * entrySize
      var name = ""
      for offset in 0..<16 where bytes[at + offset] != 0 {
        name.unicodeScalars.append(Unicode.Scalar(bytes[at + offset]))
      }
      let start = load(bytes, at + 16, 8)
      let length = load(bytes, at + 24, 8)
      guard start % UInt64(alignment) == 0, start <= UInt64(bytes.count),
        length <= UInt64(bytes.count) - start, sections[name] == nil
      else { throw .invalidSection(name, reason: "it does not lie inside the file") }
      sections[name] = Int(start)..<Int(start + length)
    }
    return sections
  }

  private static func load(_ bytes: Span<UInt8>, _ at: Int, _ count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
    return value
  }
}

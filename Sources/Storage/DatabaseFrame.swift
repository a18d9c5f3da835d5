/// What stands at the front of a database: its header and the directory of its sections.
///
/// - Invariant: every section lies inside the database, at a multiple of the alignment.
struct DatabaseFrame {
  /// A named part of a database.
  struct Section {
    var name: String
    var range: Range<Int>
  }

  /// The checksum that the header declares, which covers the version and the count of sections too.
  let digest: UInt64
  let sections: [Section]

  /// Reads a frame.
  ///
  /// - Parameters:
  ///   - bytes: The database, or as much of it as `byteCount(_:)` says.
  ///   - size: How many bytes the whole database has.
  /// - Throws: `DatabaseError` for the first thing that is wrong with it.
  init(_ bytes: Span<UInt8>, size: Int) throws(DatabaseError) {
    guard bytes.count >= Database.headerSize else { throw .notADatabase }
    for (index, byte) in Database.magic.enumerated() where bytes[index] != byte {
      throw .notADatabase
    }
    let version = UInt32(truncatingIfNeeded: Self.load(bytes, 8, 4))
    guard version == Database.formatVersion else {
      throw .otherVersion(found: version, expected: Database.formatVersion)
    }
    let declared = Int(truncatingIfNeeded: Self.load(bytes, 16, 8))
    guard declared == size else { throw .wrongSize(found: size, expected: declared) }
    digest = Self.load(bytes, 24, 8)
    sections = try Self.readSections(bytes, size: size)
  }

  /// The bytes of header and directory.
  var byteCount: Int { Database.headerSize + sections.count * Database.entrySize }

  /// Reads from a header how many bytes it has with its directory.
  ///
  /// - Parameter header: At least the header.
  /// - Returns: The count of bytes, at least that of a header.
  static func byteCount(_ header: Span<UInt8>) -> Int {
    Database.headerSize + Int(load(header, 12, 4)) * Database.entrySize
  }

  /// The checksum that the header of these bytes should declare.
  ///
  /// - Precondition: There are bytes enough for a header.
  static func checksum(of bytes: Span<UInt8>) -> UInt64 {
    Checksum.of(bytes.extracting(Database.headerSize..<bytes.count)) ^ load(bytes, 8, 8)
  }

  private static func readSections(
    _ bytes: Span<UInt8>, size: Int
  ) throws(DatabaseError) -> [Section] {
    let count = Int(load(bytes, 12, 4))
    let frame = byteCount(bytes)
    guard count <= 256, frame <= bytes.count else { throw .damaged }
    var sections: [Section] = []
    for index in 0..<count {
      let at = Database.headerSize + index * Database.entrySize
      var name = ""
      for offset in 0..<16 where bytes[at + offset] != 0 {
        name.unicodeScalars.append(Unicode.Scalar(bytes[at + offset]))
      }
      let start = load(bytes, at + 16, 8)
      let length = load(bytes, at + 24, 8)
      guard start % UInt64(Database.alignment) == 0, start >= UInt64(frame),
        start <= UInt64(size), length <= UInt64(size) - start,
        !sections.contains(where: { $0.name == name })
      else { throw .invalidSection(name, reason: "it does not lie inside the file") }
      let range = Int(start)..<Int(start + length)
      sections.append(Section(name: name, range: range))
    }
    return sections
  }

  private static func load(_ bytes: Span<UInt8>, _ at: Int, _ count: Int) -> UInt64 {
    var value: UInt64 = 0
    for index in (0..<count).reversed() { value = value << 8 | UInt64(bytes[at + index]) }
    return value
  }
}

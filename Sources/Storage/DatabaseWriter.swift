/// Writes a database: sections in, one blob out.
package struct DatabaseWriter: Sendable {
  private var sections: [(name: String, bytes: [UInt8])] = []

  /// Creates a writer without sections.
  package init() {}

  /// Adds a section.
  ///
  /// - Parameters:
  ///   - name: At most 16 ASCII characters, unique in the database.
  ///   - elements: Its contents, written as they lie in memory (little-endian machines only).
  package mutating func add<Element: BitwiseCopyable>(_ name: String, _ elements: [Element]) {
    precondition(name.utf8.count <= 16 && !sections.contains { $0.name == name })
    let bytes = unsafe elements.withUnsafeBytes { unsafe [UInt8]($0) }
    sections.append((name, bytes))
  }

  /// Returns the finished blob.
  ///
  /// - Complexity: O(total bytes).
  package consuming func finish() -> [UInt8] {
    var offset = Database.headerSize + sections.count * Database.entrySize
    var directory: [UInt8] = []
    var body: [UInt8] = []
    let start = offset
    for section in sections {
      let padding = (Database.alignment - offset % Database.alignment) % Database.alignment
      body.append(contentsOf: repeatElement(0, count: padding))
      offset += padding
      var name = Array(section.name.utf8)
      name.append(contentsOf: repeatElement(0, count: 16 - name.count))
      directory += name
      Self.append(UInt64(offset), count: 8, to: &directory)
      Self.append(UInt64(section.bytes.count), count: 8, to: &directory)
      body += section.bytes
      offset += section.bytes.count
    }
    precondition(start + body.count == offset)
    let rest = directory + body
    var blob = Database.magic
    Self.append(UInt64(Database.formatVersion), count: 4, to: &blob)
    Self.append(UInt64(sections.count), count: 4, to: &blob)
    let versionAndCount = UInt64(Database.formatVersion) | UInt64(sections.count) << 32
    Self.append(UInt64(Database.headerSize + rest.count), count: 8, to: &blob)
    Self.append(Checksum.of(rest.span) ^ versionAndCount, count: 8, to: &blob)
    return blob + rest
  }

  private static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }
}

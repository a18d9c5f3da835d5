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
  /// Each section is given up when it is written, so that there are never two of the whole.
  ///
  /// - Complexity: O(total bytes).
  package consuming func finish() -> [UInt8] {
    var offset = Database.headerSize + sections.count * Database.entrySize
    var offsets: [Int] = []
    for section in sections {
      offset = (offset + Database.alignment - 1) / Database.alignment * Database.alignment
      offsets.append(offset)
      offset += section.bytes.count
    }
    var blob: [UInt8] = []
    blob.reserveCapacity(offset)
    blob += Database.magic
    Self.append(UInt64(Database.formatVersion), count: 4, to: &blob)
    Self.append(UInt64(sections.count), count: 4, to: &blob)
    Self.append(UInt64(offset), count: 8, to: &blob)
    let checksum = blob.count
    Self.append(0, count: 8, to: &blob)
    for (section, start) in zip(sections, offsets) {
      let name = Array(section.name.utf8)
      blob += name + [UInt8](repeating: 0, count: 16 - name.count)
      Self.append(UInt64(start), count: 8, to: &blob)
      Self.append(UInt64(section.bytes.count), count: 8, to: &blob)
    }
    for index in sections.indices {
      blob.append(contentsOf: repeatElement(0, count: offsets[index] - blob.count))
      blob += sections[index].bytes
      sections[index].bytes = []
    }
    let digest = DatabaseFrame.checksum(of: blob.span)
    for index in 0..<8 {
      blob[checksum + index] = UInt8(truncatingIfNeeded: digest >> UInt64(8 * index))
    }
    return blob
  }

  private static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }
}

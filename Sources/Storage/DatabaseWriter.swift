/// Writes a database: sections in, one blob out.
///
/// Sections are kept as the arrays that they are, and each is given up when it is written; so of a
/// large database there is never a second copy, if the caller keeps none.
package struct DatabaseWriter {
  private struct Section {
    var name: String
    var contents: any SectionContents
  }

  private var sections: [Section] = []

  /// Creates a writer without sections.
  package init() {}

  /// Adds a section.
  ///
  /// - Parameters:
  ///   - name: At most 16 ASCII characters, unique in the database.
  ///   - elements: Its contents, written as they lie in memory (little-endian machines only).
  package mutating func add<Element: BitwiseCopyable>(
    _ name: String, _ elements: consuming [Element]
  ) {
    precondition(name.utf8.count <= 16 && !sections.contains { $0.name == name })
    sections.append(Section(name: name, contents: ArrayContents(elements: elements)))
  }

  /// Returns the finished blob.
  ///
  /// - Complexity: O(total bytes).
  package consuming func finish() -> [UInt8] {
    let offsets = offsets()
    let size = offsets[sections.count]
    return unsafe [UInt8](unsafeUninitializedCapacity: size) { bytes, count in
      unsafe write(offsets, to: UnsafeMutableRawBufferPointer(bytes))
      count = size
    }
  }

  /// Returns the finished blob in the memory of a database.
  consuming func finishedMemory() -> DatabaseMemory {
    let offsets = offsets()
    return unsafe DatabaseMemory(byteCount: offsets[sections.count]) { memory in
      unsafe write(offsets, to: memory)
    }
  }

  /// The offset of each section, and the size of all.
  private func offsets() -> [Int] {
    var offset = Database.headerSize + sections.count * Database.entrySize
    var offsets: [Int] = []
    for section in sections {
      offset = (offset + Database.alignment - 1) / Database.alignment * Database.alignment
      offsets.append(offset)
      offset += section.contents.byteCount
    }
    return offsets + [offset]
  }

  /// Writes all, and gives up the sections.
  @unsafe private mutating func write(
    _ offsets: [Int], to bytes: UnsafeMutableRawBufferPointer
  ) {
    var front = Database.magic
    Self.append(UInt64(Database.formatVersion), count: 4, to: &front)
    Self.append(UInt64(sections.count), count: 4, to: &front)
    Self.append(UInt64(bytes.count), count: 8, to: &front)
    Self.append(0, count: 8, to: &front)
    for (section, start) in zip(sections, offsets) {
      let name = Array(section.name.utf8)
      front += name + [UInt8](repeating: 0, count: 16 - name.count)
      Self.append(UInt64(start), count: 8, to: &front)
      Self.append(UInt64(section.contents.byteCount), count: 8, to: &front)
    }
    // SAFETY: `bytes` has room for all: its size is the last of the offsets.
    unsafe bytes.copyBytes(from: front)
    var end = front.count
    for (index, offset) in offsets.enumerated() {
      for padding in end..<offset { unsafe bytes[padding] = 0 }
      if index == sections.count { break }
      let count = sections[index].contents.byteCount
      unsafe sections[index].contents.write(to: .init(rebasing: bytes[offset..<offset + count]))
      sections[index].contents = ArrayContents<UInt8>(elements: [])
      end = offset + count
    }
    // SAFETY: the span is used while the memory is there.
    let all = unsafe Span<UInt8>(_unsafeBytes: UnsafeRawBufferPointer(bytes))
    let digest = DatabaseFrame.checksum(of: all)
    for index in 0..<8 {
      unsafe bytes[24 + index] = UInt8(truncatingIfNeeded: digest >> UInt64(8 * index))
    }
  }

  private static func append(_ value: UInt64, count: Int, to bytes: inout [UInt8]) {
    for index in 0..<count { bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(8 * index))) }
  }
}

/// An array of any kind of integers, or of records of integers.
private protocol SectionContents {
  var byteCount: Int { get }

  /// - Precondition: The target has `byteCount` bytes.
  @unsafe func write(to target: UnsafeMutableRawBufferPointer)
}

private struct ArrayContents<Element: BitwiseCopyable>: SectionContents {
  let elements: [Element]

  var byteCount: Int { elements.count * MemoryLayout<Element>.stride }

  func write(to target: UnsafeMutableRawBufferPointer) {
    // SAFETY: elements without references are their bytes; the target has room by precondition.
    unsafe elements.withUnsafeBytes { unsafe target.copyMemory(from: $0) }
  }
}

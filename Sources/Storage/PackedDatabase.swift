/// A database as text, which is how the build embeds one in a program.
///
/// Swift source can hold a large constant as text only. Every 48 bytes are 64 characters from `0` to
/// `o`: first the low six bits of each byte, then 16 characters that hold the top two bits of the
/// bytes at their place, 16 further and 32 further; so 16 bytes are unpacked by a few vector
/// instructions. Each part, the header and every section, begins a new group of 48, so that one can
/// be unpacked without the others.
package struct PackedDatabase: Sendable {
  private static let bytesInGroup = 48
  private static let charactersInGroup = 64
  private static let zero: UInt8 = 0x30

  /// The text of all parts, one after the other.
  let text: StaticString
  /// The size of the database that is packed, in bytes.
  let byteCount: Int

  /// Names a packed database.
  ///
  /// - Parameters:
  ///   - text: What `pack` returned.
  ///   - byteCount: The size of the database that was packed.
  package init(text: StaticString, byteCount: Int) {
    self.text = text
    self.byteCount = byteCount
  }

  /// Packs a database.
  ///
  /// - Parameter database: What `DatabaseWriter.finish()` returned.
  /// - Returns: ASCII characters from `0` to `o`: none of them needs an escape in a raw literal.
  /// - Throws: `DatabaseError` when the bytes are no database.
  /// - Complexity: O(`database.count`).
  package static func pack(_ database: [UInt8]) throws(DatabaseError) -> [UInt8] {
    let opened = try Database(database.span)
    var text: [UInt8] = []
    text.reserveCapacity(database.count / bytesInGroup * charactersInGroup + (1 << 16))
    for part in opened.parts {
      for start in stride(from: part.lowerBound, to: part.upperBound, by: bytesInGroup) {
        appendGroup(database[start..<min(start + bytesInGroup, part.upperBound)], to: &text)
      }
    }
    return text
  }

  private static func appendGroup(_ bytes: ArraySlice<UInt8>, to text: inout [UInt8]) {
    var top = [UInt8](repeating: 0, count: 16)
    for place in 0..<bytesInGroup {
      let index = bytes.startIndex + place
      let byte = index < bytes.endIndex ? bytes[index] : 0
      text.append(zero + (byte & 0x3F))
      top[place % 16] |= (byte >> 6) << UInt8(place / 16 * 2)
    }
    for bits in top { text.append(zero + bits) }
  }

  /// Unpacks the whole database.
  ///
  /// - Throws: `DatabaseError` when its frame is wrong.
  /// - Complexity: O(bytes).
  package func unpacked() throws(DatabaseError) -> [UInt8] {
    let frame = try frame()
    var database = front(frame.byteCount)
    database.reserveCapacity(byteCount)
    for section in frame.sections {
      let padding = section.range.lowerBound - database.count
      database.append(contentsOf: repeatElement(0, count: padding))
      database += bytes(section.range.count, from: section.character)
    }
    return database
  }

  /// Unpacks and reads the database's frame.
  func frame() throws(DatabaseError) -> DatabaseFrame {
    let header = front(Database.headerSize)
    guard header.count == Database.headerSize else { throw .notADatabase }
    let front = front(DatabaseFrame.byteCount(header.span))
    return try DatabaseFrame(front.span, size: byteCount)
  }

  /// Unpacks the first bytes, which lie in the first part; none where there are not as many.
  private func front(_ count: Int) -> [UInt8] {
    guard count <= byteCount, Self.characterCount(ofBytes: count) <= text.utf8CodeUnitCount else {
      return []
    }
    return bytes(count, from: 0)
  }

  private func bytes(_ count: Int, from character: Int) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    unsafe bytes.withUnsafeMutableBytes { unsafe unpack(from: character, to: $0) }
    return bytes
  }

  /// How many characters a part of some bytes takes.
  static func characterCount(ofBytes count: Int) -> Int {
    (count + bytesInGroup - 1) / bytesInGroup * charactersInGroup
  }

  /// Unpacks a part.
  ///
  /// - Parameters:
  ///   - character: Where its text begins.
  ///   - target: Room for it; its count is the part's.
  @unsafe func unpack(from character: Int, to target: UnsafeMutableRawBufferPointer) {
    let needed = Self.characterCount(ofBytes: target.count)
    precondition(character >= 0 && character + needed <= text.utf8CodeUnitCount)
    text.withUTF8Buffer { characters in
      guard let from = characters.baseAddress, let to = target.baseAddress else {
        return
      }
      // SAFETY: each group reads 64 characters, which are there by the precondition, and writes 48
      // bytes, the last group no more than are left of the target.
      var source = unsafe UnsafeRawPointer(from) + character
      var done = 0
      while done + Self.bytesInGroup <= target.count {
        unsafe Self.unpackGroup(source, to + done)
        unsafe source += Self.charactersInGroup
        done += Self.bytesInGroup
      }
      if done == target.count { return }
      unsafe withUnsafeTemporaryAllocation(byteCount: Self.bytesInGroup, alignment: 16) { last in
        guard let group = last.baseAddress else { return }
        unsafe Self.unpackGroup(source, group)
        unsafe (to + done).copyMemory(from: group, byteCount: target.count - done)
      }
    }
  }

  @inline(__always)
  @unsafe private static func unpackGroup(
    _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer
  ) {
    typealias Lane = SIMD16<UInt8>
    let zeros = Lane(repeating: zero)
    let mask = Lane(repeating: 0xC0)
    // SAFETY: the caller gives 64 readable and 48 writable bytes.
    let top = unsafe source.loadUnaligned(fromByteOffset: 48, as: Lane.self) &- zeros
    let first = unsafe source.loadUnaligned(as: Lane.self) &- zeros
    let second = unsafe source.loadUnaligned(fromByteOffset: 16, as: Lane.self) &- zeros
    let third = unsafe source.loadUnaligned(fromByteOffset: 32, as: Lane.self) &- zeros
    unsafe target.storeBytes(of: first | (top &<< 6) & mask, as: Lane.self)
    unsafe target.storeBytes(of: second | (top &<< 4) & mask, toByteOffset: 16, as: Lane.self)
    unsafe target.storeBytes(of: third | (top &<< 2) & mask, toByteOffset: 32, as: Lane.self)
  }
}

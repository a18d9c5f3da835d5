import Filtering
import Lexicons
import Storage
import Testing

/// Bytes are packed when the library is embedded; `LibraryTests` unpacks the whole library.
@Suite struct PackedDatabaseTests {
  static func database(_ sections: [(String, [UInt8])]) -> [UInt8] {
    var writer = DatabaseWriter()
    for (name, bytes) in sections { writer.add(name, bytes) }
    return writer.finish()
  }

  @Test func `packing writes characters that need no escape`() throws {
    let bytes = (0..<1_000).map { UInt8(truncatingIfNeeded: $0 * 37) }
    let text = try PackedDatabase.pack(Self.database([("a", bytes), ("b", []), ("c", [255])]))
    #expect(text.count % 64 == 0)
    #expect(text.allSatisfy { 0x30...0x6F ~= $0 })
  }

  @Test func `what is no database is not packed`() {
    #expect(throws: DatabaseError.notADatabase) { try PackedDatabase.pack([1, 2, 3]) }
  }

  @Test func `a cut text is refused`() {
    let packed = PackedDatabase(text: "0000", byteCount: 1_000)
    #expect(throws: DatabaseError.notADatabase) { try packed.unpacked() }
    #expect(throws: DatabaseError.notADatabase) { try Database(packed) }
  }

  @Test func `text that is no database is refused`() {
    let packed = PackedDatabase(
      text: "0000000000000000000000000000000000000000000000000000000000000000", byteCount: 40)
    #expect(throws: DatabaseError.notADatabase) { try Database(packed) }
  }
}

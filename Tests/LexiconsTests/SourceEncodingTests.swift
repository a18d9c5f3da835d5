import Foundation
import Lexicons
import Testing

struct SourceEncodingTests {
  static let text = head + "雇凶杀人\n替人卸条腿\nhire a hitman\n"

  @Test(arguments: [
    (String.Encoding.utf16LittleEndian, [UInt8]([0xFF, 0xFE]), "UTF-16LE"),
    (.utf16BigEndian, [0xFE, 0xFF], "UTF-16BE"), (.utf16LittleEndian, [], "UTF-16LE"),
    (.utf16BigEndian, [], "UTF-16BE"), (.utf32LittleEndian, [0xFF, 0xFE, 0, 0], "UTF-32"),
  ])
  func `UTF-16 and UTF-32 are named`(encoding: String.Encoding, mark: [UInt8], name: String) throws
  {
    let bytes = mark + Array(try #require(Self.text.data(using: encoding)))
    let found = problems(["f.txt": bytes])
    #expect(found.map(\.kind) == [.notUTF8])
    #expect(found.first?.message.contains("iconv -f \(name) -t UTF-8") == true, "\(found)")
  }

  @Test func `GBK is named`() {
    // 雇凶杀人, 宣扬暴力 in GBK.
    let words: [UInt8] = [
      0xB9, 0xCD, 0xD0, 0xD7, 0xC9, 0xB1, 0xC8, 0xCB, 0x0A, 0xD0, 0xFB, 0xD1, 0xEF, 0xB1, 0xA9,
      0xC1,
      0xA6, 0x0A,
    ]
    let found = problems(["f.txt": Array("risk: A.1.f\n".utf8) + words])
    #expect(found.map(\.kind) == [.notUTF8])
    #expect(found.first?.message.contains("GBK / GB18030") == true)
    #expect(found.first?.message.contains("iconv -f GB18030 -t UTF-8") == true)
  }

  @Test func `single bad bytes are reported line by line`() {
    var bytes = Array(Self.text.utf8)
    bytes += Array("甲乙\n丙".utf8) + [0xE4, 0xB8] + Array("\n丁戊".utf8) + [0xFF, 0x0A]
    let found = problems(["f.txt": bytes])
    #expect(found.map(\.kind) == [.notUTF8, .notUTF8])
    #expect(found.map(\.line) == [8, 9])
    #expect(found.map(\.column) == [2, 3])
  }

  @Test func `a stray NUL is a control character`() {
    #expect(problems("甲\0乙").map(\.kind) == [.controlCharacter])
  }
}

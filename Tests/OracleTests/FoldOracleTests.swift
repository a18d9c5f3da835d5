import Folding
import TestSupport
import Testing

@Suite struct FoldOracleTests {
  @Test func `every scalar folds as the published files say`() throws {
    let characters = try OracleCharacters()
    var wrong: [String] = []
    for value in UInt32(0)...0x10FFFF {
      guard let scalar = Unicode.Scalar(value) else { continue }
      let fold = Folder.fold(value)
      let symbols = (0..<fold.count).map { fold[$0] }
      let expected = characters.fold(value)
      let kind = characters.kind(value)
      let traits = symbols.map { Folder.trait(ofSymbol: $0).rawValue }
      if symbols == expected && "\(fold.kind)" == "\(kind)"
        && traits == expected.map({ UInt8(characters.trait($0).rawValue) })
      {
        continue
      }
      wrong.append(
        "U+\(String(value, radix: 16)) \(scalar): \(symbols) \(fold.kind) \(traits), not "
          + "\(expected) \(kind) \(expected.map(characters.trait))")
    }
    #expect(wrong.isEmpty, "\(wrong.count): \(wrong.prefix(20).joined(separator: "\n"))")
  }
}

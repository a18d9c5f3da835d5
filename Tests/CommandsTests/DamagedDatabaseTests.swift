import Filtering
import Lexicons
import Testing

@Suite struct DamagedDatabaseTests {
  static let keywords = """
    risk: A.1.h
    title: t
    version: 2026-11-22
    雇凶杀人
    大麻 | except=大麻烦/大麻花
    {buy} = 买 / 求购
    & {buy} + 手枪/子弹 | within=8
    ~ 加[vq]\\d{6,12}
    """
  static let text = "求购手枪，大麻烦，大麻，雇凶杀人，加v1234567"

  @Test func `a flipped byte is refused or changes nothing`() throws {
    let lexicon = try LexiconParser.parse(files: [("A.1.h.txt", Array(Self.keywords.utf8))])
    let database = try FilterEngine.compile(lexicon)
    let expected = try FilterEngine(database: database.span).verdict(of: Self.text).findings
    #expect(expected.count == 4)
    var refused = 0
    for sample in 0..<500 {
      var broken = database
      let index = sample < 64 ? sample : sample * 7919 % database.count
      broken[index] ^= UInt8(1 << (sample % 8))
      guard let engine = try? FilterEngine(database: broken.span) else {
        refused += 1
        continue
      }
      #expect(engine.verdict(of: Self.text).findings == expected, "byte \(index)")
    }
    #expect(refused > 400)
  }

  @Test func `a cut database is refused`() throws {
    let lexicon = try LexiconParser.parse(files: [("A.1.h.txt", Array(Self.keywords.utf8))])
    let database = try FilterEngine.compile(lexicon)
    for count in stride(from: 0, to: database.count, by: 37) {
      #expect(throws: FilterError.self) {
        try FilterEngine(database: database.span.extracting(..<count))
      }
    }
  }
}

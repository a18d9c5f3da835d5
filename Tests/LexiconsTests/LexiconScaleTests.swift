import Foundation
import Lexicons
import Testing

struct LexiconScaleTests {
  static let isLong = ProcessInfo.processInfo.environment["KWFILTER_LONG_TESTS"] != nil

  /// Terms of seven ideographs that count upwards, no two the same.
  static func terms(_ count: Int) -> [UInt8] {
    let digits = "甲乙丙丁戊己庚辛壬癸".map { Array($0.utf8) }
    var bytes = Array(head.utf8)
    for number in 0..<count {
      var rest = number
      for _ in 0..<7 {
        bytes += digits[rest % 10]
        rest /= 10
      }
      bytes.append(0x0A)
    }
    return bytes
  }

  @Test(.enabled(if: isLong)) func `a million terms are read in seconds`() throws {
    let bytes = Self.terms(1_000_000)
    var count = 0
    let time = try ContinuousClock().measure {
      count = try LexiconParser.parse(files: [("f.txt", bytes)]).entries.count
    }
    #expect(count == 1_000_000)
    #expect(time < .seconds(10))
    print("a million terms: \(time)")
  }

  @Test func `many terms are all kept`() throws {
    let lexicon = try LexiconParser.parse(files: [("f.txt", Self.terms(2_000))])
    #expect(lexicon.entries.count == 2_000 && lexicon.duplicates.isEmpty)
  }
}

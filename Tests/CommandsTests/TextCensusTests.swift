import CText
import Commands
import Testing

@Suite struct TextCensusTests {
  /// What the standard library and a loop find.
  struct Expected: Equatable {
    var characters = 0
    var illFormed = 0
    var nulls = 0
    var lineFeeds = 0

    init(_ bytes: [UInt8]) {
      var parser = Unicode.UTF8.ForwardParser()
      var iterator = bytes.makeIterator()
      reading: while true {
        switch parser.parseScalar(from: &iterator) {
        case .valid: characters += 1
        case .error: illFormed += 1
        case .emptyInput: break reading
        }
      }
      for byte in bytes {
        if byte == 0 { nulls += 1 }
        if byte == 0x0A { lineFeeds += 1 }
      }
    }

    init(_ census: TextCensus) {
      (characters, illFormed) = (census.characters, census.illFormed)
      (nulls, lineFeeds) = (census.nulls, census.lineFeeds)
    }
  }

  /// What a census counts of a text that is cut at some places.
  static func counted(_ bytes: [UInt8], cuts: [Int] = []) -> Expected {
    var census = TextCensus()
    var start = 0
    for end in cuts.sorted() + [bytes.count] {
      census.read(bytes.span.extracting(start..<end))
      start = end
    }
    census.finish()
    return Expected(census)
  }

  struct Random {
    var state: UInt64

    mutating func below(_ limit: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % limit
    }
  }

  static let alphabet: [UInt8] = [
    0, 0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE4, 0xED, 0xF0, 0xF4, 0xF5,
    0x0A,
  ]

  @Test func `short texts are counted as the standard library does, however cut`() {
    var random = Random(state: 3)
    for _ in 0..<3_000 {
      let bytes = (0..<12).map { _ in Self.alphabet[random.below(17)] }
      #expect(Self.counted(bytes, cuts: [random.below(12)]) == Expected(bytes), "\(bytes)")
    }
  }

  @Test func `long texts with faults are counted as the standard library does`() {
    var random = Random(state: 5)
    let scalars: [Unicode.Scalar] = [
      "a", "\n", "é", "好", "人", "\u{7FF}", "\u{800}", "\u{FFF}", "\u{D7FF}", "\u{E000}",
      "\u{FFFF}", "\u{10000}", "😀", "\u{10FFFF}", "\0",
    ]
    for round in 0..<400 {
      // From texts of one kind of characters to all kinds, with up to three faults.
      let kinds = 1 + round % scalars.count
      let first = random.below(scalars.count)
      var text = String.UnicodeScalarView()
      for _ in 0..<(60 + random.below(4_000)) {
        text.append(scalars[(first + random.below(kinds)) % scalars.count])
      }
      var bytes = Array(String(text).utf8)
      for _ in 0..<(round % 4) {
        bytes[random.below(bytes.count)] = Self.alphabet[random.below(17)]
      }
      let cuts = (0..<(round % 3)).map { _ in random.below(bytes.count) }
      #expect(Self.counted(bytes, cuts: cuts) == Expected(bytes), "round \(round)")
    }
  }

  @Test func `two bytes at every place among others are judged right`() {
    for first in 0x7F...0xFF {
      for second in [0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC2, 0xE4] {
        var bytes = Array(String(repeating: "好人", count: 40).utf8)
        bytes[117] = UInt8(first)
        bytes[118] = UInt8(second)
        #expect(Self.counted(bytes) == Expected(bytes), "\(first) \(second)")
      }
    }
  }

  @Test func `the code for this CPU counts what the code for any CPU counts`() {
    var random = Random(state: 7)
    for round in 0..<300 {
      var bytes = Array(String(repeating: "好a\n", count: 20 + random.below(2_000)).utf8)
      if round % 2 == 1 { bytes[random.below(bytes.count)] = UInt8(random.below(256)) }
      bytes.removeLast(random.below(5))
      var one = kw_text_counts()
      var other = kw_text_counts()
      let length = kw_count_characters(bytes, bytes.count, &one)
      #expect(kw_count_characters_portable(bytes, bytes.count, &other) == length)
      #expect(one.characters == other.characters && one.nulls == other.nulls)
      #expect(one.line_feeds == other.line_feeds)
      let prefix = Expected(Array(bytes[..<length]))
      #expect(prefix.illFormed == 0 && prefix.characters == Int(one.characters))
      #expect(kw_count_line_feeds(bytes, bytes.count) == bytes.count { $0 == 0x0A })
    }
  }

  @Test func `more than one percent is suspicious`() {
    func census(_ good: Int, _ bad: [UInt8]) -> TextCensus {
      var census = TextCensus()
      let bytes = [UInt8](repeating: 0x61, count: good) + bad
      census.read(bytes.span)
      census.finish()
      return census
    }
    #expect(!census(99, [0xFF]).isSuspicious)
    #expect(census(98, [0xFF]).isSuspicious)
    #expect(census(98, [0]).isSuspicious)
    #expect(!census(0, []).isSuspicious)
  }
}

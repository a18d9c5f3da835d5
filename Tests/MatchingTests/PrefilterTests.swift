import CScan
import Folding
import Matching
import Storage
import Testing

@Suite(.serialized) struct PrefilterTests {
  /// Returns the hits of a text, and whether a segment was dense.
  private func scan(_ prefilter: Prefilter, _ text: String) -> Set<String> {
    Set(
      hits(prefilter, Array(text.utf8)).map { hit in
        "\(hit.pattern):" + String(decoding: Array(text.utf8)[hit.range], as: UTF8.self)
      })
  }

  private func hits(_ prefilter: Prefilter, _ haystack: [UInt8]) -> [PrefilterHit] {
    var scanner = PrefilterScanner(prefilter)
    var hits: [PrefilterHit] = []
    while let segment = scanner.next(in: haystack.span, into: &hits) {
      #expect(!segment.isDense)
    }
    return hits
  }

  private func prefilter(_ texts: [String], isBounded: Bool = true) throws -> Prefilter {
    try Prefilter(
      patterns: texts.map { PrefilterPattern(term: folded($0), isBounded: isBounded) },
      folding: FolderFolding())
  }

  @Test func `patterns are found through noise and in other spellings`() throws {
    let patterns = ["法轮功", "buy drugs", "k粉", "word", "房价", "株式会社"]
    let prefilter = try prefilter(patterns)
    #expect(prefilter.unanchored.isEmpty)
    let cases: [(String, Set<String>)] = [
      ("讲法轮功。", ["0:法轮功"]),
      ("法-轮*功", ["0:法-轮*功"]),
      ("法，轮，功", ["0:法，轮，功"]),
      ("法輪功", ["0:法輪功"]),
      ("法\u{200B}轮\u{FE0F}功", ["0:法\u{200B}轮\u{FE0F}功"]),
      ("法\n轮功", []),
      ("Buy  Drugs now", ["1:Buy  Drugs"]),
      ("ｂｕｙ ｄｒｕｇｓ", ["1:ｂｕｙ ｄｒｕｇｓ"]),
      ("bùy drügs", ["1:bùy drügs"]),
      ("a K粉 b", ["2:K粉"]),
      ("Ｋ 粉", ["2:Ｋ 粉"]),
      ("w-o-r-d", ["3:w-o-r-d"]),
      ("words, sword", []),
      ("房 價", ["4:房 價"]),
      ("房👍🏽价", ["4:房👍🏽价"]),
      ("㍿", ["5:㍿"]),
      ("", []),
    ]
    for (text, expected) in cases {
      #expect(scan(prefilter, text) == expected, "\(text)")
    }
  }

  @Test func `boundaries count only where a pattern asks for them`() throws {
    let free = try prefilter(["word", "av", "sex"], isBounded: false)
    #expect(scan(free, "sWords") == ["0:Word"])
    #expect(scan(free, "wave") == ["1:av"])
    let bounded = try prefilter(["word", "av", "sex"])
    #expect(scan(bounded, "swords wave sexy essex").isEmpty)
    #expect(scan(bounded, "看AV片, sex!") == ["1:AV", "2:sex"])
  }

  @Test func `words of every length are found, whatever splits them`() throws {
    let words = ["av", "sex", "word", "drugs", "heroin", "cocaine", "nembutal", "buy it now"]
    let prefilter = try prefilter(words)
    #expect(prefilter.unanchored.isEmpty)
    for (index, word) in words.enumerated() {
      for gap in ["", "\u{200B}", "-"] {
        let spelled = word.map(String.init).joined(separator: gap)
        for (before, behind) in [("", ""), ("看 ", "。"), ("x ", " y"), ("毒", "品")] {
          let found = scan(prefilter, before + spelled + behind)
          #expect(found == ["\(index):\(spelled)"], "\(before)\(spelled)\(behind)")
        }
      }
      #expect(scan(prefilter, "x\(word)").isEmpty)
      #expect(scan(prefilter, "\(word)1").isEmpty)
    }
  }

  @Test func `characters that differ in the first byte alone are told apart`() throws {
    // Both end in BF 99.
    let prefilter = try prefilter(["为忙", "忙为了"])
    #expect(scan(prefilter, "为这，这为了").isEmpty)
    #expect(scan(prefilter, "为忙，忙为了") == ["0:为忙", "1:忙为了"])
    var scanner = PrefilterScanner(prefilter)
    var hits: [PrefilterHit] = []
    let text = Array("为这，这为了".utf8)
    #expect(scanner.next(in: text.span, into: &hits)?.survivors == 0)
  }

  @Test func `symbols off the planes and single characters are found`() throws {
    let patterns = ["カジノ", "наркотик", "마약", "屌", "𠮷", "ﬁ"]
    let prefilter = try prefilter(patterns)
    #expect(prefilter.unanchored.isEmpty)
    for (index, pattern) in patterns.enumerated() {
      #expect(scan(prefilter, "前 \(pattern) 后") == ["\(index):\(pattern)"], "\(pattern)")
    }
    #expect(scan(prefilter, "ｶｼﾞﾉ") == ["0:ｶｼﾞﾉ"])
    // One scalar of two symbols, of which the pattern has only the second.
    #expect(scan(try self.prefilter(["ノ"]), "㌨") == ["0:㌨"])
  }

  @Test func `patterns without an anchor are named`() throws {
    let long = String(repeating: "长", count: 65)
    let prefilter = try prefilter(["a", "木马", "7", long, ""])
    #expect(prefilter.unanchored == [0, 2, 3, 4])
    #expect(prefilter.patternCount == 5)
  }

  @Test func `an anchor is found where segments meet`() throws {
    let patterns = ["法轮功", "木马", "trojan", "k粉", "粉k"]
    let prefilter = try prefilter(patterns)
    for shift in -20...20 {
      for (index, pattern) in patterns.enumerated() {
        for gap in ["", " ", "\u{200B}"] where index != 2 || gap == "\u{200B}" {
          let spelled = pattern.map(String.init).joined(separator: gap)
          let lead = String(repeating: ".", count: 6144 + shift)
          let text = lead + spelled + " "
          #expect(scan(prefilter, text) == ["\(index):\(spelled)"], "\(shift) \(spelled)")
        }
      }
    }
  }

  @Test func `dense text is reported instead of verified`() throws {
    let prefilter = try prefilter(["法轮功", "木马"])
    let haystack = Array(String(repeating: "木马，", count: 5000).utf8)
    var scanner = PrefilterScanner(prefilter)
    var hits: [PrefilterHit] = []
    var end = 0
    while let segment = scanner.next(in: haystack.span, into: &hits) {
      #expect(segment.isDense)
      #expect(segment.range.lowerBound == end)
      #expect(segment.reach.lowerBound <= segment.range.lowerBound)
      #expect(segment.survivors > 100)
      end = segment.range.upperBound
    }
    #expect(end == haystack.count)
    #expect(hits.isEmpty)
  }

  @Test func `a scanner is ready for another haystack`() throws {
    let prefilter = try prefilter(["木马"])
    var scanner = PrefilterScanner(prefilter)
    var hits: [PrefilterHit] = []
    for text in ["木", "马 木马", "", "木马"] {
      let haystack = Array(text.utf8)
      while scanner.next(in: haystack.span, into: &hits) != nil {}
    }
    #expect(hits.map(\.range) == [4..<10, 0..<6])
  }

  private func blob(_ texts: [String]) -> [UInt8] {
    var writer = DatabaseWriter()
    Prefilter.write(
      texts.map { PrefilterPattern(term: folded($0), isBounded: true) }, folding: FolderFolding(),
      to: &writer)
    return writer.finish()
  }

  @Test func `tables in a database find the same`() throws {
    let texts = ["法轮功", "buy drugs", "k粉", "カジノ", "屌", "㈱", "a"]
    let first = try prefilter(texts)
    let bytes = blob(texts)
    let second = try Prefilter(Database(bytes.span))
    #expect(second.patternCount == 7 && second.unanchored == [6])
    let text = "法-輪-功 Buy drugs ｋ粉 カジノ 屌 株"
    #expect(scan(first, text) == scan(second, text))
    #expect(scan(first, text).count == 6)
    #expect(blob(texts) == bytes)
  }

  @Test func `damaged tables are refused or harmless`() throws {
    let coded = blob(["法轮功", "buy drugs", "k粉", "カジノ", "屌", "㈱"])
    let whole = try Database(coded.span)
    let sections = try whole.sectionSizes.map { name, size in
      (name: name, bytes: try whole.table(name, of: UInt8.self).elements(0..<size))
    }
    var random = PrefilterRandom(seed: 5)
    let text = random.text(bytes: 2000)
    var refused = 0
    for round in 0..<36 {
      // The same sections under a checksum that fits, one of them damaged, cut or left out.
      var writer = DatabaseWriter()
      let victim = random.pick(sections).name
      for (name, whole) in sections where name != victim || round % 6 != 0 {
        var bytes = whole
        if name == victim && !bytes.isEmpty {
          if round % 6 == 1 { bytes.removeLast(min(8, bytes.count)) }
          for _ in 0..<Int.random(in: 1...8, using: &random) where !bytes.isEmpty {
            bytes[Int.random(in: bytes.indices, using: &random)] =
              UInt8.random(in: 0...255, using: &random)
          }
        }
        writer.add(name, bytes)
      }
      let damaged = writer.finish()
      guard let prefilter = try? Prefilter(Database(damaged.span)) else {
        refused += 1
        continue
      }
      var scanner = PrefilterScanner(prefilter, denseShare: 1)
      var hits: [PrefilterHit] = []
      while scanner.next(in: text.span, into: &hits) != nil {}
      for hit in hits { #expect(hit.range.upperBound <= text.count) }
    }
    #expect(refused > 10)
  }

  @Test func `a kernel that cannot be used is named with the remedy`() {
    defer { kw_select_kernel(nil) }
    #expect(PrefilterKernel.problem(with: "portable") == nil)
    #expect(PrefilterKernel.problem(with: "automaton") == nil)
    #expect(PrefilterKernel.problem(with: "portable-automaton") == nil)
    #expect(PrefilterKernel.problem(with: "sse9-automaton") == .unknown("sse9-automaton"))
    let unknown = PrefilterKernel.problem(with: "sse9")
    #expect(unknown == .unknown("sse9"))
    #expect(unknown?.description.contains("portable, avx2, avx512, neon or automaton") == true)
    #if arch(x86_64)
      #expect(PrefilterKernel.problem(with: "neon") == .lacking("neon"))
    #else
      #expect(PrefilterKernel.problem(with: "avx2") == .lacking("avx2"))
    #endif
    #expect(["portable", "avx2", "avx512", "neon", "automaton"].contains(PrefilterKernel.name))
  }
}

/// The folded symbols of a text.
func folded(_ text: String) -> [UInt32] { Folder.fold(text: text).map(\.symbol) }

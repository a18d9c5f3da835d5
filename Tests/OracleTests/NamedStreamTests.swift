import Filtering
import Lexicons
import TestSupport
import Testing

@Suite struct NamedStreamTests {
  private func engine(_ lines: [String]) throws -> FilterEngine {
    let text = "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n" + lines.joined(separator: "\n")
    return try FilterEngine(files: [("A.1.h-test.txt", Array((text + "\n").utf8))])
  }

  @Test func `a character cut after its first byte is held and then released whole`() throws {
    let engine = try engine(["法轮转"])
    let bytes = Array("好".utf8)
    for first in 1...2 {
      var stream = engine.stream()
      var sink = StreamCollector()
      let (head, tail) = (Array(bytes[..<first]), Array(bytes[first...]))
      stream.push(head.span, to: &sink)
      #expect(sink.released.isEmpty)
      let count = stream.heldCount
      #expect(count == first)
      stream.push(tail.span, to: &sink)
      #expect(sink.released == bytes)
      let after = stream.heldCount
      #expect(after == 0)
      stream.finish(to: &sink)
      #expect(sink.released == bytes)
    }
  }

  @Test func `a character cut by the end is released as it was`() throws {
    let engine = try engine(["法轮转"])
    var stream = engine.stream()
    var sink = StreamCollector()
    let bytes: [UInt8] = Array("好".utf8) + [0xE6, 0xB3]
    stream.push(bytes.span, to: &sink)
    let count = stream.heldCount
    #expect(count == 2)
    stream.finish(to: &sink)
    #expect(sink.released == bytes)
  }

  @Test func `a term cut between every two bytes never leaks`() throws {
    let engine = try engine(["法轮转", "buy drugs"])
    for term in ["法轮转", "法 轮*转", "buy drugs", "BUY  ＤＲＵＧＳ"] {
      let bytes = Array("请看\(term)。".utf8)
      let start = 6
      let end = bytes.count - 3
      for cut in 0...bytes.count {
        var stream = engine.stream(blockHandling: .mask)
        var sink = StreamCollector()
        for chunk in [Array(bytes[..<cut]), Array(bytes[cut...])] {
          stream.push(chunk.span, to: &sink)
          let text = String(decoding: sink.released, as: UTF8.self)
          #expect(text.unicodeScalars.allSatisfy { "请看。*".unicodeScalars.contains($0) })
        }
        stream.finish(to: &sink)
        let count = String(decoding: bytes[start..<end], as: UTF8.self).unicodeScalars.count
        let mask = String(repeating: "*", count: count)
        #expect(String(decoding: sink.released, as: UTF8.self) == "请看\(mask)。", "cut at \(cut)")
      }
    }
  }

  @Test func `a term that straddles 40 chunks of one byte is stopped before its first byte`() throws
  {
    let engine = try engine(["一二三四五六七八九十甲乙丙丁"])
    let bytes = Array("好一二三四五六七八九十甲乙丙丁".utf8)
    #expect(bytes.count - 3 > 40)
    var stream = engine.stream()
    var sink = StreamCollector()
    for byte in bytes {
      let chunk = [byte]
      stream.push(chunk.span, to: &sink)
      #expect(sink.released.count <= 3)
    }
    let isBlocked = stream.isBlocked
    #expect(isBlocked)
    stream.finish(to: &sink)
    #expect(sink.released == Array("好".utf8))
  }

  @Test func `a spelled term before a full stop is stopped before its first byte`() throws {
    let engine = try engine(["ssss"])
    for text in ["s-s-s-s.", "s-s-s-s-.", "s s s s. ", "s　s　s　s.x", "s-s-s-s.-s"] {
      let bytes = Array(text.utf8)
      for cut in 0...bytes.count {
        let sink = engine.released(bytes, cutAt: cut)
        #expect(sink.released.isEmpty, "\(text) cut at \(cut)")
      }
    }
  }

  @Test func `a full stop behind a joiner is held as what does not count`() throws {
    let engine = try engine(["一株发"])
    let bytes = Array("一株\u{200D}.发".utf8)
    for cut in 0...bytes.count {
      let sink = engine.released(bytes, cutAt: cut, policy: Policy(noiseLimit: 0))
      #expect(sink.released.isEmpty, "cut at \(cut)")
    }
  }

  @Test func `a full stop behind Han is held as the mark that a term has`() throws {
    let engine = try engine(["币. 3"])
    for (text, limit) in [("币. 3", 0), ("币***. 3", 3)] {
      let bytes = Array(text.utf8)
      for cut in 0...bytes.count {
        let sink = engine.released(bytes, cutAt: cut, policy: Policy(noiseLimit: limit))
        #expect(sink.released.isEmpty, "\(text) cut at \(cut)")
      }
    }
  }

  @Test func `what is reported before a stop does not depend on the chunks`() throws {
    let engine = try engine(["卖", "k卖卖"])
    let bytes = Array("K:卖卖".utf8)
    for cut in 0...bytes.count {
      let ranges = engine.released(bytes, cutAt: cut).events.compactMap { event in
        if case .finding(let finding) = event { finding.range } else { nil }
      }
      #expect(ranges == [2..<5], "cut at \(cut)")
    }
  }

  @Test func `nothing is held after it is decided`() throws {
    let engine = try engine(["法轮转 | except=法轮转动", "弹药", "sm"])
    // What is pushed, and how many bytes are held then.
    let steps: [(String, Int)] = [
      ("好", 0), ("法", 3), ("轮", 6), ("好", 0), ("弹", 3), ("药", 0), ("s", 1), ("m", 2), ("x", 0),
      (" ", 0), ("s", 1), ("m", 2), ("。", 0), ("法", 3), ("轮", 6), ("转", 9), ("动", 0),
      ("法", 3), ("轮", 6), ("转", 9), ("了", 0),
    ]
    var stream = engine.stream(blockHandling: .mask)
    var sink = StreamCollector()
    var before = ""
    for (text, held) in steps {
      before += text
      let chunk = Array(text.utf8)
      stream.push(chunk.span, to: &sink)
      let count = stream.heldCount
      #expect(count == held, "after \(before)")
    }
    stream.finish(to: &sink)
    #expect(
      String(decoding: sink.released, as: UTF8.self) == "好法轮好**smx **。法轮转动***了")
  }

  @Test func `too many invisible characters are the same finding in a stream`() throws {
    let flood = String(repeating: "\u{200B}", count: 40)
    for lines in [["法轮转"], ["& 买卖 + 枪"], ["法轮转 | action=review"], ["word"]] {
      let engine = try engine(lines)
      for text in ["法\(flood)轮转", "买\(flood)卖枪", "w-o\(flood)-r-d", "法，轮\(flood)，转"] {
        let bytes = Array(text.utf8)
        let whole = engine.findings(in: bytes.span).map(\.range)
        #expect(engine.streamedRanges(in: bytes) == whole, "\(lines) \(text.prefix(3))")
      }
    }
  }

  @Test func `a term that is switched off or only tags holds nothing`() throws {
    let off = Policy(disabled: RiskSet(.otherProhibited))
    let cases = [
      (try engine(["word", "法轮转", "~ ab{1,3}c"]), off),
      (try engine(["word | action=tag", "法轮转 | action=review"]), Policy()),
    ]
    for (engine, policy) in cases {
      for text in ["w-o-r-d-", "wor", "法，轮，转", "法*轮", "法轮转", "w o r d"] {
        var stream = engine.stream(policy: policy)
        var sink = StreamCollector()
        for scalar in text.unicodeScalars {
          let chunk = Array(String(scalar).utf8)
          stream.push(chunk.span, to: &sink)
          let held = stream.heldCount
          #expect(held == 0, "\(text) at \(scalar)")
        }
        stream.finish(to: &sink)
      }
    }
  }
}

extension FilterEngine {
  /// What a stream that stops at blocking findings gives of a text in two chunks.
  fileprivate func released(
    _ bytes: [UInt8], cutAt cut: Int, policy: Policy = Policy()
  ) -> StreamCollector {
    var stream = stream(policy: policy)
    var sink = StreamCollector()
    for chunk in [Array(bytes[..<cut]), Array(bytes[cut...])] {
      stream.push(chunk.span, to: &sink)
    }
    stream.finish(to: &sink)
    return sink
  }
}

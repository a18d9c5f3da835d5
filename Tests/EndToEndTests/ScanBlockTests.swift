import Foundation
import Testing

/// `kwfilter scan` of texts that are longer than what is read at a time, 1 MiB.
@Suite struct ScanBlockTests {
  /// The size of a block, and of a line that is not waited for.
  static let block = 1 << 20
  static let longLine = 1 << 18

  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    let header = "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n\n"
    let terms = "雇凶杀人\nhire a hitman\n法币\n& 代购 + 枪支\n"
    try sandbox.write("lines/k.txt", header + terms)
    // A regex may span lines, so that all is read as one stream.
    try sandbox.write("stream/k.txt", header + terms + "~ qq{8}x\n")
    try sandbox.write("spanning/k.txt", header + "~ 甲[^乙]{0,40}乙\n法币\n")
  }

  func scan(_ bytes: [UInt8], _ keywords: String = "lines", _ more: [String] = []) throws
    -> KwFilterProgram.Run
  {
    try sandbox.write("text.txt", bytes)
    return try KwFilterProgram.run(
      ["scan", "--json", "text.txt", "--keywords", keywords] + more, in: sandbox.folder)
  }

  /// The lines and offsets of hits, as the program writes them.
  func places(_ run: KwFilterProgram.Run) throws -> [Place] {
    try run.text.split(separator: "\n").map {
      try JSONDecoder().decode(Place.self, from: Data($0.utf8))
    }
  }

  struct Place: Decodable, Equatable {
    var line: Int
    var start: Int
    var end: Int
  }

  /// Where a word stands, found byte by byte.
  static func occurrences(of word: String, in bytes: [UInt8]) -> [Place] {
    let word = Array(word.utf8)
    var found: [Place] = []
    var line = 1
    for at in bytes.indices {
      if bytes[at] == word[0], bytes[at...].starts(with: word) {
        found.append(Place(line: line, start: at, end: at + word.count))
      }
      if bytes[at] == 0x0A { line += 1 }
    }
    return found
  }

  /// Some text of so many bytes without a line break, with a word at its begin and end.
  static func line(_ count: Int) -> [UInt8] {
    let word = Array("法币".utf8)
    guard count >= 2 * word.count else { return [UInt8](repeating: 0x61, count: count) }
    let rest = count - 2 * word.count
    let filling = Array(String(repeating: "好", count: rest / 3).utf8)
    return word + filling + [UInt8](repeating: 0x2E, count: rest % 3) + word
  }

  @Test(arguments: [
    [block - 1, 10, 10], [block, 10], [block + 1], [block - 4, 5, 20], [block - 10, 30, block],
    [longLine - 1, longLine, longLine + 1, block, 7, longLine - 2, 0, 0, 0, block - 9, 12],
    [3 * block + 5, 0, 9, 2 * block, 12], [100_000, 300_000, 900_000, 200_000, 13, 800_000],
  ])
  func `every hit has its line and place, however long the lines`(lengths: [Int]) throws {
    let text = Array(lengths.map(Self.line).joined(separator: [0x0A]))
    let expected = Self.occurrences(of: "法币", in: text)
    for text in [text, text + [0x0A]] {
      #expect(try places(scan(text)) == expected)
      #expect(try places(scan(text, "stream")) == expected)
    }
  }

  @Test func `a hit at every place around a block's end is found`() throws {
    for shift in 0..<24 {
      let lines = String(repeating: "好\n", count: (Self.block - 12) / 4)
      let text = Array(lines.utf8) + Array("好好好".utf8.prefix(shift % 9)) + Array("雇凶杀人\n法币".utf8)
      let lead = [UInt8](repeating: 0x0A, count: shift / 9 * 4)
      let expected =
        Self.occurrences(of: "雇凶杀人", in: lead + text)
        + Self.occurrences(of: "法币", in: lead + text)
      #expect(try places(scan(lead + text)) == expected, "\(shift)")
    }
  }

  @Test func `lines scanned by themselves have the findings of a stream`() throws {
    let pieces = ["有人雇凶", "杀人", "hire a", " hitman", "代购", "枪支", "。", "\n", "\r\n", "好", " "]
    var text = ""
    var state: UInt64 = 1
    while text.utf8.count < 2_500_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let long = state >> 21 & 0x3FFF == 0 ? 40_000 : 1
      text += String(repeating: pieces[Int(state >> 33) % pieces.count], count: long)
    }
    let lines = try scan(Array(text.utf8))
    let stream = try scan(Array(text.utf8), "stream")
    #expect(lines.exitCode == 0)
    #expect(lines.text.utf8.count > 1_000_000)
    #expect(lines.output == stream.output, "\(lines.errors) \(stream.errors)")
  }

  @Test func `context of people's reports does not stop at a block's end`() throws {
    let before = String(repeating: "上\n", count: (Self.block - 40) / 4)
    let text = before + "一二三四五六七法币一二三四五六七\n下"
    for keywords in ["lines", "stream"] {
      let run = try KwFilterProgram.run(
        ["scan", "--keywords", keywords], input: text, in: sandbox.folder)
      #expect(run.text.hasSuffix("[法币] 一二三四五六七法币一二三四五六七\n"), "\(keywords)")
    }
  }

  @Test func `findings that span lines have the line of their begin`() throws {
    // So close together that some lie across the places up to which lines are counted.
    let unit = "甲" + String(repeating: "\n", count: 38) + "乙法币\n"
    let count = 3 * Self.block / unit.utf8.count
    let text = String(repeating: unit, count: count)
    let expected = (0..<count).flatMap { [39 * $0 + 1, 39 * $0 + 39] }
    #expect(try places(scan(Array(text.utf8), "spanning")).map(\.line) == expected)
  }

  @Test func `what is read in small parts has the same hits`() throws {
    let line = String(decoding: Self.line(90_000), as: UTF8.self)
    try sandbox.write("part.txt", String(repeating: line + "\r\n", count: 5) + line)
    let whole = try KwFilterProgram.shell(
      "\"$K\" scan --json --keywords lines < part.txt", in: sandbox.folder)
    let parts = try KwFilterProgram.shell(
      "dd if=part.txt bs=777 2>/dev/null | \"$K\" scan --json --keywords lines", in: sandbox.folder)
    #expect(try places(whole).count == 12)
    #expect(whole.output == parts.output)
  }

  @Test func `ill-formed bytes far into a file are counted`() throws {
    let good = Array(String(repeating: "好\n", count: Self.block / 2).utf8)
    let bad = [UInt8](repeating: 0xC3, count: 60_000)
    #expect(try scan(good + bad + Array("\n法币".utf8)).errors.contains("6 % of it are not well"))
    #expect(try scan(good + bad.prefix(9_000) + Array("\n法币".utf8)).errors.isEmpty)
  }

  @Test func `texts without lines are searched`() throws {
    #expect(try scan([]).exitCode == 1)
    #expect(try scan([0x0A]).exitCode == 1)
    #expect(try places(scan(Array("法币".utf8))) == [Place(line: 1, start: 0, end: 6)])
    #expect(try places(scan(Array("\n\n法币".utf8))) == [Place(line: 3, start: 2, end: 8)])
    #expect(try scan(Array("好\n法币".utf8.dropLast()), "lines", ["--binary"]).exitCode == 1)
  }
}

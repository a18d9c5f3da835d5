import Foundation
import Testing

/// `kwfilter scan --encoding`, and files in the wrong one.
@Suite struct EncodingTests {
  let sandbox: Sandbox
  static let text = "abc第一行\n有人雇凶杀人了，𠮷\n法币。"

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("utf8.txt", Self.text)
    for (name, encoding) in [
      ("gb.txt", "GB18030"), ("le.txt", "UTF-16LE"), ("be.txt", "UTF-16BE"), ("bom.txt", "UTF-16"),
    ] {
      _ = try KwFilterProgram.shell(
        "iconv -f UTF-8 -t \(encoding) utf8.txt > \(name)", in: sandbox.folder)
    }
  }

  @Test(arguments: [
    ("gb.txt", "gb18030", [(14, 22), (31, 35)]), ("gb.txt", "GBK", [(14, 22), (31, 35)]),
    ("le.txt", "utf-16le", [(18, 26), (36, 40)]), ("be.txt", "UTF-16BE", [(18, 26), (36, 40)]),
    ("bom.txt", "utf16", [(20, 28), (38, 42)]),
  ])
  func `offsets count bytes of the file`(
    file: String, encoding: String, places: [(Int, Int)]
  ) throws {
    let run = try sandbox.run(["scan", "--json", "--encoding", encoding, file])
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
    let lines = run.text.split(separator: "\n")
    #expect(lines.count == places.count, "\(run.text)")
    for (index, (line, place)) in zip(lines, places).enumerated() {
      let expected =
        #"{"file":"\#(file)","line":\#(index + 2),"start":\#(place.0),"end":\#(place.1),"#
      #expect(line.hasPrefix(expected), "\(line)")
    }
  }

  @Test(arguments: ["gb.txt", "le.txt", "be.txt", "bom.txt"])
  func `a file in another encoding does not look clean`(file: String) throws {
    let run = try sandbox.run(["scan", file])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("\(file): "))
    #expect(run.errors.contains("--encoding"))
    #expect(try sandbox.run(["scan", "--binary", file]).exitCode == 1)
  }

  @Test func `UTF-16 of Latin text does not look clean`() throws {
    try sandbox.write("latin.txt", Array("hire a hitman".utf16).flatMap { [UInt8($0 & 255), 0] })
    let run = try sandbox.run(["scan", "latin.txt"])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("--encoding utf-16"))
    #expect(try sandbox.run(["scan", "--encoding", "utf-16", "latin.txt"]).exitCode == 0)
  }

  @Test func `some ill-formed bytes are no reason to refuse a file`() throws {
    try sandbox.write(
      "some.txt", Array(String(repeating: "好", count: 300).utf8) + [0xFF, 0xC0] + Array("法币".utf8))
    let run = try sandbox.run(["scan", "some.txt"])
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
  }

  @Test func `large files keep their offsets`() throws {
    let text = String(repeating: "中a文\n", count: 60_000) + "法币"
    try sandbox.write("large.txt", text)
    _ = try KwFilterProgram.shell(
      "iconv -f UTF-8 -t GB18030 large.txt > large.gb", in: sandbox.folder)
    let run = try sandbox.run(["scan", "--json", "--encoding", "gb18030", "large.gb"])
    #expect(run.text.contains(#""line":60001,"start":360000,"end":360004,"match":"法币""#))
  }
}

import Foundation
import Testing

/// Libraries, good and bad: `--keywords`, `compile`, `inspect`, `--help`.
@Suite struct LibraryTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  func program(_ arguments: [String], input: String = "") throws -> KwFilterProgram.Run {
    try KwFilterProgram.run(arguments, input: input, in: sandbox.folder)
  }

  @Test func `a compiled library does what its folder does`() throws {
    let compiled = try program(["compile", "Keywords", "-o", "a.kwf"])
    #expect(compiled.exitCode == 0)
    #expect(compiled.text.hasPrefix("a.kwf: 8 entries, "))
    let text = "僱*兇殺人，大麻烦，zorbling"
    let folder = try program(["check", "--json", "--keywords", "Keywords", text])
    let blob = try program(["check", "--json", "--keywords", "a.kwf", text])
    #expect(folder.output == blob.output)
    #expect(folder.exitCode == 1)
    let names = try FileManager.default.contentsOfDirectory(atPath: sandbox.folder.path)
    #expect(names.sorted() == ["Keywords", "a.kwf"])
  }

  @Test func `a folder gives the same digest wherever it lies`() throws {
    try FileManager.default.copyItem(
      at: sandbox.folder.appending(path: "Keywords"), to: sandbox.folder.appending(path: "Other"))
    let first = try program(["compile", "--json", "Keywords", "-o", "a.kwf"])
    let second = try program(["compile", "--json", "./Other/", "-o", "b.kwf"])
    #expect(first.output == second.output)
  }

  @Test func `every bad line is reported at once, and nothing is written`() throws {
    try sandbox.write(
      "Keywords/A.1.f-bad.txt",
      "risk: A.1.f\ntitle: t\nversion: 2026-11-22\n大麻 | acton=mask\n~ a*\n")
    let run = try program(["compile", "Keywords", "-o", "a.kwf"])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("Keywords/A.1.f-bad.txt:4:"))
    #expect(!FileManager.default.fileExists(atPath: sandbox.folder.appending(path: "a.kwf").path))
  }

  @Test func `a bad regex is named with file and line`() throws {
    try sandbox.write(
      "Keywords/A.1.f-bad.txt", "risk: A.1.f\ntitle: t\nversion: 2026-11-22\n~ a*b\n")
    let run = try program(["filter", "--keywords", "Keywords"], input: "好")
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("Keywords/A.1.f-bad.txt:4:"))
    #expect(run.errors.contains("window"))
    #expect(run.output.isEmpty)
  }

  @Test func `a library that intercepts nothing is refused`() throws {
    try sandbox.write("none/readme.md", "")
    try sandbox.write("empty/A.1.f-x.txt", "risk: A.1.f\ntitle: t\nversion: 2026-11-22\n")
    try sandbox.write("zero.kwf", "")
    let none = try program(["filter", "--keywords", "none"], input: "好")
    #expect(none.exitCode == 2)
    #expect(none.errors.contains("none: holds no keyword files"))
    let empty = try program(["filter", "--keywords", "empty"], input: "好")
    #expect(empty.exitCode == 2)
    #expect(empty.errors.contains("empty: the library has no entries"))
    let zero = try program(["filter", "--keywords", "zero.kwf"], input: "好")
    #expect(zero.exitCode == 2)
    #expect(zero.errors.contains("zero.kwf: not a compiled keyword database"))
    #expect(zero.errors.contains("give the folder of the keyword files"))
    #expect(none.output.isEmpty && empty.output.isEmpty && zero.output.isEmpty)
  }

  @Test func `a damaged library is refused`() throws {
    _ = try program(["compile", "Keywords", "-o", "a.kwf"])
    let file = sandbox.folder.appending(path: "a.kwf")
    let bytes = [UInt8](try Data(contentsOf: file))
    for index in stride(from: 0, to: bytes.count, by: bytes.count / 12) {
      var broken = bytes
      broken[index] ^= 0x40
      try sandbox.write("b.kwf", broken)
      let run = try program(["check", "--keywords", "b.kwf", "雇凶杀人"])
      #expect([1, 2].contains(run.exitCode), "byte \(index): \(run.errors)")
    }
    try sandbox.write("b.kwf", Array(bytes.dropLast(9)))
    #expect(try program(["check", "--keywords", "b.kwf", "x"]).exitCode == 2)
  }

  @Test func `a pattern that backtracks without end is bounded`() throws {
    try sandbox.write(
      "Keywords/A.1.f-slow.txt",
      "risk: A.1.f\ntitle: t\nversion: 2026-11-22\n~ (a{1,30}){1,30}b | window=64\n")
    let start = Date()
    let run = try program(
      ["check", "--json", "--keywords", "Keywords", String(repeating: "a", count: 60)])
    #expect(Date().timeIntervalSince(start) < 20)
    #expect(run.exitCode == 1 || run.exitCode == 0)
    #expect(run.text.hasPrefix(#"{"decision":"#))
  }

  @Test func `inspect tells what a library holds`() throws {
    let run = try program(["inspect", "--keywords", "Keywords", "--json"])
    #expect(run.exitCode == 0)
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output)) as? [String: Any])
    #expect(json["entries"] as? Int == 8)
    #expect(json["terms"] as? Int == 6)
    #expect(json["combinations"] as? Int == 1)
    #expect(json["regexes"] as? Int == 1)
    #expect(json["version"] as? String == "2026-11-22")
    for key in [
      "holdbackBound", "memoryBytes", "buildSeconds", "openSeconds", "sections", "rules", "kernel",
    ] {
      #expect(json[key] != nil, "\(key)")
    }
    #expect(try program(["inspect", "--keywords", "Keywords"]).text.contains("build time"))
    #expect(try program(["inspect"]).text.hasPrefix("library     the built-in library"))
  }

  @Test(arguments: ["filter", "scan", "check", "compile", "inspect"])
  func `help teaches with examples`(subcommand: String) throws {
    let run = try program([subcommand, "--help"])
    #expect(run.exitCode == 0)
    #expect(run.text.contains("EXAMPLES"))
    #expect(run.text.contains("EXIT CODE"))
    #expect(run.errors.isEmpty)
  }

  @Test func `usage errors end in 2`() throws {
    #expect(try program(["--nonsense"]).exitCode == 2)
    #expect(try program(["compile"]).exitCode == 2)
    #expect(try program(["--version"]).exitCode == 0)
    #expect(try program(["--help"]).text.contains("SUBCOMMANDS"))
  }
}

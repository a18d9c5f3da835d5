import Foundation
import Testing

/// `kwfilter scan`.
@Suite struct ScanTests {
  let sandbox: Sandbox

  init() throws {
    sandbox = try Sandbox()
    try sandbox.write("in/a.txt", "第一行\n有人雇*凶杀人了\r\n大麻烦，大麻。\n")
    try sandbox.write("in/b/c.txt", "hire a hitman\n\u{1B}[2J法币\u{7}zorbling\n")
    try sandbox.write("in/b.txt", "好\n")
    try sandbox.write("in/.hidden.txt", "雇凶杀人")
    try sandbox.write("elsewhere.txt", "雇凶杀人")
    try FileManager.default.createSymbolicLink(
      atPath: sandbox.folder.appending(path: "in/link.txt").path,
      withDestinationPath: sandbox.folder.appending(path: "elsewhere.txt").path)
  }

  @Test func `hits for programs`() throws {
    let run = try sandbox.run(["scan", "--json", "in"])
    try expectSnapshot("scan.jsonl", run.text)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
  }

  @Test func `hits for people`() throws {
    try expectSnapshot("scan.txt", try sandbox.run(["scan", "in"]).text)
    try expectSnapshot(
      "scan-colour.txt", try sandbox.run(["scan", "--color", "always", "in"]).text)
  }

  @Test func `lines scanned by themselves have the findings of a stream`() throws {
    let terms = "雇凶杀人\nhire a hitman\n& 代购 + 枪支\n"
    let keywords = "risk: A.1.h\ntitle: test\nversion: 2026-01-01\n\n" + terms
    try sandbox.write("lines/k.txt", keywords)
    // A regex may span lines, so that all is read as one stream.
    try sandbox.write("stream/k.txt", keywords + "~ qq{8}x\n")
    let pieces = ["有人雇凶", "杀人", "hire a", " hitman", "代购", "枪支", "。", "\n", "\r\n", "好", " "]
    var text = ""
    var state: UInt64 = 1
    while text.utf8.count < 400_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      text += pieces[Int(state >> 33) % pieces.count]
    }
    try sandbox.write("long.txt", text)
    let command = ["scan", "--json", "long.txt", "--keywords"]
    let lines = try KwFilterProgram.run(command + ["lines"], input: "", in: sandbox.folder)
    let stream = try KwFilterProgram.run(command + ["stream"], input: "", in: sandbox.folder)
    #expect(lines.exitCode == 0)
    #expect(lines.text.utf8.count > 100_000)
    #expect(lines.text == stream.text, "\(lines.errors) \(stream.errors)")
  }

  @Test func `a long line is shown in part`() throws {
    let line = String(repeating: "好", count: 3_000)
    let run = try sandbox.run(["scan"], input: line + "雇凶杀人" + line)
    let part = String(repeating: "好", count: 30)
    #expect(run.text == "-:1:9000-9012 A.1.h block [雇凶杀人] …\(part)雇凶杀人\(part)…\n")
  }

  @Test func `exit codes are those of grep`() throws {
    #expect(try sandbox.run(["scan", "in/a.txt"]).exitCode == 0)
    #expect(try sandbox.run(["scan", "in/b.txt"]).exitCode == 1)
    let missing = try sandbox.run(["scan", "in/a.txt", "none.txt"])
    #expect(missing.exitCode == 2)
    #expect(missing.errors.contains("none.txt: cannot be read: No such file or directory"))
    #expect(missing.text.contains("in/a.txt:2:"))
    #expect(try sandbox.run(["scan", "in/link.txt"]).exitCode == 0)
    #expect(try sandbox.run(["scan"], input: "").exitCode == 1)
  }

  @Test(.enabled(if: geteuid() != 0)) func `an unreadable file is named`() throws {
    let path = sandbox.folder.appending(path: "in/b.txt").path
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    let run = try sandbox.run(["scan", "in"])
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("in/b.txt: cannot be read: Permission denied"))
  }

  @Test func `order does not depend on threads`() throws {
    for index in 0..<40 {
      let text = String(repeating: "好法币。", count: index % 7 * 300)
      try sandbox.write("many/\(index).txt", text)
    }
    let one = try sandbox.run(["scan", "--json", "-j", "1", "many"])
    let four = try sandbox.run(["scan", "--json", "-j", "4", "many"])
    #expect(one.output == four.output)
    #expect(!one.output.isEmpty)
  }

  @Test func `a match across the reader's chunks is found with its line`() throws {
    // The buffer has 131 072 bytes.
    let text = String(repeating: "好\n", count: 32_766) + "ab雇凶杀人法币"
    try sandbox.write("big.txt", text)
    let run = try sandbox.run(["scan", "--json", "big.txt"])
    #expect(
      run.text.hasPrefix(
        #"{"file":"big.txt","line":32767,"start":131066,"end":131078,"match":"雇凶杀人","#))
    #expect(run.text.contains(#""start":131078,"end":131084,"match":"法币""#))
  }
}

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
}

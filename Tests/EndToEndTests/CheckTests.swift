import Foundation
import Testing

/// `kwfilter check`.
@Suite struct CheckTests {
  let sandbox: Sandbox
  static let texts = [
    "你好", "僱*兇 殺人", "大麻烦来了，买大麻花", "想求购一把手枪", "加V12345678吧", "法币和K粉", "买ｚｏｒｂｌｉｎｇ",
  ]

  init() throws { sandbox = try Sandbox() }

  @Test func `verdicts for programs`() throws {
    let lines = try Self.texts.map { try sandbox.run(["check", "--json", $0]).text }
    try expectSnapshot("check.jsonl", lines.joined())
  }

  @Test func `verdicts for people`() throws {
    let lines = try Self.texts.map { try sandbox.run(["check", $0]).text }
    try expectSnapshot("check.txt", lines.joined(separator: "\n"))
  }

  @Test func `options as they are by default change nothing`() throws {
    for text in Self.texts {
      let plain = try KwFilterProgram.run(["check", text])
      let parsed = try KwFilterProgram.run(["check", "--noise", "3", text])
      #expect(plain.text == parsed.text)
      #expect(plain.exitCode == parsed.exitCode)
    }
  }

  @Test func `the exit code is the decision`() throws {
    #expect(try sandbox.run(["check", "你好"]).exitCode == 0)
    #expect(try sandbox.run(["check", "K粉"]).exitCode == 0)
    #expect(try sandbox.run(["check", "法币"]).exitCode == 1)
    #expect(try sandbox.run(["check", "雇凶杀人"]).exitCode == 1)
  }

  @Test func `standard input is read without a text`() throws {
    #expect(try sandbox.run(["check"], input: "雇凶杀人").exitCode == 1)
    #expect(try sandbox.run(["check", "-"], input: "雇凶杀人").exitCode == 1)
    #expect(try sandbox.run(["check"], bytes: [0, 0xFF, 0xE9]).exitCode == 0)
  }

  @Test func `NO_COLOR and a pipe give plain text`() throws {
    let run = try sandbox.run(["check", "雇凶杀人"])
    #expect(!run.text.contains("\u{1B}"))
    let coloured = try sandbox.run(["check", "--color", "always", "雇凶杀人"])
    #expect(coloured.text.contains("\u{1B}[1;31m雇凶杀人"))
  }

  @Test func `the built-in library needs no file`() throws {
    let run = try KwFilterProgram.run(["check", "--json", "今天天气不错"])
    #expect(run.exitCode == 0)
    #expect(run.text.hasPrefix(#"{"decision":"pass","findings":[],"cleared":[],"#))
  }
}

import Foundation
import Testing

/// `kwfilter filter`: options, exit codes, events and JSON lines.
@Suite struct FilterTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func `filter is the default subcommand`() throws {
    #expect(try sandbox.run([], input: "好雇凶杀人").text == "好" + refusal)
  }

  @Test func `spans are masked, replaced or passed`() throws {
    let text = "好雇凶杀人，法币，zorbling！K粉"
    let mask = try sandbox.run(
      ["filter", "--on-block", "mask", "--mask-with", "＊"], input: text)
    #expect(mask.text == "好＊＊＊＊，＊＊，【删】！K粉")
    #expect(try sandbox.run(["filter", "--on-block", "pass"], input: text).text == text)
    let stopped = try sandbox.run(["filter", "--refusal", "不。"], input: "法币 雇凶杀人")
    #expect(stopped.text == "** 不。")
  }

  @Test func `policies apply to risks and groups`() throws {
    let text = "好雇凶杀人"
    #expect(try sandbox.run(["filter", "--disable", "A.1"], input: text).text == text)
    #expect(try sandbox.run(["filter", "--action", "A.1.h=mask"], input: text).text == "好****")
    #expect(
      try sandbox.run(["filter", "--refusal", "A.1.h=别。"], input: text).text == "好别。")
    let noisy = "好雇*凶*杀*人"
    #expect(try sandbox.run(["filter", "--noise", "0"], input: noisy).text == noisy)
    #expect(try sandbox.run(["filter"], input: noisy).text == "好" + refusal)
  }

  @Test func `exit codes follow the findings if asked`() throws {
    let cases: [(String, [String], Int32)] = [
      ("好", ["--exit-code"], 0), ("雇凶杀人", ["--exit-code"], 1), ("雇凶杀人", [], 0),
      ("法币", ["--exit-code"], 1), ("k粉", ["--exit-code"], 0),
      ("雇凶杀人", ["--exit-code", "--on-block", "pass"], 1),
    ]
    for (text, options, code) in cases {
      #expect(try sandbox.run(["filter"] + options, input: text).exitCode == code, "\(text)")
    }
  }

  @Test func `events are JSON lines`() throws {
    _ = try sandbox.run(
      ["filter", "--events", "events.jsonl"], input: "买块法币，zorb*ling zorbling 雇*凶杀人。")
    let file = sandbox.folder.appending(path: "events.jsonl")
    try expectSnapshot("filter-events.jsonl", try String(contentsOf: file, encoding: .utf8))
  }

  @Test func `JSON lines keep all but the field`() throws {
    let input = #"""
      {"id": 1,  "text":"\u6211说：法币\n zorbling 雇凶杀人 x", "n":[1,{"text":"雇凶杀人"}]}
      { "text" : "a \u4e2d 法币\/ \u4e2d zorbling\t" }

      {"other":"雇凶杀人"}
      {"text":null}
      {"text":"好"}
      """#
    let run = try sandbox.run(["filter", "--jsonl"], input: input)
    try expectSnapshot("filter.jsonl", run.text)
    #expect(run.exitCode == 0)
    #expect(run.errors.isEmpty)
  }

  @Test func `a path reaches strings inside arrays`() throws {
    let run = try sandbox.run(
      ["filter", "--jsonl", "--field", "messages.*.content", "--refusal", "不"],
      input: #"{"messages":[{"content":"好雇凶杀人"},{"content":"好"}]}"#)
    #expect(run.text == #"{"messages":[{"content":"好不"},{"content":"好"}]}"#)
  }

  @Test func `lines that cannot be filtered are left out and named`() throws {
    let run = try sandbox.run(
      ["filter", "--jsonl"], input: "{\"text\":\"好\"}\n雇凶杀人\n{\"text\":[1]}\n{\"text\":\"b\"}\n")
    #expect(run.text == "{\"text\":\"好\"}\n{\"text\":\"b\"}\n")
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("standard input:2: left out: not JSON at column 1"))
    #expect(run.errors.contains("standard input:3: left out: the field 'text' is no string"))
  }

  @Test func `a field that no record has is pointed out`() throws {
    let run = try sandbox.run(["filter", "--jsonl", "--field", "txt"], input: "{\"text\":\"好\"}\n")
    #expect(run.text == "{\"text\":\"好\"}\n")
    #expect(run.errors.contains("nothing was filtered"))
  }

  @Test func `statistics go to standard error`() throws {
    let run = try sandbox.run(["filter", "--stats", "--on-block", "mask"], input: "好雇凶杀人 法币")
    #expect(run.text == "好**** **")
    #expect(run.errors.contains("hits      2 (block 1, mask 1, review 0, tag 0)"))
    #expect(run.errors.contains("after each token: p50 0 p99 3 max 3 characters"))
  }

  @Test(arguments: [
    (["--mask-with", "ab"], "--mask-with 'ab': give one character"),
    (["--noise", "9"], "--noise '9': give a number from 0 to 8"),
    (["--disable", "B.1"], "--disable 'B.1': no such risk"),
    (["--action", "A.1.a=kill"], "no such action"), (["--field", "x"], "add --jsonl"),
    (["--on-block", "maybe"], "stop|mask|pass"),
    (["--jsonl", "--field", "a..b"], "--field 'a..b'"),
    (["--events", "no/such/file"], "no/such/file: cannot be written"),
  ])
  func `a wrong option is an error with its remedy`(options: [String], says: String) throws {
    let run = try sandbox.run(["filter"] + options, input: "好")
    #expect(run.exitCode == 2)
    #expect(run.errors.contains(says), "\(run.errors)")
    #expect(run.output.isEmpty)
  }
}

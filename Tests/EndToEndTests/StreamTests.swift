import Foundation
import Testing

/// `kwfilter filter` with real pipes: what comes when.
@Suite(.serialized) struct StreamTests {
  let sandbox: Sandbox

  init() throws { sandbox = try Sandbox() }

  @Test func `text is released while the input is still open`() throws {
    let program = try sandbox.startFilter()
    program.write(Array("你好".utf8))
    #expect(program.output(count: 6) == "你好")
    program.write(Array("，世界\n".utf8))
    #expect(program.output(count: 16) == "你好，世界\n")
    #expect(program.finish().exitCode == 0)
  }

  @Test func `the beginning of a term is held until it is decided`() throws {
    let program = try sandbox.startFilter()
    program.write(Array("我要雇凶".utf8))
    #expect(program.output(count: 6) == "我要")
    program.write(Array("手".utf8))
    #expect(program.output(count: 15) == "我要雇凶手")
    #expect(program.finish().exitCode == 0)
  }

  @Test func `a character cut after its first byte is held`() throws {
    let program = try sandbox.startFilter()
    program.write([0x61, 0xE4])
    #expect(program.output(count: 1) == "a")
    program.write([0xBD, 0xA0])
    #expect(program.output(count: 4) == "a你")
    program.write([0xE4, 0xBD])
    let run = program.finish()
    #expect(run.output == [0x61, 0xE4, 0xBD, 0xA0, 0xE4, 0xBD])
  }

  @Test(arguments: 1..<12) func `a term cut between any two bytes is found`(cut: Int) throws {
    let term = Array("雇凶杀人".utf8)
    let program = try sandbox.startFilter()
    program.write(Array("前".utf8) + term[..<cut])
    #expect(program.output(count: 3, moment: 0.03) == "前")
    program.write(term[cut...] + Array("后".utf8))
    let run = program.finish()
    #expect(run.text == "前" + refusal)
    #expect(run.exitCode == 0)
  }

  @Test func `a term straddling 40 chunks of one byte is found`() throws {
    let program = try sandbox.startFilter()
    program.write(Array("好".utf8))
    #expect(program.output(count: 3) == "好")
    let text = Array("雇 * \u{200B}\u{200B}\u{200B}凶~-~\u{200B}\u{200B}\u{200B}杀** \u{200B}人人人".utf8)
    #expect(text.count >= 40)
    for byte in text {
      program.write([byte])
      usleep(2000)
    }
    #expect(program.finish().text == "好" + refusal)
  }

  @Test func `after a block the program ends while the input is open`() throws {
    let program = try sandbox.startFilter()
    program.write(Array("求购一把手枪 ".utf8))
    #expect(program.output(count: 18 + refusal.utf8.count) == "求购一把" + refusal)
    program.write(Array("more".utf8))
    #expect(program.finish().text == "求购一把" + refusal)
  }

  @Test func `a reader who goes away ends the filter quietly`() throws {
    let run = try KwFilterProgram.shell(
      "yes 你好 2>/dev/null | $K --keywords Keywords | head -c1 | wc -c", in: sandbox.folder)
    #expect(run.text.contains("1"))
    #expect(run.errors.isEmpty)
    let code = try KwFilterProgram.shell(
      "{ yes 你好 2>/dev/null | { $K --keywords Keywords; echo $? >&2; } | head -c1; } >/dev/null",
      in: sandbox.folder)
    #expect(code.errors == "0\n")
  }

  @Test func `a full disk is an error`() throws {
    let run = try KwFilterProgram.shell(
      "echo 你好 | $K --keywords Keywords > /dev/full", in: sandbox.folder)
    #expect(run.exitCode == 2)
    #expect(run.errors.contains("standard output: cannot be written"))
  }

  @Test func `binary input passes byte for byte`() throws {
    var seed: UInt64 = 7
    let bytes = (0..<300_000).map { index -> UInt8 in
      seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return index % 7 == 0 ? 0 : UInt8(truncatingIfNeeded: seed >> 33)
    }
    let run = try sandbox.run(["filter", "--on-block", "pass"], bytes: bytes)
    #expect(run.output == bytes)
    #expect(run.exitCode == 0)
  }
}

import Foundation
import KeywordFilter
import Testing

/// What the README shows is what the program and the library do.
@Suite struct ReadmeTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The console examples: each command with the output that stands below it.
  static func examples() throws -> [(command: String, output: String)] {
    let text = try String(contentsOf: root.appending(path: "README.md"), encoding: .utf8)
    var examples: [(command: String, output: String)] = []
    for block in text.components(separatedBy: "```console\n").dropFirst() {
      let lines = (block.components(separatedBy: "\n```").first ?? "").components(separatedBy: "\n")
      for line in lines {
        if line.hasPrefix("$ ") {
          examples.append((String(line.dropFirst(2)), ""))
        } else if !examples.isEmpty {
          examples[examples.count - 1].output += line + "\n"
        }
      }
    }
    return examples
  }

  @Test func `the console examples print what they show`() throws {
    let examples = try Self.examples()
    #expect(examples.count >= 3)
    let folder = KwFilterProgram.url.deletingLastPathComponent().path
    for example in examples {
      let line = "PATH=\"\(folder):$PATH\"; \(example.command)"
      let output = try KwFilterProgram.shell(line, in: Self.root).text
      let shown = example.output
      #expect(output == shown || output + "\n" == shown, "\(example.command)")
    }
  }

  @Test func `the Swift example does what its comments say`() {
    let engine = FilterEngine.builtIn
    let verdict = engine.verdict(of: "刻 章 办 證，先做后付")
    #expect(verdict.decision == .block)
    #expect(verdict.findings[0].risk?.id == "A.1.h")
    #expect(verdict.findings[0].evasion.names == ["noise", "variant"])

    var stream = engine.stream(blockHandling: .mask)
    var sink = StreamCollector()
    for chunk in ["刻章", "办", "证吗"] {
      let bytes = Array(chunk.utf8)
      stream.push(bytes.span, to: &sink)
    }
    stream.finish(to: &sink)
    #expect(String(decoding: sink.released, as: UTF8.self) == "****吗")
  }

  @Test func `an asynchronous sequence is filtered chunk by chunk`() async throws {
    let tokens = AsyncStream<[UInt8]> { continuation in
      for token in ["你好，", "刻章", "办证", "吗"] { continuation.yield(Array(token.utf8)) }
      continuation.finish()
    }
    var released: [UInt8] = []
    var isBlocked = false
    for try await chunk in FilteredChunks(tokens, engine: .builtIn) {
      released += chunk.released
      for case .blocked in chunk.events { isBlocked = true }
    }
    #expect(String(decoding: released, as: UTF8.self) == "你好，")
    #expect(isBlocked)
  }
}

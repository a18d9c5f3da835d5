import Foundation
import KeywordFilter
import Testing

/// The built-in library against itself and against ordinary people.
@Suite struct LibraryTests {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static func lexicon() throws -> Lexicon {
    let folder = root.appending(path: "Keywords")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    return try LexiconParser.parse(
      files: try names.filter { $0.hasSuffix(".txt") }.map { name in
        (name: name, bytes: [UInt8](try Data(contentsOf: folder.appending(path: name))))
      })
  }

  @Test func `every term is found in a sentence of its own`() throws {
    let engine = FilterEngine.builtIn
    for index in 0..<engine.entryCount {
      let entry = engine.entry(index)
      guard entry.kind == .term else { continue }
      let verdict = engine.verdict(of: "。\(entry.text)。")
      let isFound = verdict.findings.contains { $0.entry == index }
      #expect(isFound, "\(entry.file):\(entry.line) \(entry.text)")
    }
  }

  @Test func `every exception clears its term`() throws {
    let engine = FilterEngine.builtIn
    for (number, entry) in try Self.lexicon().entries.enumerated() {
      guard case .term(let pattern) = entry.kind else { continue }
      for exception in entry.exceptions {
        let verdict = engine.verdict(of: "。\(exception)。")
        let isFound = verdict.findings.contains { finding in
          finding.entry == number && engine.entry(number).text == pattern.text
        }
        #expect(!isFound, "line \(entry.line): \(pattern.text) in \(exception)")
      }
    }
  }

  @Test func `ordinary sentences pass`() throws {
    let file = Self.root.appending(path: "Tests/LibraryTests/ordinary.txt")
    let sentences = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
    #expect(sentences.count >= 600)
    for sentence in sentences {
      let decision = FilterEngine.builtIn.verdict(of: String(sentence)).decision
      #expect(decision < .mask, "\(sentence)")
    }
  }
}

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

  @Test func `the embedded database passes every proof`() throws {
    let database = BuiltInLexicon.database()
    let engine = try FilterEngine(database: database.span)
    #expect(engine.digest == FilterEngine.builtIn.digest)
    #expect(engine.version == FilterEngine.builtIn.version)
    #expect(try FilterEngine.compile(Self.lexicon()) == database)
    for sentence in ["刻章办证", "今天天气很好", "低价出售假 币，包邮"] {
      let findings = engine.verdict(of: sentence).findings
      #expect(findings == FilterEngine.builtIn.verdict(of: sentence).findings)
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

  /// The sentences of a folder's files, one a line, with the file's name without its ending.
  static func sentences(_ folder: String) throws -> [(file: String, text: String)] {
    let folder = root.appending(path: "Tests/LibraryTests/\(folder)")
    let files = try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        .map { (file.deletingPathExtension().lastPathComponent, String($0)) }
    }
  }

  @Test func `ordinary sentences pass`() throws {
    let sentences = try Self.sentences("Ordinary")
    #expect(sentences.count >= 2_000)
    for (file, text) in sentences {
      let verdict = FilterEngine.builtIn.verdict(of: text)
      #expect(verdict.decision < .mask, "\(file): \(text)")
    }
  }

  @Test func `harmful sentences are intercepted in their risk`() throws {
    let sentences = Dictionary(grouping: try Self.sentences("Harmful"), by: \.file)
    for risk in Risk.allCases where risk.group != .serviceNeeds {
      let own = sentences[risk.id, default: []]
      #expect(own.count >= 20, "\(risk.id)")
      for (_, text) in own {
        let isIntercepted = FilterEngine.builtIn.verdict(of: text).findings.contains { finding in
          guard let entry = finding.entry, finding.action >= .mask else { return false }
          return FilterEngine.builtIn.entry(entry).risks.contains(risk)
        }
        #expect(isIntercepted, "\(risk.id): \(text)")
      }
    }
  }
}

import Foundation

/// One benchmark as `Definitions/cases.json` has it.
struct Case: Decodable {
  /// What is measured.
  enum Model: String, Decodable {
    /// Parses and compiles keyword files; counts entries, those dropped as duplicates too.
    case build
    /// Scans a whole text; counts findings.
    case scan
    /// Scans a whole text; counts findings that mask or block.
    case intercept
    /// Decides on a short text; counts findings.
    case verdict
    /// Pushes a text in chunks of 32 bytes; counts findings.
    case stream
    /// Counts a library's effective terms, as a process.
    case coverage
  }

  /// What reports call it.
  var name: String
  /// What is measured.
  var model: Model
  /// Whether the keywords are the project's library, not `Definitions/Keywords`.
  var library: Bool?
  /// How many generated terms stand in place of the keywords.
  var terms: Int?
  /// The text.
  var text: String?
  /// In place of `text`, a folder of text files, relative to this package.
  var folder: String?
  /// How often the text stands in the haystack.
  var `repeat`: Int?
  /// Whether a cut character follows every repetition.
  var cut: Bool?
  /// What must be counted; without it, the generated terms, or what the embedded library or a whole
  /// scan counts.
  var count: Int?

  /// The folder of this package.
  static let package = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// All cases.
  static func all() throws -> [Case] {
    let file = package.appending(path: "Definitions/cases.json")
    return try JSONDecoder().decode([Case].self, from: Data(contentsOf: file))
  }

  /// What reports call it, with the size of what is searched.
  var title: String {
    get throws {
      model == .build || model == .coverage ? name : "\(name), \(try haystack().count) bytes"
    }
  }

  /// The bytes that are searched.
  func haystack() throws -> [UInt8] {
    if let folder {
      return try Self.textFiles(in: Self.package.appending(path: folder)).flatMap(\.bytes)
    }
    let once = Array((text ?? "").utf8) + (cut == true ? [0xE4, 0xBD] : [])
    return Array(repeatElement(once, count: `repeat` ?? 1).joined())
  }

  /// The keyword files; generated terms are like those of the folder.
  func files() throws -> [(name: String, bytes: [UInt8])] {
    let files = try Self.textFiles(in: keywords)
    return terms.map { [GeneratedTerms.file(count: $0, like: files)] } ?? files
  }

  /// The text files of a folder, by name.
  private static func textFiles(in folder: URL) throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".txt") }.sorted()
      .map { name in
        (name: name, bytes: [UInt8](try Data(contentsOf: folder.appending(path: name))))
      }
  }

  /// The folder with the keywords.
  var keywords: URL {
    library == true
      ? Self.package.deletingLastPathComponent().appending(path: "Keywords")
      : Self.package.appending(path: "Definitions/Keywords")
  }
}

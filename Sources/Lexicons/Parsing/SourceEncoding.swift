/// Tells in which encoding a keyword file that is not UTF-8 was probably saved.
enum SourceEncoding: Equatable {
  case utf16LittleEndian, utf16BigEndian, utf32, gb18030

  /// Guesses the encoding; `nil` where the file is UTF-8, perhaps with some bad bytes.
  ///
  /// A byte order mark decides; else NUL bytes of one parity mean UTF-16, and bytes that are mostly
  /// no UTF-8 but wholly well-formed GB18030 (of which GBK is a part) mean that.
  init?(guessing bytes: [UInt8], isUTF8: Bool) {
    let start = bytes.prefix(4)
    if start.starts(with: [0xFF, 0xFE, 0, 0]) || start.starts(with: [0, 0, 0xFE, 0xFF]) {
      self = .utf32
    } else if start.starts(with: [0xFF, 0xFE]) {
      self = .utf16LittleEndian
    } else if start.starts(with: [0xFE, 0xFF]) {
      self = .utf16BigEndian
    } else if let order = Self.nulPattern(bytes) {
      self = order
    } else if !isUTF8, Self.isMostlyIllFormed(bytes), Self.isGB18030(bytes) {
      self = .gb18030
    } else {
      return nil
    }
  }

  /// The encoding's name, as people know it.
  var name: String {
    switch self {
    case .utf16LittleEndian: "UTF-16 (little-endian)"
    case .utf16BigEndian: "UTF-16 (big-endian)"
    case .utf32: "UTF-32"
    case .gb18030: "GBK / GB18030"
    }
  }

  /// The encoding's name for `iconv -f`.
  var converterName: String {
    switch self {
    case .utf16LittleEndian: "UTF-16LE"
    case .utf16BigEndian: "UTF-16BE"
    case .utf32: "UTF-32"
    case .gb18030: "GB18030"
    }
  }

  /// UTF-16 where all NULs of the first 64 KiB are of one parity, and at least two and one byte in 32.
  private static func nulPattern(_ bytes: [UInt8]) -> SourceEncoding? {
    let sample = bytes.prefix(1 << 16)
    let even = sample.indices.count { $0 & 1 == 0 && sample[$0] == 0 }
    let odd = sample.indices.count { $0 & 1 == 1 && sample[$0] == 0 }
    guard bytes.count.isMultiple(of: 2), (even + odd) * 32 >= sample.count, even + odd > 1 else {
      return nil
    }
    if even == 0 { return .utf16LittleEndian }
    return odd == 0 ? .utf16BigEndian : nil
  }

  /// Whether most bytes above 7F stand in no well-formed UTF-8 sequence.
  private static func isMostlyIllFormed(_ bytes: [UInt8]) -> Bool {
    var illFormed = 0
    var high = 0
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.prefix(1 << 20).makeIterator()
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let scalar): high += scalar.count > 1 ? scalar.count : 0
      case .error(let length):
        high += length
        illFormed += length
      case .emptyInput: return illFormed * 2 > high
      }
    }
  }

  /// Whether the bytes are well-formed GB18030: one, two or four bytes a character.
  private static func isGB18030(_ bytes: [UInt8]) -> Bool {
    var index = 0
    while index < bytes.count {
      guard bytes[index] > 0x7F else {
        index += 1
        continue
      }
      guard 0x81...0xFE ~= bytes[index], index + 1 < bytes.count else { return false }
      switch bytes[index + 1] {
      case 0x40...0x7E, 0x80...0xFE: index += 2
      case 0x30...0x39:
        guard index + 3 < bytes.count, 0x81...0xFE ~= bytes[index + 2],
          0x30...0x39 ~= bytes[index + 3]
        else { return false }
        index += 4
      default: return false
      }
    }
    return true
  }
}

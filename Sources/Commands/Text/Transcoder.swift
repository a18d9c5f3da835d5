/// Converts a text, chunk by chunk, to UTF-8 with the way back to its own offsets.
///
/// What is no character of the encoding becomes the byte FF, which is ill-formed UTF-8 and so
/// matches nothing.
package struct Transcoder: ~Copyable {
  /// From offsets in the UTF-8 to offsets in the file.
  package var map = OffsetMap()

  private let encoding: TextEncoding
  private var converter: CharacterConverter?
  /// The beginning of a character, or the first bytes, waiting for more.
  private var waiting: [UInt8] = []
  private var buffer = [UInt8](repeating: 0, count: 1 << 16)

  /// Makes a transcoder.
  package init(_ encoding: TextEncoding) { self.encoding = encoding }

  /// Converts a chunk.
  ///
  /// - Parameters:
  ///   - chunk: The next bytes of the file.
  ///   - isFinal: Whether nothing follows: a cut character is ill-formed then.
  ///   - output: Receives the UTF-8.
  /// - Throws: `CommandError.noConverter`.
  package mutating func convert(
    _ chunk: ArraySlice<UInt8>, isFinal: Bool, into output: inout [UInt8]
  ) throws(CommandError) {
    waiting += chunk
    // The first bytes may tell the byte order.
    guard converter != nil || waiting.count >= 2 || isFinal else { return }
    let converter = try openedConverter()
    var at = 0
    while at < waiting.count {
      let input = waiting[at...]
      let step = converter.convert(input, into: &buffer)
      record(input.prefix(step.read), buffer[..<step.written])
      output += buffer[..<step.written]
      at += step.read
      switch step.stop {
      case .done, .full: continue
      case .cut where !isFinal:
        waiting.removeFirst(at)
        return
      case .cut, .illFormed:
        let length = min(encoding.isUTF16 ? 2 : 1, waiting.count - at)
        output.append(0xFF)
        map.append(textLength: 1, fileLength: length)
        at += length
      }
    }
    waiting.removeAll(keepingCapacity: true)
  }

  private mutating func openedConverter() throws(CommandError) -> CharacterConverter {
    if let converter { return converter }
    do {
      let opened = try CharacterConverter(from: encoding.converterName(of: waiting.prefix(2)))
      converter = opened
      return opened
    } catch {
      throw .noConverter(encoding: encoding.rawValue)
    }
  }

  /// Notes the lengths of converted characters: one of the file is one of the text.
  private mutating func record(_ input: ArraySlice<UInt8>, _ text: ArraySlice<UInt8>) {
    var from = input.startIndex
    var to = text.startIndex
    while to < text.endIndex && from < input.endIndex {
      let textLength = Self.lengthOfUTF8(text[to])
      let fileLength =
        encoding.isUTF16 ? (textLength == 4 ? 4 : 2) : Self.lengthOfGB18030(input, from)
      map.append(textLength: textLength, fileLength: fileLength)
      to += textLength
      from += fileLength
    }
  }

  private static func lengthOfUTF8(_ lead: UInt8) -> Int {
    lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  }

  private static func lengthOfGB18030(_ bytes: ArraySlice<UInt8>, _ index: Int) -> Int {
    guard 0x81...0xFE ~= bytes[index], index + 1 < bytes.endIndex else { return 1 }
    return 0x30...0x39 ~= bytes[index + 1] ? 4 : 2
  }
}

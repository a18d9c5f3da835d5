import Filtering

/// Measures how much a stream holds back.
///
/// A chunk is pushed in pieces of the size of a model's tokens, which changes nothing in what the
/// stream releases or finds; what it holds is counted after each of them and after each chunk.
struct HoldbackSampler {
  /// Characters and bytes held, after each piece and after each chunk.
  struct Samples {
    var characters = Histogram()
    var bytes = Histogram()
  }

  private(set) var perToken = Samples()
  private(set) var perChunk = Samples()
  private let holdbackBound: Int
  private var window = TextWindow()

  init(holdbackBound: Int) { self.holdbackBound = holdbackBound }

  /// Pushes a chunk into a stream.
  mutating func push<Sink: StreamSink & ~Copyable>(
    _ chunk: Span<UInt8>, into stream: inout StreamFilter, _ sink: inout Sink
  ) {
    var at = 0
    var sample = (characters: 0, bytes: 0)
    while at < chunk.count && !stream.isBlocked {
      let end = TokenPieces.end(of: chunk, from: at)
      let piece = chunk.extracting(at..<end)
      stream.push(piece, to: &sink)
      window.append(piece, keeping: holdbackBound)
      sample = count(stream.heldCount)
      perToken.characters.add(sample.characters)
      perToken.bytes.add(sample.bytes)
      at = end
    }
    perChunk.characters.add(sample.characters)
    perChunk.bytes.add(sample.bytes)
  }

  private func count(_ bytes: Int) -> (characters: Int, bytes: Int) {
    let held = window[(window.end - bytes)..<window.end]
    return (held.count { $0 & 0xC0 != 0x80 }, bytes)
  }
}

/// Cuts text about as models' tokens do: a word with the blank before it, or one other character.
package enum TokenPieces {
  /// Finds where a piece ends.
  ///
  /// - Parameters:
  ///   - text: UTF-8, cut anywhere.
  ///   - start: Where it begins, below `text.count`.
  /// - Returns: The offset behind it.
  package static func end(of text: Span<UInt8>, from start: Int) -> Int {
    var end = start + 1
    if isWord(text[start]) || text[start] == 0x20 {
      while end < text.count, isWord(text[end]) { end += 1 }
      return end
    }
    while end < text.count, text[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: false
    }
  }
}

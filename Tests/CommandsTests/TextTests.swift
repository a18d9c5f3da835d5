import Commands
import Testing

@Suite struct TextTests {
  @Test func `a window keeps its reach and knows offsets`() {
    var window = TextWindow()
    var all: [UInt8] = []
    for round in 0..<3_000 {
      let chunk = (0..<97).map { UInt8(truncatingIfNeeded: round &* 31 &+ $0) }
      window.append(chunk.span, keeping: 100)
      all += chunk
      #expect(window.end == all.count)
      let start = max(0, all.count - 97 - 100)
      #expect(Array(window[start..<all.count]) == Array(all[start...]))
    }
    #expect(window.bytes.count < 400_000)
    #expect(window[-5..<3].isEmpty)
  }

  @Test func `control characters are not shown`() {
    #expect(DisplayText.printable("a\u{1B}[2J\u{7F}\u{202E}好".utf8) == "a·[2J··好")
    let bytes = Array("一二\n三四五".utf8)
    #expect(DisplayText.before(bytes[...], limit: 2) == "…四五")
    #expect(DisplayText.before(bytes[...], limit: 3) == "三四五")
    #expect(DisplayText.after(bytes[...], limit: 1) == "一…")
    #expect(DisplayText.after(bytes[...], limit: 2) == "一二")
  }

  @Test func `quantiles are the smallest values that enough samples do not pass`() {
    var histogram = Histogram()
    #expect(histogram.quantile(0.5) == 0)
    for value in 1...100 { histogram.add(value) }
    #expect(histogram.quantile(0.5) == 50)
    #expect(histogram.quantile(0.99) == 99)
    #expect(histogram.maximum == 100)
  }

  @Test func `token pieces cover the text`() {
    let text = Array("Hello wörld 你好, x1 \n".utf8)
    var pieces: [String] = []
    var at = 0
    while at < text.count {
      let end = TokenPieces.end(of: text.span, from: at)
      pieces.append(String(decoding: text[at..<end], as: UTF8.self))
      at = end
    }
    #expect(pieces == ["Hello", " w", "ö", "rld", " ", "你", "好", ",", " x1", " ", "\n"])
  }

  @Test func `notes name what folding did`() {
    #expect(
      FoldingNotes.notes(on: Array("Ｋ*幣\u{200B} k ".utf8))
        == ["Ｋ→k", "\"*\" skipped", "幣→币", "U+200B skipped", "U+0020 skipped"])
  }
}

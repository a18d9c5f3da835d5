import TestSupport

/// A small alphabet: a few characters, each with the spellings that fold to it.
struct Alphabet: Sendable {
  /// Spellings by their folded form, which stands first.
  let letters: [[String]]

  static let han: [[String]] = [
    ["币", "幣"], ["发", "發", "髮"], ["龙", "龍", "\u{2FD3}"], ["国", "國", "囯"], ["麻", "\u{F9D3}麻"],
    ["株", "㈱"], ["车", "車", "\u{F902}"], ["一", "㊀", "\u{2F00}"], ["台", "臺", "颱"], ["卖", "賣"],
  ]
  static let latin: [[String]] = [
    ["a", "A", "ａ", "\u{430}", "𝐚", "á", "a\u{301}"], ["b", "B", "Ｂ", "ⓑ"], ["s", "S", "ſ", "ѕ"],
    ["ss", "ß", "ẞ", "sS"], ["fi", "ﬁ", "Fi"], ["k", "K", "\u{212A}", "ｋ"], ["o", "О", "ο", "օ"],
    ["é", "E", "е", "e"], ["я", "Я"], ["i", "I", "İ", "і"],
  ]
  static let digits: [[String]] = [
    ["1", "１", "①", "¹"], ["2", "２", "②"], ["12", "½", "⑫", "1️2"], ["0", "𝟎"], ["三", "叁"],
    ["3", "٣"],
  ]
  static let others: [[String]] = [["あ", "ア"], ["カ", "ｶ"], ["한"], ["ㄅ"], ["株式会社", "㍿"], ["ไ"]]

  static let noise = [
    " ", " ", "*", "-", "-", "　", "·", "\t", "\u{0}", "（", "'", "🙂", "👍🏽", "🇨🇳", "🇨", "\u{1F3FD}",
    "👩\u{200D}💻", "\u{200D}🇨🇳", "🇨🇳🇨", "🇨🇳🏽",
    "．", "_", ".", "~", "©", "\u{2044}",
  ]
  static let clauseMarks = ["，", "，", "、", ",", ":", "："]
  static let sentenceMarks = [
    "。", "！", "?", "；", ". ", ".", ".\u{200B} ", ".\u{200B}\n", "\n", "\r\n", "\u{2028}",
  ]
  static let invisible = [
    "\u{200B}", "\u{200C}", "\u{200D}", "\u{FE0F}", "\u{301}", "\u{AD}", "\u{FEFF}", "\u{E0061}",
  ]
  static let illFormed: [[UInt8]] = [
    [0xFF], [0x80], [0xE4, 0xBD], [0xE4], [0xF0, 0x9F, 0x99], [0xC0, 0xAF], [0xED, 0xA0, 0x80],
  ]

  /// Picks two or three Han characters, some letters and a digit.
  init(_ random: inout SplitMix64) {
    var letters = (0..<random.pick(1...3)).map { _ in random.pick(Self.han) }
    if !random.oneIn(4) {
      letters += (0..<random.pick(1...3)).map { _ in random.pick(Self.latin) }
    }
    if random.oneIn(2) { letters += (0..<random.pick(1...2)).map { _ in random.pick(Self.digits) } }
    if random.oneIn(8) { letters.append(random.pick(Self.others)) }
    self.letters = letters
  }

  /// A spelling of one of the letters.
  func any(_ random: inout SplitMix64) -> String { random.pick(random.pick(letters)) }
}

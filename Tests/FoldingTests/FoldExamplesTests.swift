import Folding
import Testing

/// Returns the folded text with `|` between what different scalars gave, for readable cases.
private func folded(_ text: String) -> String {
  var result = ""
  for symbol in Folder.fold(text: text) {
    if let scalar = Unicode.Scalar(symbol.symbol) { result.unicodeScalars.append(scalar) }
  }
  return result
}

@Suite struct FoldExamplesTests {
  @Test(arguments: [
    ("ＶＩＰ", "vip"), ("ÀÉ", "ae"), ("Å", "a"), ("ß", "ss"), ("ẞ", "ss"), ("İ", "i"), ("ſ", "s"),
    ("ﬁ", "fi"), ("™", "tm"), ("①", "1"), ("½", "12"), ("⑴", "1"), ("Ⅷ", "viii"), ("㎡", "m2"),
    ("ⓐ", "a"), ("𝓪", "a"), ("ª", "a"), ("℃", "c"), ("ᾳ", "a"),
  ])
  func `letters and digits fold by compatibility and case`(text: String, fold: String) {
    #expect(folded(text) == fold)
  }

  @Test(arguments: [
    ("а", "a"), ("А", "a"), ("В", "b"), ("с", "c"), ("ο", "o"), ("Ο", "o"), ("р", "p"), ("і", "i"),
    ("й", "и"), ("ν", "v"), ("ɑ", "a"), ("Ꭺ", "a"), ("ҫ", "c"), ("ʟ", "ʟ"),
  ])
  func `letters that look like a–z fold to them`(text: String, fold: String) {
    #expect(folded(text) == fold)
  }

  @Test(arguments: [
    ("賣", "卖"), ("殼", "壳"), ("殻", "壳"), ("壳", "壳"), ("後", "后"), ("売", "卖"), ("気", "气"),
    ("⼈", "人"), ("⺅", "亻"), ("⻋", "车"), ("〇", "〇"), ("々", "々"), ("著", "著"), ("着", "着"),
    ("薴", "苎"), ("値", "值"), ("弁", "弁"), ("榅", "榅"), ("榲", "榅"), ("㈱", "株"), ("㊗", "祝"),
    ("㍿", "株式会社"), ("🈚", "无"), ("豈", "岂"), ("衞", "卫"), ("瞭", "瞭"),
  ])
  func `Han folds to simplified standard forms`(text: String, fold: String) {
    #expect(folded(text) == fold)
  }

  @Test(arguments: [
    ("が", "か\u{3099}"), ("ｶﾞ", "カ\u{3099}"), ("한", "\u{1112}\u{1161}\u{11AB}"),
    ("가", "\u{1100}\u{1161}"), ("ﷺ", "ص\u{644}ىا\u{644}\u{644}هع\u{644}يهوس\u{644}م"),
  ])
  func `scripts that decompose keep their marks`(text: String, fold: String) {
    let expected = fold.unicodeScalars.flatMap { Folder.fold($0.value).symbols }
    #expect(Folder.fold(text: text).map(\.symbol) == expected)
    #expect(!expected.isEmpty)
  }

  @Test(arguments: [
    ("，", ",", ScalarKind.clauseMark), (",", ",", .clauseMark), ("：", ":", .clauseMark),
    ("、", "、", .clauseMark), ("。", "。", .sentenceMark), ("！", "!", .sentenceMark),
    (";", ";", .sentenceMark), (".", ".", .fullStop), ("．", ".", .noise), ("…", "…", .noise),
    ("\u{3000}", " ", .whiteSpace), ("\t", "\t", .whiteSpace), (" ", " ", .whiteSpace),
    ("\r", "\r", .lineBreak), ("\u{2028}", "\u{2028}", .lineBreak), ("\u{0}", "\u{0}", .noise),
    ("★", "★", .noise), ("＄", "$", .noise), ("😀", "😀", .noise), ("🏻", "🏻", .emojiModifier),
    ("🇨", "🇨", .regionalIndicator), ("\u{E000}", "\u{E000}", .symbol), ("´", " ", .noise),
    ("\u{3099}", "\u{3099}", .symbol), ("\u{378}", "\u{378}", .symbol), ("™", "t", .symbol),
  ])
  func `a scalar is classed by itself`(text: String, symbol: String, kind: ScalarKind) {
    let first = Folder.fold(text: text).first
    #expect(first?.kind == kind)
    #expect(first?.symbol == symbol.unicodeScalars.first?.value)
  }

  @Test(
    arguments: [
      0x300, 0x345, 0x20E3, 0xFE0F, 0xE0041, 0x200B, 0x200C, 0xAD, 0x3164, 0xFEFF, 0x1AFF,
    ] as [UInt32])
  func `marks and ignorables vanish`(scalar: UInt32) {
    #expect(Folder.fold(scalar).kind == .vanishing)
    #expect(Folder.fold(scalar).count == 0)
  }

  @Test func `the zero-width joiner vanishes and joins`() {
    #expect(Folder.fold(0x200D).kind == .joiner)
    #expect(Folder.fold(0x200D).count == 0)
  }

  @Test(arguments: [
    ("a", SymbolTrait.letter), ("я", .letter), ("ا", .letter), ("\u{93F}", .letter), ("ع", .letter),
    ("7", .digit), ("٣", .digit), ("卖", .han), ("〇", .han), ("々", .han), ("〆", .han),
    ("か", .other), ("ー", .other), ("\u{3099}", .other), ("한", .other), ("ㄅ", .other),
    ("ꀀ", .other), ("ก", .other), ("，", .other), ("★", .other), (" ", .other),
  ])
  func `symbols know whether they touch`(text: String, trait: SymbolTrait) {
    #expect(Folder.fold(text: text).first?.trait == trait)
  }

  @Test func `a value that is no code point is one symbol`() {
    let fold = Folder.fold(DecodedScalar.illFormed)
    #expect(fold.kind == .symbol && fold.isIdentity && fold[0] == DecodedScalar.illFormed)
    #expect(Folder.trait(ofSymbol: DecodedScalar.illFormed) == .other)
  }

  @Test func `the tables name their data`() {
    #expect(Folder.dataVersions.hasPrefix("Unicode 15"))
  }
}

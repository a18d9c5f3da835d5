extension Risk {
  /// Finds the risk that `spelling` means; `nil` where it means none or is ambiguous.
  ///
  /// Accepted are identifiers (`A.1.a`, `a1a`, `A-1-a`, `附录A.1（a）`), official names with the
  /// deviations that tables in circulation show (without 内容, half-width commas, a closing ；,
  /// 侵犯 and 侵害 swapped, 商业机密), English names, and both together (`A.1.a 煽动…`, `a）煽动…`).
  /// A bare letter, `a)`, means a risk only within a group.
  ///
  /// - Parameters:
  ///   - spelling: The text of a header, an attribute or a table's cell.
  ///   - group: The group that the place of the text implies, if it does.
  public init?(spelling: String, in group: RiskGroup? = nil) {
    let key = Self.key(spelling)
    guard let risk = Self.identified(key) ?? Self.lettered(key, group) ?? Self.named(key[...])
    else { return nil }
    self = risk
  }

  /// The spelling in lower case without blanks, marks and the deviations of names.
  private static func key(_ spelling: String) -> [UnicodeScalar] {
    var text: [UnicodeScalar] = []
    for scalar in spelling.unicodeScalars {
      let isWide = 0xFF01...0xFF5E ~= scalar.value
      let narrow = isWide ? UnicodeScalar(scalar.value - 0xFEE0) ?? scalar : scalar
      guard narrow.properties.isAlphabetic || narrow.properties.numericType != nil else { continue }
      text += narrow.properties.lowercaseMapping.unicodeScalars
    }
    if text.starts(with: "附录".unicodeScalars) { text.removeFirst(2) }
    if text.count > 2, text.suffix(2).elementsEqual("内容".unicodeScalars) { text.removeLast(2) }
    for index in text.indices.dropFirst() {
      let pair = (text[index - 1], text[index])
      if pair == ("侵", "犯") { text[index] = "害" }
      if pair == ("机", "密") { text[index - 1] = "秘" }
    }
    return text
  }

  /// The risk of `a1a`, with or without its own name behind it.
  private static func identified(_ key: [UnicodeScalar]) -> Risk? {
    guard let group = leadingGroup(key), key.count > 2 else { return nil }
    if key.count == 3 { return group.risk(lettered: key[2]) }
    guard let risk = named(key[3...]), group.risk(lettered: key[2]) == risk else {
      guard let risk = named(key[2...]), risk.group == group else { return nil }
      return risk
    }
    return risk
  }

  /// The risk of `a` in a group, or of a letter with a name behind it.
  private static func lettered(_ key: [UnicodeScalar], _ group: RiskGroup?) -> Risk? {
    guard let letter = key.first, "a"..."i" ~= letter else { return nil }
    if key.count == 1 { return group?.risk(lettered: letter) }
    guard let risk = named(key[1...]) else { return nil }
    return risk.group.risk(lettered: letter) == risk ? risk : nil
  }

  private static func leadingGroup(_ key: [UnicodeScalar]) -> RiskGroup? {
    guard key.count >= 2, key[0] == "a", "1"..."5" ~= key[1] else { return nil }
    return RiskGroup(rawValue: UInt8(key[1].value - 0x30))
  }

  private static func named(_ key: ArraySlice<UnicodeScalar>) -> Risk? { keys[Array(key)] }

  private static let keys: [[UnicodeScalar]: Risk] = {
    let pairs = allCases.flatMap { risk in
      [(key(risk.officialName), risk), (key(risk.englishName), risk)]
    }
    return Dictionary(pairs) { first, _ in first }
  }()
}

extension RiskGroup {
  /// The risk of the group with the letter `letter`, `a` being the first.
  fileprivate func risk(lettered letter: UnicodeScalar) -> Risk? {
    guard letter.value >= 0x61, case let index = Int(letter.value - 0x61), index < risks.count
    else { return nil }
    return risks[index]
  }
}

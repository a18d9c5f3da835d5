/// What a scalar is between the symbols of a term.
package enum OracleKind: UInt8, Sendable {
  case symbol, vanishing, joiner, noise, whiteSpace, emojiModifier, regionalIndicator, fullStop
  case lineBreak, sentenceMark, clauseMark
}

/// What a folded symbol is at the edge of a word.
package enum OracleTrait: UInt8, Sendable {
  case other, han, letter, digit
}

/// Folding and character classes, worked out scalar by scalar from the published files.
///
/// Nothing here is shared with the tables of the engine: the text is rewritten as a whole (NFKD,
/// marks dropped, full case folding, ideographs for radicals, simplified forms, look-alikes) until
/// it no longer changes.
package final class OracleCharacters: Sendable {
  private let properties: OracleProperties
  let cache = OracleCache()
  private let simpler: [UInt32: UInt32]
  private let lookAlikes: [UInt32: UInt32]

  /// Reads the files.
  ///
  /// - Throws: `OracleData.Missing` with what to install.
  package init(_ data: OracleData = OracleData()) throws {
    let properties = try OracleProperties(data)
    let simpler = try Self.simplerForms(data)
    self.properties = properties
    self.simpler = simpler
    lookAlikes = try Self.lookAlikes(data, properties, simpler)
  }

  /// The symbols of a scalar; none when it vanishes.
  package func fold(_ scalar: UInt32) -> [UInt32] {
    let all = Self.rewrite([scalar], properties, simpler, lookAlikes)
    return Self.symbols(all, of: scalar, properties)
  }

  /// The kind of a scalar.
  package func kind(_ scalar: UInt32) -> OracleKind {
    let symbols = fold(scalar)
    if symbols.isEmpty { return scalar == 0x200D ? .joiner : .vanishing }
    if symbols.contains(where: properties.isLetterOrNumber) { return .symbol }
    switch scalar {
    case 0x0A, 0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029: return .lineBreak
    case _ where "。！？!?；;".unicodeScalars.contains { $0.value == scalar }: return .sentenceMark
    case _ where "，、,:：".unicodeScalars.contains { $0.value == scalar }: return .clauseMark
    case 0x2E: return .fullStop
    case 0x1F3FB...0x1F3FF: return .emojiModifier
    case 0x1F1E6...0x1F1FF: return .regionalIndicator
    default: break
    }
    let category = properties.category(of: scalar)
    let isNoise =
      category == "Zs" || category == "Cc" || category.hasPrefix("S") || category.hasPrefix("P")
      || properties.pictographic.contains(scalar)
    if !isNoise { return .symbol }
    return properties.whiteSpace.contains(scalar) ? .whiteSpace : .noise
  }

  /// The trait of a folded symbol.
  package func trait(_ symbol: UInt32) -> OracleTrait {
    if properties.ideographs.contains(symbol) { return .han }
    let category = properties.category(of: symbol)
    let isLetter = category.hasPrefix("L")
    let isHan =
      properties.script[symbol] == "Han"
      || (isLetter && properties.extensions[symbol] == ["Hani"])
    if isHan && properties.isLetterOrNumber(symbol) { return .han }
    if category.hasPrefix("N") { return .digit }
    guard isLetter || category.hasPrefix("M") else { return .other }
    let isUnspaced =
      properties.isEastAsian(symbol) || properties.unspaced.contains(symbol)
    return isUnspaced ? .other : .letter
  }

  /// Whether PCRE2's `\d` matches a symbol (UCP: general category Nd).
  package func isDecimal(_ symbol: UInt32) -> Bool { properties.category(of: symbol) == "Nd" }

  // MARK: - Folding

  private static func rewrite(
    _ text: [UInt32], _ properties: OracleProperties, _ simpler: [UInt32: UInt32],
    _ lookAlikes: [UInt32: UInt32]
  ) -> [UInt32] {
    var text = text
    while true {
      let before = text
      text = properties.nfkd(text).filter { !vanishes($0, properties) }
      text = text.flatMap { properties.caseFolding[$0] ?? [$0] }
      text = text.map { properties.radicals[$0] ?? $0 }
      text = text.map { simpler[$0] ?? $0 }
      text = text.map { lookAlikes[$0] ?? $0 }
      if text == before { return text }
    }
  }

  private static func symbols(
    _ all: [UInt32], of scalar: UInt32, _ properties: OracleProperties
  ) -> [UInt32] {
    if all.contains(where: properties.isLetterOrNumber) {
      return all.filter {
        properties.isLetterOrNumber($0) || properties.category(of: $0).hasPrefix("M")
      }
    }
    return all.count < 2 ? all : [scalar]
  }

  private static func vanishes(_ scalar: UInt32, _ properties: OracleProperties) -> Bool {
    for block in [
      0x0300...0x036F, 0x1AB0...0x1AFF, 0x1DC0...0x1DFF, 0x20D0...0x20FF, 0xFE20...0xFE2F,
    ]
    where block.contains(Int(scalar)) {
      return true
    }
    return properties.ignorable.contains(scalar)
  }

  /// From a Han character to the next simpler or more usual form.
  private static func simplerForms(_ data: OracleData) throws -> [UInt32: UInt32] {
    var result: [UInt32: UInt32] = [:]
    let simplified = Dictionary(
      try data.openCCDictionary("TSCharacters").map { ($0.0, $0.1[0]) }, uniquingKeysWith: { $1 })
    var standard = Set(simplified.values)
    for (scalar, property, value) in try data.unihan("Unihan_IRGSources")
    where property == "kIRG_GSource" && value.hasPrefix("G0-") {
      standard.insert(scalar)
    }
    var simplifiedVariants: [UInt32: UInt32] = [:]
    var zVariants: [UInt32: [UInt32]] = [:]
    for (scalar, property, value) in try data.unihan("Unihan_Variants") {
      let forms = value.split(whereSeparator: { " \r".contains($0) }).map {
        hex($0.dropFirst(2).prefix { $0 != "<" })
      }
      if forms.contains(scalar) { continue }
      if property == "kSimplifiedVariant" { simplifiedVariants[scalar] = forms[0] }
      if property == "kZVariant" { zVariants[scalar] = forms }
    }
    // The weakest rule first: each later one overrides it.
    for (scalar, forms) in zVariants {
      result[scalar] = forms.first { standard.contains($0) || simplified[$0] != nil }
    }
    result.merge(simplifiedVariants) { $1 }
    var regional: [UInt32: UInt32] = [:]
    var traditional: Set<UInt32> = []
    for name in ["HKVariants", "TWVariants", "JPVariants"] {
      for (character, forms) in try data.openCCDictionary(name) {
        traditional.insert(character)
        for form in forms where form != character && regional[form] == nil {
          regional[form] = character
        }
      }
    }
    for scalar in traditional { result[scalar] = nil }
    result.merge(regional) { $1 }
    for scalar in standard { result[scalar] = nil }
    for (scalar, form) in simplified { result[scalar] = form == scalar ? nil : form }
    return result
  }

  /// From a folded letter to the letter a–z that it looks like (UTS #39).
  private static func lookAlikes(
    _ data: OracleData, _ properties: OracleProperties, _ simpler: [UInt32: UInt32]
  ) throws -> [UInt32: UInt32] {
    var candidates: [UInt32: [(source: UInt32, letter: UInt32)]] = [:]
    for row in try data.confusablesTable() where row.count >= 2 {
      let source = row[0].split(separator: " ").map { hex($0) }
      let target = row[1].split(separator: " ").map { hex($0) }
      guard source.count == 1, source[0] > 0x7F, !properties.isEastAsian(source[0]),
        properties.category(of: source[0]).hasPrefix("L")
      else { continue }
      let key = symbols(
        rewrite(source, properties, simpler, [:]), of: source[0], properties)
      let letter = target.flatMap {
        symbols(rewrite([$0], properties, simpler, [:]), of: $0, properties)
      }
      guard key.count == 1, key[0] > 0x7F, letter.count == 1, (0x61...0x7A).contains(letter[0])
      else { continue }
      candidates[key[0], default: []].append((source[0], letter[0]))
    }
    var result: [UInt32: UInt32] = [:]
    for (key, list) in candidates {
      // The letter itself wins over its capital, then the smaller code point.
      let best = list.min {
        ($0.source == key ? 0 : $0.source) < ($1.source == key ? 0 : $1.source)
      }
      result[key] = best?.letter
    }
    return result
  }
}

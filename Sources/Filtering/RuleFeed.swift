import Folding
import Lexicons
import Matching
import Rules
import Storage

/// Feeds folded text to the regex rules and turns their matches into findings.
struct RuleFeed: ~Copyable {
  private let lexicon: CompiledLexicon
  private let actions: EntryActions
  private let limitAction: Action
  private var scanner: RuleScanner
  /// Each rule's last match: a scalar that folds to several symbols can hold one more than once.
  private var last: [RuleMatch?]
  private(set) var findings: [Finding] = []

  init(
    _ lexicon: CompiledLexicon, _ actions: EntryActions, _ policy: Policy, mode: RuleScanMode
  ) {
    self.lexicon = lexicon
    self.actions = actions
    limitAction = policy.limitAction
    let enabled = (0..<lexicon.ruleRecords.count).filter {
      actions[Int(lexicon.ruleRecords[$0].entry)] != nil
    }
    last = Array(repeating: nil, count: lexicon.ruleRecords.count)
    scanner = RuleScanner(lexicon.rules, enabled: enabled, mode: mode)
  }

  /// The smallest byte offset that an undecided match could cover.
  var heldStart: Int? { scanner.heldFrom }

  /// Reads whole characters.
  ///
  /// - Parameters:
  ///   - bytes: They end at a character's end unless `isFinal`.
  ///   - base: The offset of `bytes[0]` in the text.
  ///   - isFinal: Whether a cut character at the end is ill-formed.
  mutating func read(_ bytes: Span<UInt8>, base: Int, isFinal: Bool) {
    var at = 0
    while at < bytes.count {
      let scalar = UTF8Decoder.decode(bytes, at: at)
      if scalar.isCut && !isFinal { return }
      let (start, end) = (base + at, base + at + scalar.length)
      at += scalar.length
      var matches: [RuleMatch] = []
      if scalar.isIllFormed {
        scanner.split { matches.append($0) }
      } else {
        let fold = Folder.fold(scalar.scalar)
        for index in 0..<fold.count {
          scanner.append(fold[index], start: start, end: end) { matches.append($0) }
        }
      }
      for match in matches { accept(match) }
    }
  }

  mutating func finish() {
    var matches: [RuleMatch] = []
    scanner.finish { matches.append($0) }
    for match in matches { accept(match) }
  }

  mutating func takeFindings() -> [Finding] {
    if findings.isEmpty { return [] }
    var taken: [Finding] = []
    swap(&taken, &findings)
    return taken
  }

  private mutating func accept(_ match: RuleMatch) {
    if last[match.rule] == match { return }
    last[match.rule] = match
    let index = Int(lexicon.ruleRecords[match.rule].entry)
    guard let action = actions[index] else { return }
    let entry = lexicon.entries[index]
    findings.append(
      Finding(
        cause: match.isLimit ? .ruleLimit(index) : .entry(index), entryID: entry.id,
        risk: Risk(rawValue: entry.primary), action: match.isLimit ? limitAction : action,
        range: match.start..<match.end, evasion: [], otherParts: []))
  }
}

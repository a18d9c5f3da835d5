import Lexicons
import Matching
import Rules
import Storage

/// One pass over a whole text.
///
/// Longer texts go through the prefilter first, where the lexicon has one: only the regions in which
/// it sees something are scanned.
struct WholeScan: ~Copyable {
  /// The shortest text that is worth the prefilter's preparation, in bytes.
  private static let shortestFiltered = 1024

  private let lexicon: CompiledLexicon
  private let policy: Policy
  private let actions: EntryActions
  private var scanner: Scanner
  private var resolver: Resolver
  private var findings: [Finding] = []

  init(_ lexicon: CompiledLexicon, _ policy: Policy, keepsCleared: Bool) {
    self.lexicon = lexicon
    self.policy = policy
    actions = lexicon.actions(under: policy)
    scanner = Scanner(
      lexicon.automaton, noiseLimit: policy.noiseLimit, enabled: policy.enabledKinds)
    resolver = Resolver(lexicon, actions: actions, limitAction: policy.limitAction)
    resolver.keepsCleared = keepsCleared
  }

  mutating func run(_ text: Span<UInt8>) -> Verdict {
    if let prefilter = lexicon.prefilter, text.count >= Self.shortestFiltered,
      !PrefilterKernel.isSwitchedOff
    {
      var regions = SuspectRegions(
        prefilter, lexicon.automaton, endsAtMarks: lexicon.endsAtMarks)
      while let region = regions.next(in: text) { scan(text, region) }
    } else {
      scan(text, 0..<text.count)
    }
    if !lexicon.rules.rules.isEmpty {
      var rules = RuleFeed(lexicon, actions, policy, mode: .whole)
      rules.read(text, base: 0, isFinal: true)
      rules.finish()
      findings += rules.takeFindings()
    }
    for index in findings.indices {
      findings[index].evasion.formUnion(Evasion(of: text, in: findings[index].range))
    }
    findings.sort(by: Finding.precedes)
    return Verdict(findings: findings, cleared: resolver.takeCleared())
  }

  private mutating func scan(_ text: Span<UInt8>, _ region: Range<Int>) {
    let part = text.extracting(region)
    var at = 0
    while at < part.count {
      at = scanner.read(
        part, base: region.lowerBound, from: at, isFinal: true, handler: &resolver)
      findings += resolver.takeFindings()
    }
    scanner.finish(&resolver)
    resolver.evaluate()
    findings += resolver.takeFindings()
    scanner.restart()
  }
}

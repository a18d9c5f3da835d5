import Lexicons
import Matching
import Rules
import Storage

/// One pass over a whole text.
///
/// Longer texts go through the prefilter first, where the lexicon has one: only the regions in which
/// it sees something are scanned. Where it has combinations of common words instead, the parts in
/// which a probe sees something are.
struct WholeScan: ~Copyable {
  /// The shortest text that is worth the prefilter's preparation, in bytes.
  private static let shortestFiltered = 1024
  /// The bytes from which on a part that is probed ends at the next boundary.
  private static let probed = 512
  /// Text after which the share of the suspicious parts is looked at, in bytes.
  private static let trial = 1 << 14

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
      lexicon.automaton, noiseLimit: policy.noiseLimit, enabled: policy.enabledKinds,
      hasSets: lexicon.setCount > 0)
    resolver = Resolver(lexicon, actions: actions, limitAction: policy.limitAction)
    resolver.keepsCleared = keepsCleared
  }

  mutating func run(_ text: Span<UInt8>) -> Verdict {
    if let prefilter = lexicon.prefilter, text.count >= Self.shortestFiltered,
      !PrefilterKernel.isSwitchedOff
    {
      var regions = SuspectRegions(prefilter, endsAtMarks: lexicon.endsAtMarks)
      while let region = regions.next(in: text) { scan(text, region) }
    } else if lexicon.prefilter == nil, lexicon.setCount > 0, text.count >= Self.shortestFiltered,
      !PrefilterKernel.isSwitchedOff
    {
      scanSuspicious(text)
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

  /// Scans the parts of a text in which a probe sees something.
  ///
  /// Where those are most of it, the rest is scanned unseen: the probe's time would be wasted.
  private mutating func scanSuspicious(_ text: Span<UInt8>) {
    var probe = SentenceProbe(lexicon, actions: actions)
    var prober = Scanner(
      lexicon.automaton, noiseLimit: policy.noiseLimit, enabled: policy.enabledKinds)
    var (start, covered) = (0, 0)
    while start < text.count {
      if start > Self.trial && covered > start / 2 {
        scan(text, start..<text.count)
        return
      }
      let least = min(start + Self.probed, text.count)
      let end = TextBoundary.behind(least, in: text, atMarks: lexicon.endsAtMarks)
      if suspects(text.extracting(start..<end), &prober, &probe) {
        scan(text, start..<end)
        covered += end - start
      }
      start = end
    }
  }

  /// Whether something may be found in a part of a text that ends at a boundary.
  private func suspects(
    _ part: Span<UInt8>, _ prober: inout Scanner, _ probe: inout SentenceProbe
  ) -> Bool {
    probe.reset()
    var at = 0
    while at < part.count && !probe.isSuspicious {
      at = prober.read(part, base: 0, from: at, isFinal: true, handler: &probe)
    }
    prober.finish(&probe)
    probe.finish()
    prober.restart()
    return probe.isSuspicious
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

package import Filtering
import Lexicons

/// Counts the effective terms of a keyword library.
///
/// Only literal terms that block or mask are counted, each once, for its primary risk. The rules
/// apply in this order, and a term that one of them excludes is not looked at by the later ones, so
/// that it has exactly one problem:
///
/// 1. *duplicate*: an earlier entry, whatever its action, is the same after folding. In file order
///    the first wins, and so does its risk. Terms that report each other are the same as well.
/// 2. *short*: fewer than two Han characters and fewer than four Latin letters, counted after
///    folding, so that neither noise nor width makes a term longer.
/// 3. *unreachable*: a scan of the term as written does not report it.
/// 4. *subsumed*: that scan reports another term that blocks or masks. The scan is the engine's own,
///    so the other term's boundary and exceptions apply. It need not be counted itself: a term that
///    is too short, of a risk that is not counted, or padding intercepts all the same.
/// 5. *padding*: of the risk's terms that are left, more than `Requirement.sharedEdgeLimit` begin, or
///    end, alike (`TermShape.edgeKeys`). In file order those beyond the limit are not counted. A
///    term takes its place in each of its buckets, also where another bucket excludes it; terms that
///    rules 1 to 4 exclude take no place and do not raise the limit.
///
/// What is left is effective. The total is that of the 17 counted risks.
package enum CoverageChecker {
  /// Counts a library's effective terms.
  ///
  /// - Complexity: O(total length of the terms + findings in them).
  package static func check(_ engine: FilterEngine) -> CoverageReport {
    var counting = Counting(engine)
    counting.addDropped()
    counting.scan()
    counting.excludeByScan()
    counting.excludePadding()
    return counting.report()
  }
}

/// One count.
private struct Counting {
  private static let sameAs = "the same after folding as "

  private let engine: FilterEngine
  private let entries: [EntryInfo]
  /// The terms that block or mask, in file order.
  private let candidates: [Int]
  private let shapes: [Int: TermShape]
  /// For each entry, the other candidates that a scan of it reports.
  private var reported: [[Int]]
  private var isReached: [Bool]
  private var effective: [Int] = []
  private var problems: [CoverageProblem] = []

  init(_ engine: FilterEngine) {
    self.engine = engine
    let entries = (0..<engine.entryCount).map(engine.entry)
    self.entries = entries
    candidates = entries.indices.filter {
      entries[$0].kind == .term && entries[$0].action.isInterception
    }
    shapes = Dictionary(
      uniqueKeysWithValues: candidates.map { ($0, TermShape(entries[$0].text)) })
    reported = Array(repeating: [], count: entries.count)
    isReached = Array(repeating: false, count: entries.count)
  }

  /// Entries that the parser dropped, of every kind and action: each is a line without effect.
  mutating func addDropped() {
    for entry in engine.duplicates {
      problems.append(
        CoverageProblem(
          kind: .duplicate, file: entry.file, line: entry.line, term: entry.text,
          risk: entry.risk, detail: Self.sameAs + name(entry.kept) + weakening(entry)))
    }
  }

  /// What is lost where the kept entry does less than the dropped one asked for.
  private func weakening(_ entry: DroppedEntry) -> String {
    let kept = entries[entry.kept].action
    if kept >= entry.action { return "" }
    return ", whose action is \(kept.name): this line's \(entry.action.name) is lost"
  }

  mutating func scan() {
    for candidate in candidates {
      let bytes = Array(entries[candidate].text.utf8)
      for finding in engine.findings(in: bytes.span) {
        guard case .entry(let other) = finding.cause, entries[other].kind == .term,
          entries[other].action.isInterception
        else { continue }
        if other == candidate {
          isReached[candidate] = true
        } else if !reported[candidate].contains(other) {
          reported[candidate].append(other)
        }
      }
    }
  }

  /// Rules 1 to 4.
  mutating func excludeByScan() {
    for candidate in candidates {
      guard let shape = shapes[candidate] else { continue }
      let others = reported[candidate]
      if let same = others.first(where: { $0 < candidate && reported[$0].contains(candidate) }) {
        exclude(candidate, .duplicate, Self.sameAs + name(same))
      } else if shape.hanCount < Requirement.hanCharacters
        && shape.latinLetterCount < Requirement.letters
      {
        exclude(
          candidate, .short,
          "\(shape.hanCount) Han characters and \(shape.latinLetterCount) Latin letters; "
            + "\(Requirement.hanCharacters) or \(Requirement.letters) are needed")
      } else if !isReached[candidate] {
        exclude(candidate, .unreachable, unreachableDetail(candidate))
      } else if let shorter = others.first(where: { !reported[$0].contains(candidate) }) {
        exclude(candidate, .subsumed, "\(name(shorter)) intercepts it already")
      } else {
        effective.append(candidate)
      }
    }
  }

  /// Rule 5.
  mutating func excludePadding() {
    var sizes: [Risk: Int] = [:]
    for term in effective { sizes[entries[term].risk, default: 0] += 1 }
    var members: [EdgeBucket: Int] = [:]
    var details: [(term: Int, bucket: EdgeBucket)] = []
    var kept: [Int] = []
    for term in effective {
      guard let shape = shapes[term] else { continue }
      let risk = entries[term].risk
      let limit = Requirement.sharedEdgeLimit(terms: sizes[risk] ?? 0)
      var full: EdgeBucket?
      for fromEnd in [false, true] {
        let keys = shape.edgeKeys(fromEnd: fromEnd)
        for key in keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
          let bucket = EdgeBucket(risk: risk, isEnd: fromEnd, key: key)
          members[bucket, default: 0] += 1
          if members[bucket, default: 0] > limit { full = full ?? bucket }
        }
      }
      if let full { details.append((term, full)) } else { kept.append(term) }
    }
    for (term, bucket) in details {
      let limit = Requirement.sharedEdgeLimit(terms: sizes[bucket.risk] ?? 0)
      exclude(
        term, .padding,
        "\(members[bucket] ?? 0) terms of \(bucket.risk.id) \(bucket.isEnd ? "end" : "begin") "
          + "with \(bucket.text); the first \(limit) are counted")
    }
    effective = kept
  }

  func report() -> CoverageReport {
    var counts: [Risk: Int] = [:]
    var sizes: [Risk: Int] = [:]
    for entry in entries { sizes[entry.risk, default: 0] += 1 }
    for term in effective { counts[entries[term].risk, default: 0] += 1 }
    let risks = Risk.allCases.filter { $0.isCounted || sizes[$0] != nil }
    let total = Risk.counted.reduce(0) { $0 + (counts[$1] ?? 0) }
    return CoverageReport(
      total: CoverageCount(effective: total, required: Requirement.total),
      risks: risks.map { risk in
        RiskCoverage(
          risk: risk, entries: sizes[risk] ?? 0,
          count: CoverageCount(
            effective: counts[risk] ?? 0, required: Requirement.floor(of: risk) ?? 0))
      },
      problems: problems.sorted { first, second in
        first.file != second.file
          ? first.file.utf8.lexicographicallyPrecedes(second.file.utf8)
          : first.line < second.line
      })
  }

  private mutating func exclude(_ index: Int, _ kind: CoverageProblem.Kind, _ detail: String) {
    let entry = entries[index]
    problems.append(
      CoverageProblem(
        kind: kind, file: entry.file, line: entry.line, term: entry.text, risk: entry.risk,
        detail: detail))
  }

  private func unreachableDetail(_ index: Int) -> String {
    let cleared = engine.verdict(of: entries[index].text).cleared.first { $0.entry == index }
    if let cleared { return "its exception \(cleared.exception) clears it" }
    return "a scan of the term as written does not report it"
  }

  private func name(_ index: Int) -> String {
    "\(entries[index].text) (\(entries[index].file):\(entries[index].line))"
  }
}

/// Terms of a risk that begin, or end, alike.
private struct EdgeBucket: Hashable {
  var risk: Risk
  var isEnd: Bool
  var key: [UInt32]

  /// The shared characters after folding.
  var text: String {
    var text = ""
    for symbol in key { Unicode.Scalar(symbol).map { text.unicodeScalars.append($0) } }
    return text
  }
}

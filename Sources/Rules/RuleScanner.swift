/// Finds the matches of many rules in folded text that is given symbol by symbol.
///
/// A rule's matches are its leftmost ones, each attempt starting at or after the end of the last
/// match. An attempt at symbol s sees the subject [s − lookbehind, s + window), cut at the ends of
/// the text and at each split. While symbols of it are missing, PCRE2 is asked with
/// `PCRE2_PARTIAL_HARD`, whose answers other than "partial" hold for every continuation; so the
/// outcome depends on the text alone, not on when it was asked. Only one attempt of a rule is
/// undecided at a time: when it fails, the following starts are tried on the buffered symbols, so
/// a rule costs at most two runs a symbol.
///
/// - SeeAlso: `man pcre2partial`, "MULTI-SEGMENT MATCHING WITH pcre2_match()".
package struct RuleScanner: ~Copyable {
  /// Where one rule stands.
  struct State {
    /// The next attempt starts at this symbol or later.
    var resume = 0
    /// The symbol of the undecided attempt, or −1.
    var attempt = -1
    /// Whether that attempt hit a limit and waits only for the end of its window.
    var isLimited = false
    /// The compiled pattern, fetched at the first attempt.
    var pattern: PCREPattern?
  }

  let set: RuleSet
  let mode: RuleScanMode
  let table: StartTable
  /// The enabled rules of each start class.
  private let starters: [[Int]]
  let scratch: MatchScratch
  var buffer: SymbolBuffer
  var states: [State]
  /// The rules that have an undecided attempt.
  var active: [Int] = []
  /// In `.whole` mode, the buffer end at which the first window is complete.
  private var due = Int.max
  /// The first symbol of the subject: of the text, or after the last split.
  var subjectStart = 0

  /// Opens a scan and allocates its buffers, `4 · maxReach` symbols at most.
  ///
  /// - Parameters:
  ///   - set: The rules.
  ///   - enabled: Indices of the rules to run.
  ///   - mode: Whether attempts are stepped or run once.
  ///   - limits: What one attempt may cost.
  package init(
    _ set: RuleSet, enabled: some Sequence<Int>, mode: RuleScanMode,
    limits: RuleLimits = RuleLimits()
  ) {
    self.set = set
    self.mode = mode
    let table = set.startTable
    self.table = table
    let enabled = Set(enabled)
    starters = table.rules.map { $0.filter { enabled.contains($0) } }
    scratch = MatchScratch(limits)
    buffer = SymbolBuffer(reach: set.maxReach)
    states = Array(repeating: State(), count: set.rules.count)
    active.reserveCapacity(set.rules.count)
  }

  /// Appends one symbol of the folded text.
  ///
  /// - Parameters:
  ///   - symbol: The folded scalar.
  ///   - start: Byte offset of the source scalar.
  ///   - end: Byte offset behind the source scalar.
  ///   - emit: Receives each finding that this symbol decides.
  /// - Complexity: One look-up where no rule can start and none is undecided; otherwise at most one
  ///   run for each undecided rule, plus the runs that a failed attempt had put off.
  package mutating func append(
    _ symbol: UInt32, start: Int, end: Int, _ emit: (RuleMatch) -> Void
  ) {
    let startClass = table.startClass(of: symbol)
    let canStart = startClass != 0 && !starters[startClass].isEmpty
    if !canStart && active.isEmpty && set.maxLookbehind == 0 {
      buffer.skip()
      return
    }
    buffer.append(symbol, start..<end)
    if !active.isEmpty && (mode == .stream || buffer.end >= due) { advance(isEnd: false, emit) }
    if canStart { begin(startClass, emit) }
  }

  /// Ends the subject at an ill-formed scalar, which matches nothing; a new one begins after it.
  ///
  /// - Parameter emit: Receives each finding that the end decides.
  package mutating func split(_ emit: (RuleMatch) -> Void) {
    advance(isEnd: true, emit)
    buffer.removeAll()
    subjectStart = buffer.end
  }

  /// Ends the text; the scanner is then ready for another one.
  ///
  /// - Parameter emit: Receives each finding that the end decides.
  package mutating func finish(_ emit: (RuleMatch) -> Void) { split(emit) }

  /// The smallest source byte offset that an undecided attempt could cover, `nil` if there is none.
  ///
  /// - Complexity: O(undecided rules).
  package var heldFrom: Int? {
    var held: Int?
    for rule in active {
      let start = buffer.source(states[rule].attempt).lowerBound
      held = min(held ?? start, start)
    }
    return held
  }

  private mutating func begin(_ startClass: Int, _ emit: (RuleMatch) -> Void) {
    let position = buffer.end - 1
    for rule in starters[startClass] where states[rule].attempt < 0 {
      guard position >= states[rule].resume else { continue }
      states[rule].attempt = position
      let window = set.rules[rule].window
      if mode == .whole && window > 1 {
        active.append(rule)
        due = min(due, position + window)
      } else if run(rule, isEnd: false, emit) {
        active.append(rule)
      }
    }
  }

  private mutating func advance(isEnd: Bool, _ emit: (RuleMatch) -> Void) {
    var index = 0
    due = .max
    while index < active.count {
      let rule = active[index]
      if run(rule, isEnd: isEnd, emit) {
        due = min(due, states[rule].attempt + set.rules[rule].window)
        index += 1
      } else {
        active.swapAt(index, active.count - 1)
        active.removeLast()
      }
    }
  }
}

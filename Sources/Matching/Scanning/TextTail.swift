import CScan
import Folding

/// The end of a text, read backwards as far as it decides what is under way there.
///
/// It is cut into units, Han characters and words, up to a place that nothing crosses: no pattern has
/// the neighbours around it inside. What begins behind that place is followed through the automaton.
/// All that is not plain (invisible characters, other scripts, letters that may be spelled out, long
/// gaps) is left to the scanner.
package struct TextTail {
  /// What may be under way at a text's end.
  package enum State: Equatable {
    /// Nothing.
    case nothing
    /// Something that begins at this offset, and nothing that begins before.
    case live(Int)
    /// Only the scanner can tell.
    case unclear
  }

  /// The most scalars of a gap.
  static let longestGap = 12
  /// The most units.
  private static let mostUnits = 12

  let tables: StepTables
  /// Whether the bytes are the whole text.
  let isWhole: Bool
  let noiseLimit: Int
  let enabled: UInt64

  /// Tells what is under way.
  ///
  /// - Parameter bytes: The last bytes of a text, at least one, no character cut at their end.
  /// - Returns: What the scanner's `liveStart` would tell, or that it is unclear.
  /// - Complexity: O(bytes).
  @inline(__always)
  func state(of bytes: Span<UInt8>) -> State {
    guard let last = unit(bytes, before: bytes.count) else { return stateBehind(bytes) }
    // By far the commonest: nothing crosses to the last unit.
    let isLive = isAlive(node(bytes, from: last.start, to: bytes.count))
    let state = isLive ? State.live(last.start) : .nothing
    switch boundary(bytes, before: last) {
    case .closed: return state
    case .unclear: return .unclear
    case .crossable(let end): return search(bytes, before: end, state)
    }
  }

  /// Goes on to the units before the last one, of which a boundary was crossed to `end`.
  @inline(never)
  private func search(_ bytes: Span<UInt8>, before end: Int, _ last: State) -> State {
    var (end, state) = (end, last)
    for _ in 0..<Self.mostUnits {
      guard let unit = unit(bytes, before: end) else { return .unclear }
      if isAlive(node(bytes, from: unit.start, to: bytes.count)) { state = .live(unit.start) }
      switch boundary(bytes, before: unit) {
      case .closed: return state
      case .unclear: return .unclear
      case .crossable(let next): end = next
      }
    }
    return .unclear
  }

  /// Tells what is under way where no unit ends the text.
  @inline(never)
  private func stateBehind(_ bytes: Span<UInt8>) -> State {
    var end = bytes.count
    let ending = ending(bytes, &end)
    if ending.kind == .line { return .nothing }
    if ending.kind == .unclear { return .unclear }
    if end == 0 { return isWhole ? .nothing : .unclear }
    guard let lastUnit = unit(bytes, before: end) else { return .unclear }
    let last = last(bytes, end)
    var unit = lastUnit
    var state = State.nothing
    for _ in 0..<Self.mostUnits {
      let goesOn = canGoOn(
        node(bytes, from: unit.start, to: end), behind: ending, lastUnit, last: last,
        isAlone: unit.start == lastUnit.start)
      guard let goesOn else { return .unclear }
      if goesOn { state = .live(unit.start) }
      switch boundary(bytes, before: unit) {
      case .closed: return state
      case .unclear: return .unclear
      case .crossable(let end):
        guard let next = self.unit(bytes, before: end) else { return .unclear }
        unit = next
      }
    }
    return .unclear
  }

  /// The state of the units from one on, 0 where they are the beginning of nothing.
  @inline(__always)
  private func node(_ bytes: Span<UInt8>, from start: Int, to end: Int) -> UInt32 {
    var state: UInt32 = 0
    var at = start
    repeat {
      let (number, length) = symbol(bytes, at: at)
      state = tables.child(of: state, number)
      at &+= length
    } while at < end && state != 0
    return state
  }

  /// Whether a state goes on to a pattern that is switched on.
  @inline(__always)
  func isAlive(_ state: UInt32) -> Bool {
    state != 0 && tables.kinds(beyond: state) & enabled != 0
  }
}

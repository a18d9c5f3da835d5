import CScan
import Storage

/// The automaton's tables as plain pointers, for the short way through a text.
///
/// The pointers lie in memory of their own, which all scanners share: each carries one word.
///
/// - Invariant: valid while the automaton that made it lives; whoever stores it stores that.
@safe struct StepTables: @unchecked Sendable {
  // SAFETY (@unchecked Sendable): nothing is written after `init`.
  private let fields: UnsafeMutablePointer<kw_automaton>

  /// Allocates memory for the pointers; `deallocate` frees it.
  init(_ fields: kw_automaton) {
    unsafe self.fields = .allocate(capacity: 1)
    unsafe self.fields.initialize(to: fields)
  }

  /// The tables as C takes them.
  @inline(__always) @unsafe
  var automaton: UnsafePointer<kw_automaton> { unsafe UnsafePointer(fields) }

  /// Frees the memory.
  func deallocate() { unsafe fields.deallocate() }

  /// What is known of a scalar of at most 0x10FFFF.
  @inline(__always)
  func entry(_ scalar: UInt32) -> ScalarEntry {
    // SAFETY: `AhoCorasick.init` proved that there is a page for every scalar.
    let page = unsafe Int(fields.pointee.symbols.page_index[Int(scalar >> 8)])
    let place = page << 8 | Int(scalar & 0xFF)
    return unsafe ScalarEntry(rawValue: fields.pointee.symbols.pages[place])
  }

  /// Follows a symbol from a state, as `AhoCorasick.step`.
  @inline(__always)
  func step(_ state: UInt32, _ number: Int) -> (state: UInt32, hasOutput: Bool) {
    if number == 0 { return (0, false) }
    let (cells, failures) = unsafe (fields.pointee.cells, fields.pointee.failures)
    var state = state
    while true {
      // SAFETY: `AhoCorasick.init` proved base + number < cells.count for every cell, and that
      // failure links are cells and end at the root.
      let base = unsafe UInt32(truncatingIfNeeded: cells[Int(state)]) & 0x7FFF_FFFF
      let next = base &+ UInt32(truncatingIfNeeded: number)
      let cell = unsafe cells[Int(next)]
      if UInt32(truncatingIfNeeded: cell >> 32) == state && base != 0 {
        return (next, cell & 1 << 31 != 0)
      }
      if state == 0 { return (0, false) }
      state = unsafe failures[Int(state)]
    }
  }

  /// Whether a state stands for no symbol or for the last one alone, so that what comes next is
  /// known without it.
  @inline(__always)
  func isShallow(_ state: UInt32, behind last: Int) -> Bool {
    let root = unsafe fields.pointee.root_base
    // Both at once: a branch for each would often be mispredicted.
    return (state == 0 ? 1 : 0) | (state == root &+ UInt32(truncatingIfNeeded: last) ? 1 : 0) != 0
  }

  /// The state that a symbol leads to from the root.
  @inline(__always)
  func begin(_ number: Int) -> UInt32 {
    // SAFETY: as in `step`.
    let next = unsafe fields.pointee.root_base &+ UInt32(truncatingIfNeeded: number)
    let cell = unsafe fields.pointee.cells[Int(next)]
    return cell >> 32 | (number == 0 ? 1 : 0) == 0 ? next : 0
  }

  /// What the reading of a run needs, in place.
  @inline(__always) @unsafe
  var symbols: UnsafePointer<kw_symbols> {
    // SAFETY: the first field.
    unsafe UnsafeRawPointer(fields).assumingMemoryBound(to: kw_symbols.self)
  }

  /// Whether no pattern is found inside a word, so that none need be looked for from there on.
  @inline(__always)
  var boundsWords: Bool {
    unsafe fields.pointee.symbols.bounds_words != 0
  }

  /// Follows a letter or digit that touches the last one, where `boundsWords`.
  ///
  /// Prefixes that begin inside a word lead to nothing and are left out, the root's children among
  /// them: most words of a text end at their first letters.
  ///
  /// - Parameters:
  ///   - state: The state.
  ///   - number: The symbol's number.
  ///   - touch: Bit k: the k-th symbol from the end, this one included, touches its left.
  /// - Returns: As the other ways to follow a symbol.
  @inline(__always)
  func step(
    _ state: UInt32, _ number: Int, inWord touch: UInt64
  ) -> (state: UInt32, hasOutput: Bool) {
    if state == 0 || number == 0 { return (0, false) }
    let cells = unsafe fields.pointee.cells
    var state = state
    repeat {
      // The symbol that the state's prefix begins with is `depth` places back.
      if touch >> UInt64(depth(state) & 63) & 1 == 0 {
        // SAFETY: as in `step`.
        let base = unsafe UInt32(truncatingIfNeeded: cells[Int(state)]) & 0x7FFF_FFFF
        let next = base &+ UInt32(truncatingIfNeeded: number)
        let cell = unsafe cells[Int(next)]
        if UInt32(truncatingIfNeeded: cell >> 32) == state && base != 0 {
          return (next, cell & 1 << 31 != 0)
        }
      }
      state = failure(state)
    } while state != 0
    return (0, false)
  }

  /// The depth of a state.
  @inline(__always)
  func depth(_ state: UInt32) -> Int { unsafe Int(fields.pointee.depths[Int(state)]) }

  /// The state of a state's longest proper suffix.
  @inline(__always)
  func failure(_ state: UInt32) -> UInt32 { unsafe fields.pointee.failures[Int(state)] }

  /// What the patterns beyond a state can still make, in place.
  @inline(__always) @unsafe
  func reach(_ state: UInt32) -> UnsafePointer<Reach> {
    // SAFETY: `AhoCorasick.init` proved that there is a value for every state.
    let values = unsafe UnsafeRawPointer(fields.pointee.reach_values)
    return unsafe values.assumingMemoryBound(to: Reach.self)
      + Int(fields.pointee.reaches[Int(state)])
  }

  /// The nearest state with a pattern of its own, from one with output on; and whether all that
  /// ends there is quiet.
  @inline(__always)
  func output(_ state: UInt32) -> (state: UInt32, isQuiet: Bool) {
    // SAFETY: states are cells, and `AhoCorasick.init` proved that all state tables are as long.
    let output = unsafe fields.pointee.outputs[Int(state)]
    return (output & ~AhoCorasick.quietBit, output & AhoCorasick.quietBit != 0)
  }

  /// The pattern of a state that has one of its own, its length, and the next such state or 0.
  @inline(__always)
  func pattern(at state: UInt32) -> (pattern: Int, length: Int, next: UInt32) {
    // SAFETY: as in `output`; failure links are cells.
    let next = unsafe fields.pointee.outputs[Int(fields.pointee.failures[Int(state)])]
    let pattern = unsafe Int(fields.pointee.patterns[Int(state)]) &- 1
    return (pattern, depth(state), next & ~AhoCorasick.quietBit)
  }
}

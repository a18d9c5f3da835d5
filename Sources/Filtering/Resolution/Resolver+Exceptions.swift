import Matching
import Storage

extension Resolver {
  /// Starts the exceptions of a use whose beginning lies in the text already.
  ///
  /// The symbols of the exception up to the hit's end are compared with the history; those that
  /// follow are compared as they come.
  mutating func startTrials(
    for waiting: inout PendingHit, _ use: UseRecord, _ history: borrowing SymbolHistory
  ) -> ScanWatch {
    var wanted = ScanWatch.nothing
    if waiting.hit.lane == .spelled || use.exceptions.count == 0 { return wanted }
    let (exceptions, symbols) = (lexicon.exceptions, lexicon.exceptionSymbols)
    for number in use.exceptions.range {
      let exception = exceptions[number]
      let read = Int(exception.before) + waiting.hit.length
      guard read <= history.connected,
        matches(history, symbols, from: Int(exception.symbols.start), read)
      else { continue }
      let first = history.touches(back: read - 1)
      if exception.startsInWord != 0 && first && use.isLoose == 0 { continue }
      var trial = ExceptionTrial(
        pending: pending.count, exception: number, read: read, lane: waiting.hit.lane)
      if read < Int(exception.symbols.count) {
        wanted = wanted.union(.symbols)
      } else {
        guard noiseIsEven(exception, history) else { continue }
        if exception.endsInWord == 0 || use.isLoose != 0 {
          waiting.clearedBy = number
          return wanted
        }
        trial.awaitsEdge = true
        wanted = wanted.union(.edge)
      }
      trials.append(trial)
      waiting.liveTrials += 1
    }
    return wanted
  }

  /// Compares the next symbol with every live exception of its lane.
  mutating func advanceTrials(_ lane: Lane, _ history: borrowing SymbolHistory) -> ScanWatch {
    if trials.isEmpty { return .nothing }
    var wanted = ScanWatch.nothing
    let (exceptions, symbols) = (lexicon.exceptions, lexicon.exceptionSymbols)
    let next = history.number(back: 0)
    for index in trials.indices {
      let trial = trials[index]
      if trial.awaitsEdge || trial.pending < 0 { continue }
      if trial.lane != lane {
        wanted = wanted.union(.symbols)
        continue
      }
      let exception = exceptions[trial.exception]
      guard next != 0, symbols[Int(exception.symbols.start) + trial.read] == next else {
        fail(index)
        continue
      }
      trials[index].read += 1
      if trials[index].read < Int(exception.symbols.count) {
        wanted = wanted.union(.symbols)
      } else if !noiseIsEven(exception, history) {
        fail(index)
      } else if exception.endsInWord == 0
        || lexicon.uses[pending[trial.pending].use].isLoose != 0
      {
        succeed(index)
      } else {
        trials[index].awaitsEdge = true
        wanted = wanted.union(.edge)
      }
    }
    sweep()
    return wanted
  }

  /// The exception does not occur here.
  mutating func fail(_ index: Int) {
    let number = trials[index].pending
    guard number >= 0 else { return }
    trials[index].pending = -1
    pending[number].liveTrials -= 1
    if pending[number].liveTrials < 0 { pending[number].liveTrials = 0 }
  }

  /// The exception occurs: it clears the hit.
  mutating func succeed(_ index: Int) {
    let number = trials[index].pending
    guard number >= 0 else { return }
    pending[number].clearedBy = trials[index].exception
    trials[index].pending = -1
    pending[number].liveTrials -= 1
  }

  /// Whether the last `count` symbols are those of an exception from `start` on.
  @inline(__always)
  private func matches(
    _ history: borrowing SymbolHistory, _ symbols: Table<UInt16>, from start: Int, _ count: Int
  ) -> Bool {
    for index in 0..<count where symbols[start + index] != history.number(back: count - 1 - index) {
      return false
    }
    return true
  }

  /// Noise stands in every gap of the exception or in none.
  private func noiseIsEven(
    _ exception: ExceptionRecord, _ history: borrowing SymbolHistory
  ) -> Bool {
    let length = Int(exception.symbols.count)
    let noise = history.noise(length: length)
    return noise == 0 || noise.nonzeroBitCount == length - 1
  }
}

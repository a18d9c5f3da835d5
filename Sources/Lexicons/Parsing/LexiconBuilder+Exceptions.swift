extension LexiconBuilder {
  /// Gives the words of `list` that `exceptions` hold these as further exceptions.
  ///
  /// - Parameters:
  ///   - exceptions: The longer wordings of the combination.
  ///   - list: The words of one of its parts.
  ///   - entry: The combination.
  ///   - clears: For each exception, whether a word of any part is in it.
  /// - Returns: The words, in the same order.
  func adding(
    _ exceptions: [String], to list: [Int32], of entry: Entry, clears: inout [Bool]
  ) -> [Int32] {
    var check = EntryCheck()
    let folded = exceptions.map { text in
      _ = check.fold(text)
      return check.symbols
    }
    return list.map { number in
      var word = words[Int(number)]
      _ = check.fold(word.word)
      let symbols = check.symbols
      var isChanged = false
      for (index, wording) in folded.enumerated()
      where wording != symbols && EntryCheck.holds(wording, symbols, entry.boundary) {
        clears[index] = true
        isChanged = true
        if !word.exceptions.contains(exceptions[index]) {
          word.exceptions.append(exceptions[index])
        }
      }
      guard isChanged else { return number }
      let own = word.exceptions.map { text in
        _ = check.fold(text)
        return check.symbols
      }
      return intern(word, key: EntryCheck.key(symbols, exceptions: own))
    }
  }
}

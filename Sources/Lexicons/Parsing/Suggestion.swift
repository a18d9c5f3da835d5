/// Finds the known name that a misspelt one was probably meant to be.
enum Suggestion {
  /// The end of a message: the nearest of `known` where one is near, and all of them.
  static func text(for name: String, among known: [String]) -> String {
    let list = known.joined(separator: ", ")
    guard let nearest = nearest(to: name, among: known) else { return "known are: \(list)" }
    return "did you mean '\(nearest)'? Known are: \(list)"
  }

  /// The member of `known` with the fewest edits; `nil` where more than half of it differs.
  static func nearest(to name: String, among known: [String]) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars.prefix(64))
    let ranked = known.map { (name: $0, edits: edits(wanted, Array($0.unicodeScalars))) }
    guard let best = ranked.min(by: { $0.edits < $1.edits }) else { return nil }
    return best.edits <= max(2, best.name.unicodeScalars.count / 2) ? best.name : nil
  }

  /// The Levenshtein distance in scalars.
  private static func edits(_ first: [UnicodeScalar], _ second: [UnicodeScalar]) -> Int {
    var row = Array(0...second.count)
    for (place, scalar) in first.enumerated() {
      var diagonal = row[0]
      row[0] = place + 1
      for (column, other) in second.enumerated() {
        let substituted = diagonal + (scalar == other ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substituted, min(row[column], row[column + 1]) + 1)
      }
    }
    return row[second.count]
  }
}

/// The way from offsets in converted text back to offsets in its file.
///
/// Neighbouring characters of the same lengths share a run; runs that are no longer asked for are
/// let go, so the map stays as small as the window that is looked at.
package struct OffsetMap: Sendable {
  private struct Run {
    var text: Int
    var file: Int
    var textLength: Int
    var fileLength: Int
  }

  private var runs: [Run] = []
  private var textEnd = 0
  private var fileEnd = 0

  /// Makes an empty map.
  package init() {}

  /// Adds the next character.
  ///
  /// - Parameters:
  ///   - textLength: Its bytes in the converted text.
  ///   - fileLength: Its bytes in the file.
  package mutating func append(textLength: Int, fileLength: Int) {
    let isSame = runs.last.map { $0.textLength == textLength && $0.fileLength == fileLength }
    if isSame != true {
      runs.append(
        Run(text: textEnd, file: fileEnd, textLength: textLength, fileLength: fileLength))
    }
    textEnd += textLength
    fileEnd += fileLength
  }

  /// Lets go of what lies before an offset in the converted text.
  package mutating func discard(before offset: Int) {
    let index = place(of: offset)
    if index > 4096 { runs.removeFirst(index) }
  }

  /// The offset in the file of a character that begins at an offset in the converted text.
  ///
  /// - Complexity: O(log runs).
  package func fileOffset(of offset: Int) -> Int {
    guard offset < textEnd, !runs.isEmpty else { return fileEnd }
    let run = runs[place(of: offset)]
    return run.file + (offset - run.text) / run.textLength * run.fileLength
  }

  /// The last run that begins at or before an offset, or the first one.
  private func place(of offset: Int) -> Int {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].text <= offset { low = middle + 1 } else { high = middle }
    }
    return max(low - 1, 0)
  }
}

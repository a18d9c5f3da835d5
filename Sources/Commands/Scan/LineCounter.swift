/// Counts line breaks up to places that only move forward.
struct LineCounter {
  /// The offset up to which lines are counted.
  private(set) var offset = 0
  /// The number of the line at `offset`, from 1.
  private(set) var line = 1

  /// Moves to an offset whose bytes from `self.offset` on the window still has.
  mutating func move(to target: Int, in window: TextWindow) {
    guard target > offset else { return }
    line += TextCounts.lineFeeds(in: window[offset..<target].span)
    offset = target
  }

  /// Moves to an offset before which there are so many line breaks.
  mutating func move(to target: Int, behind breaks: Int) {
    offset = target
    line = breaks + 1
  }
}

/// Shows how far a scan is, on one line of standard error.
struct Progress {
  private var files = 0
  private var bytes = 0
  private var hits = 0
  private let clock = ContinuousClock()
  private var shown: ContinuousClock.Instant?

  /// Makes a line where a person can see it: standard error is a terminal, and the hits go
  /// elsewhere; `nil` otherwise.
  static func ifVisible() -> Progress? {
    let isVisible =
      FileDescriptor.standardError.isTerminal && !FileDescriptor.standardOutput.isTerminal
    return isVisible ? Progress() : nil
  }

  /// Counts a file.
  mutating func add(bytes: Int, hits: Int) {
    files += 1
    self.bytes += bytes
    self.hits += hits
    let now = clock.now
    if let shown, shown.duration(to: now) < .milliseconds(100) { return }
    shown = now
    show("\r\u{1B}[K\(files) files, \(self.bytes >> 20) MiB, \(self.hits) hits")
  }

  /// Takes the line away.
  func clear() { if shown != nil { show("\r\u{1B}[K") } }

  private func show(_ text: String) {
    try? FileDescriptor.standardError.write(Array(text.utf8).span)
  }
}

import Commands

/// Starts the program.
@main struct Start {
  static func main() async { await Program.main() }
}

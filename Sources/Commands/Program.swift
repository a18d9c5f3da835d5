import ArgumentParser
import Filtering
import Glibc

/// The program, as its executable starts it.
package enum Program {
  /// Runs the command line and ends the process.
  package static func main() async -> Never {
    Process.ignoreBrokenPipes()
    do {
      var command = try KwFilter.parseAsRoot()
      if let problem = FilterEngine.kernelProblem { throw CommandError.badKernel(problem) }
      if var waiting = command as? any AsyncParsableCommand {
        try await waiting.run()
      } else {
        try command.run()
      }
      exit(ExitCode.success.rawValue)
    } catch {
      exit(report(error).rawValue)
    }
  }
}

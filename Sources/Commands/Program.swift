import ArgumentParser
import Filtering
import Glibc

/// The program, as its executable starts it.
package enum Program {
  /// Runs the command line and ends the process.
  package static func main() async -> Never {
    Process.ignoreBrokenPipes()
    let arguments = Array(CommandLine.arguments.dropFirst())
    do {
      if let request = CheckRequest(plain: arguments) {
        try checkKernel()
        exit(ExitCode(try request.answer()).rawValue)
      }
      var command = try parse(arguments)
      try checkKernel()
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

  private static func checkKernel() throws(CommandError) {
    if let problem = FilterEngine.kernelProblem { throw .badKernel(problem) }
  }

  /// Parses the arguments.
  ///
  /// Those of a named subcommand are parsed by it alone, which takes three quarters of the time; the
  /// root parses again what is wrong or asks for help, as its texts name the whole command.
  private static func parse(_ arguments: [String]) throws -> any ParsableCommand {
    if let name = arguments.first,
      let named = KwFilter.configuration.subcommands.first(where: { $0._commandName == name }),
      let command = try? named.parseAsRoot(Array(arguments.dropFirst())),
      type(of: command) == named
    {
      return command
    }
    return try KwFilter.parseAsRoot(arguments)
  }
}

import ArgumentParser

// The only place where outcomes and errors become numbers.

extension ExitCode {
  /// The number for an error: as grep, 2.
  static let error = ExitCode(2)

  /// The number for what a command came to.
  init(_ outcome: Outcome) {
    switch outcome {
    case .done: self = .success
    case .intercepted: self = ExitCode(1)
    case .found: self = .success
    case .foundNothing: self = ExitCode(1)
    case .incomplete: self = .error
    }
  }

  /// The number for an error of a command.
  init(_ error: CommandError) {
    switch error {
    case .cannotWrite(_, let reason) where reason.isBrokenPipe: self = .success
    case .cannotRead, .cannotWrite, .badLibrary, .noKeywordFiles, .emptyLibrary, .badValue,
      .badOptions, .lineTooLong, .noConverter, .badKernel:
      self = .error
    }
  }
}

extension Program {
  /// Says what went wrong, unless a reader's going away is all, and returns the exit code.
  static func report(_ error: any Error) -> ExitCode {
    if let code = error as? ExitCode { return code }
    if let error = error as? CommandError {
      let code = ExitCode(error)
      if code != .success { Diagnostics.report(error.description) }
      return code
    }
    let message = KwFilter.fullMessage(for: error)
    if KwFilter.exitCode(for: error) == .success {
      // The text of --help and --version.
      try? FileDescriptor.standardOutput.write(Array((message + "\n").utf8).span)
      return .success
    }
    Diagnostics.write(message)
    return .error
  }
}

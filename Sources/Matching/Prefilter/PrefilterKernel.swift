import CScan

/// The vector kernel that scans run on: the best that this CPU has, or the one that the environment
/// variable `KWFILTER_KERNEL` names.
///
/// The variable is read once, at the first use. Its values are `portable`, `avx2`, `avx512`, `neon`,
/// and `automaton`, which switches the prefilter off: only the automaton's symbols are read by the
/// best kernel, or by another one as `portable-automaton`.
package enum PrefilterKernel {
  /// The name of the kernel in use; `automaton` where the prefilter is switched off.
  package static var name: String {
    // SAFETY: the name is a string literal of C.
    isSwitchedOff ? automaton : unsafe String(cString: kw_kernel_name())
  }

  /// Whether scans must do without the prefilter.
  package static var isSwitchedOff: Bool { choice == .automaton }

  /// Checks that the kernel asked for is there; a program calls it once when it starts.
  ///
  /// Without the check a name that cannot be used has no effect.
  ///
  /// - Throws: `PrefilterKernelError`, whose description tells what to do.
  package static func check() throws(PrefilterKernelError) {
    if case .failed(let error) = choice { throw error }
  }

  private static let automaton = "automaton"

  private enum Choice: Equatable {
    case best
    case named
    case automaton
    case failed(PrefilterKernelError)
  }

  private static let choice: Choice = {
    // SAFETY: the C function returns null or a string that lives as long as the process.
    guard let wanted = unsafe kw_kernel_wanted() else { return .best }
    let name = unsafe String(cString: wanted)
    return name.isEmpty ? .best : select(name)
  }()

  private static func select(_ name: String) -> Choice {
    if name == automaton { return .automaton }
    let suffix = "-" + automaton
    let kernel = name.hasSuffix(suffix) ? String(name.dropLast(suffix.count)) : name
    // SAFETY: the name lives through the call.
    return switch unsafe kw_select_kernel(kernel) {
    case 0: kernel == name ? .named : .automaton
    case -2: .failed(.lacking(name))
    default: .failed(.unknown(name))
    }
  }

  /// Returns the error of a name as `KWFILTER_KERNEL` might give it, nil where it can be used.
  ///
  /// The kernel is selected for the whole process as by the variable.
  package static func problem(with name: String) -> PrefilterKernelError? {
    if case .failed(let error) = select(name) { error } else { nil }
  }

  /// Makes sure that the variable has been read.
  static func prepare() { _ = choice }
}

/// Why the kernel that `KWFILTER_KERNEL` names cannot be used.
package enum PrefilterKernelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no such kernel.
  case unknown(String)
  /// This CPU or build lacks the kernel.
  case lacking(String)

  /// The error, and what to do about it.
  package var description: String {
    let names = "portable, avx2, avx512, neon or automaton"
    return switch self {
    case .unknown(let name): "KWFILTER_KERNEL is '\(name)', which is no kernel; use \(names)"
    case .lacking(let name):
      "KWFILTER_KERNEL is '\(name)', which this CPU lacks; unset it, or use another of \(names)"
    }
  }
}

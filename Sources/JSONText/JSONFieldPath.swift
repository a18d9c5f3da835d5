/// Where in a JSON text strings are looked for: `text`, `request.body`, `messages.*.content`.
///
/// Components are separated by `.`; a backslash makes a `.` or `\` of a member's name literal. `*`
/// stands for every element of an array; in an object it is the member of that name.
package struct JSONFieldPath: Sendable, Hashable {
  /// The components as UTF-8; at least one.
  let components: [[UInt8]]

  /// Reads a path; `nil` where it or a component of it is empty or a backslash ends it.
  package init?(_ text: String) {
    var components: [[UInt8]] = [[]]
    var isEscaped = false
    for byte in text.utf8 {
      if !isEscaped, byte == JSONScanner.backslash {
        isEscaped = true
      } else if !isEscaped, byte == UInt8(ascii: ".") {
        components.append([])
      } else {
        components[components.count - 1].append(byte)
        isEscaped = false
      }
    }
    guard !isEscaped, components.allSatisfy({ !$0.isEmpty }) else { return nil }
    self.components = components
  }
}

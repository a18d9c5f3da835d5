import JSONText

/// A JSON value to be written; members keep their order.
package indirect enum JSONValue: Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case number(Double)
  case string(String)
  /// Text that may be ill-formed UTF-8.
  case bytes([UInt8])
  case array([JSONValue])
  case object([(String, JSONValue)])

  /// A string, or null.
  package init(_ text: String?) { self = text.map { .string($0) } ?? .null }

  /// Appends the value, without blanks or line breaks.
  ///
  /// - Complexity: O(bytes written).
  package func write(to output: inout [UInt8]) {
    switch self {
    case .null: output += "null".utf8
    case .bool(let value): output += (value ? "true" : "false").utf8
    case .integer(let value): output += String(value).utf8
    case .number(let value): output += (value.isFinite ? "\(value)" : "null").utf8
    case .string(let text): output += JSONEscaping.quoted(text)
    case .bytes(let bytes):
      output.append(UInt8(ascii: "\""))
      JSONEscaping.append(bytes, to: &output)
      output.append(UInt8(ascii: "\""))
    case .array(let values):
      output.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        value.write(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        output += JSONEscaping.quoted(member.0)
        output.append(UInt8(ascii: ":"))
        member.1.write(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    }
  }

  /// The value on a line of its own.
  package var line: [UInt8] {
    var output: [UInt8] = []
    write(to: &output)
    output.append(UInt8(ascii: "\n"))
    return output
  }
}

import JSONText

/// A small deterministic generator (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: Int) { state = UInt64(seed) }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// The strings at `path` of `text`.
func strings(_ path: String, _ text: String) throws -> [String] {
  try values(path, Array(text.utf8)).map { String(decoding: $0.bytes, as: UTF8.self) }
}

func values(_ path: String, _ bytes: [UInt8]) throws(JSONTextError) -> [JSONStringValue] {
  guard let path = JSONFieldPath(path) else { return [] }
  return try JSONFieldCursor(path).fields(in: bytes).strings
}

/// The error of `text`, if it is no JSON.
func error(_ text: String) -> JSONTextError? {
  do throws(JSONTextError) {
    _ = try values("x", Array(text.utf8))
    return nil
  } catch {
    return error
  }
}

/// A day of the Gregorian calendar, as keyword files write it: `2026-11-22`.
///
/// - Invariant: the day exists; the year is in 1…9999.
public struct CalendarDate: Sendable, Hashable, Comparable {
  /// The year, 1…9999.
  public var year: Int { Int(packed >> 9) }
  /// The month, 1…12.
  public var month: Int { Int(packed >> 5 & 15) }
  /// The day of the month, 1…31.
  public var day: Int { Int(packed & 31) }

  private let packed: UInt32

  /// The first day of the year 1.
  static let earliest = CalendarDate(packed: 1 << 9 | 1 << 5 | 1)

  private init(packed: UInt32) { self.packed = packed }

  /// Makes a date; `nil` where the calendar has no such day.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    guard 1...lengths[month - 1] ~= day else { return nil }
    packed = UInt32(year << 9 | month << 5 | day)
  }

  /// Reads `YYYY-MM-DD`; `nil` for any other shape and for days that do not exist.
  public init?(_ text: some StringProtocol) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == 0x2D, bytes[7] == 0x2D else { return nil }
    func number(_ range: Range<Int>) -> Int {
      bytes[range].reduce(0) { sum, byte in
        0x30...0x39 ~= byte ? sum * 10 + Int(byte - 0x30) : -1_000_000
      }
    }
    self.init(year: number(0..<4), month: number(5..<7), day: number(8..<10))
  }

  /// Orders dates by time.
  public static func < (first: CalendarDate, second: CalendarDate) -> Bool {
    first.packed < second.packed
  }
}

extension CalendarDate: CustomStringConvertible {
  /// The date as `YYYY-MM-DD`.
  public var description: String {
    func padded(_ number: Int, _ width: Int) -> String {
      let digits = String(number)
      return String(repeating: "0", count: width - digits.count) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

import TimeSeries

/// The months of the demo, counted as steps from January 2023.
enum DemoCalendar {
  /// July 2025: the communes begin, the former provinces have ended.
  static let communeStart = 30
  /// October 2026: the last month that could have been reported.
  static let origin = 45
  /// December 2030: the process continues until here, and the truth is known.
  static let end = 95
  static let stepCount = 96
  /// The last day of the forecast origin: nothing reported later is in the files.
  static let cutoff = lastDay(ofStep: origin)

  static func month(_ step: Int) -> Period { Period(.month, ordinal: 12 * 2023 + step) }

  static func year(_ step: Int) -> Int { 2023 + step / 12 }

  /// 1...12.
  static func monthOfYear(_ step: Int) -> Int { step % 12 + 1 }

  static func step(year: Int, month: Int) -> Int { 12 * (year - 2023) + month - 1 }

  static func lastDay(ofStep step: Int) -> Day {
    month(step).lastDay ?? Day(ordinal: 0)
  }

  /// 1 in the month of the lunar new year (Tết), ½ where most of the holiday lies in the neighbour.
  static func lunarNewYear(_ step: Int) -> Double {
    // Gregorian dates of the first day of the lunar year, 2023 to 2030.
    let firstDays = [
      (1, 22), (2, 10), (1, 29), (2, 17), (2, 6), (1, 26), (2, 13), (2, 2),
    ]
    let (month, day) = firstDays[step / 12]
    if monthOfYear(step) == month { return month == 2 && day < 5 ? 0.7 : 1 }
    if month == 1 && day > 25 && monthOfYear(step) == 2 { return 0.5 }
    if month == 2 && day < 8 && monthOfYear(step) == 1 { return 0.5 }
    return 0
  }
}

extension Day {
  func advanced(by days: Int) -> Day { Day(ordinal: ordinal + days) }
}

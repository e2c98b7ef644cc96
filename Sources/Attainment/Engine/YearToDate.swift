public import TimeSeries

/// Counts that grow within the year and start again in January: their increments, their season, and the way back.
public enum YearToDate {
  /// What was added in each period.
  ///
  /// The first value of a year is its own increment. Across a gap within a year the total is spread evenly; a year that
  /// begins with a gap, or before the series does, spreads its first value over the periods since January. A correction downwards adds nothing.
  public static func increments(_ reported: Series) -> Series {
    var values = [Double](repeating: .nan, count: reported.count)
    var last: Int?
    for index in reported.values.indices where !reported.values[index].isNaN {
      let period = reported.period(at: index)
      let since = last.flatMap { reported.period(at: $0).year == period.year ? $0 : nil }
      let total = max(0, reported.values[index] - (since.map { reported.values[$0] } ?? 0))
      let first = since.map { $0 + 1 } ?? max(0, index - period.positionInYear + 1)
      let divisor = since.map { index - $0 } ?? period.positionInYear
      for place in first...index { values[place] = total / Double(divisor) }
      last = index
    }
    return Series(start: reported.start, values: values)
  }

  /// The sum of all increments up to each period: a level that January does not break.
  public static func runningTotal(_ increments: Series) -> Series {
    var total = 0.0
    return increments.map { increment in
      total += increment
      return total
    }
  }

  /// A factor for each position in the year, mean 1, pooled over all complete years and shrunk towards 1.
  ///
  /// With n complete years behind it a factor is (n·f + 1)/(n + 1): one year without season is the prior.
  public static func season(_ reported: [Series]) -> [Double] {
    guard let length = reported.first?.frequency.periodsPerYear, length > 1 else { return [] }
    var sums = [Double](repeating: 0, count: length)
    var years = Set<Int>()
    for series in reported {
      let increments = increments(series)
      var index = 0
      while index < increments.count {
        let period = increments.period(at: index)
        let end = index + length
        guard period.positionInYear == 1, end <= increments.count else {
          index += 1
          continue
        }
        let year = increments.values[index..<end]
        if year.allSatisfy({ !$0.isNaN }) {
          for (position, value) in year.enumerated() { sums[position] += value }
          if let number = period.year { years.insert(number) }
        }
        index = end
      }
    }
    let total = sums.reduce(0, +)
    guard total > 0 else { return [Double](repeating: 1, count: length) }
    let count = Double(years.count)
    return sums.map { (count * $0 / total * Double(length) + 1) / (count + 1) }
  }
}

/// One share of many made-up provinces, whose future is known: what ``DemoProvince`` writes, without its calendar, late reports and gaps.
public enum DemoShares {
  /// How many shares there are.
  public static var count: Int { ShareSpecification.all.count }
  /// Months from a January; the process stops then.
  public static let monthCount = DemoCalendar.stepCount

  /// The values of some of the units, evenly spread over wards and communes.
  ///
  /// - Parameters:
  ///   - seed: A province for each number.
  ///   - share: Which share, in 0..<``count``.
  ///   - unitCount: The number of units, the province's 95 at most.
  ///   - months: Which months, within 0..<``monthCount``.
  /// - Returns: A row of months for each unit, in percent of 0...100.
  public static func values(
    seed: UInt64, share: Int, unitCount: Int, months: Range<Int>
  ) -> [[Double]] {
    let streams = Streams(seed: seed)
    let all = DemoGeography.units(streams)
    let count = min(unitCount, all.count)
    let units = (0..<count).map { all[$0 * all.count / count] }
    let counts = ShareProcess(ShareSpecification.all[share], streams: streams).counts(units)
    return zip(counts.numerators, counts.denominators).map { numerators, denominators in
      months.map { min(100 * Double(numerators[$0]) / Double(denominators[$0]), 100) }
    }
  }
}

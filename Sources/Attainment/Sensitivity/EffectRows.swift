/// The rows of an effect's regression: units and periods where response and all lags are known.
struct EffectRows: Sendable {
  /// The place of the unit in the panel.
  var units: [Int] = []
  /// Period ordinals.
  var times: [Int] = []
  var response: [Double] = []
  /// A column for each parameter of the lags, then for each lead.
  var lags: [[Double]]
  var leads: [[Double]]
  /// The driver of the same period.
  var driver: [Double] = []
  /// Where each unit started on the scale of the response: the mean of its first three values.
  var starts: [Double] = []

  /// Collects the rows.
  ///
  /// - Parameters:
  ///   - panel: Responses and drivers.
  ///   - lag: The lags whose values have to be known. Before its first value a geometric lag takes the
  ///     driver to have been at it.
  ///   - leadCount: How many periods ahead the driver has to be known too.
  init(_ panel: EffectPanel, lag: LagShape, leadCount: Int = 0) {
    lags = Array(repeating: [], count: lag.parameterCount)
    leads = Array(repeating: [], count: leadCount)
    var isGeometric = false
    if case .geometric = lag { isGeometric = true }
    for (place, unit) in panel.units.enumerated() {
      let known = unit.response.filter { !$0.isNaN }.prefix(3)
      let start = known.isEmpty ? 0 : known.reduce(0, +) / Double(known.count)
      for (index, value) in unit.response.enumerated() where value.isFinite {
        let time = unit.start + index
        let row = lag.row { back in
          let ordinal = time - back
          return isGeometric && ordinal < unit.driverStart
            ? unit.driver.first ?? .nan : unit.driver(at: ordinal)
        }
        let ahead = (0..<leadCount).map { unit.driver(at: time + $0 + 1) }
        guard let row, ahead.allSatisfy(\.isFinite) else { continue }
        units.append(place)
        times.append(time)
        response.append(value)
        starts.append(start)
        driver.append(unit.driver(at: time))
        for (column, value) in row.enumerated() { lags[column].append(value) }
        for (column, value) in ahead.enumerated() { leads[column].append(value) }
      }
    }
  }

  var count: Int { response.count }
  var unitCount: Int { Set(units).count }
  var timeCount: Int { Set(times).count }

  /// Time in units of half its range about its middle, so that its powers are of one size.
  var scaledTimes: [Double] { Self.scaled(times) }

  /// Period ordinals brought to −1...1.
  static func scaled(_ times: [Int]) -> [Double] {
    guard let first = times.min(), let last = times.max(), last > first else {
      return times.map { _ in 0 }
    }
    let middle = Double(first + last) / 2
    let half = Double(last - first) / 2
    return times.map { (Double($0) - middle) / half }
  }

  /// The columns of the trend and of the adoption level.
  func controls(_ specification: EffectSpecification) -> [[Double]] {
    let time = scaledTimes
    var columns: [[Double]] = []
    if !specification.hasPeriodEffects, specification.trendDegree > 0 {
      var power = time
      for _ in 0..<specification.trendDegree {
        columns.append(power)
        power = zip(power, time).map { $0 * $1 }
      }
    }
    if specification.hasAdoptionTerm, unitCount > 2 {
      let mean = starts.reduce(0, +) / Double(max(1, count))
      columns.append(zip(starts, time).map { ($0 - mean) * $1 })
    }
    return columns
  }

  /// Unit and period effects by turns, until neither moves: periods in ascending order with the effects
  /// of the response and of each column.
  ///
  /// For a driver that is the same for all units, the period effects hold all that is known of it.
  func collapsed() -> (times: [Int], response: [Double], lags: [[Double]], leads: [[Double]]) {
    let order = Set(times).sorted()
    var place: [Int: Int] = [:]
    for (index, time) in order.enumerated() { place[time] = index }
    let positions = times.map { place[$0] ?? 0 }
    let effects = periodEffects(response, positions, order.count)
    func first(_ column: [Double]) -> [Double] {
      var values = [Double](repeating: 0, count: order.count)
      for (row, position) in positions.enumerated() { values[position] = column[row] }
      return values
    }
    return (order, effects, lags.map(first), leads.map(first))
  }

  private func periodEffects(
    _ values: [Double], _ positions: [Int], _ periodCount: Int
  ) -> [Double] {
    let unitTotal = (units.max() ?? 0) + 1
    var unitSizes = [Double](repeating: 0, count: unitTotal)
    var periodSizes = [Double](repeating: 0, count: periodCount)
    for row in values.indices {
      unitSizes[units[row]] += 1
      periodSizes[positions[row]] += 1
    }
    var unitEffects = [Double](repeating: 0, count: unitTotal)
    var effects = [Double](repeating: 0, count: periodCount)
    for _ in 0..<500 {
      var sums = [Double](repeating: 0, count: unitTotal)
      for row in values.indices { sums[units[row]] += values[row] - effects[positions[row]] }
      for unit in sums.indices where unitSizes[unit] > 0 {
        unitEffects[unit] = sums[unit] / unitSizes[unit]
      }
      var moved = 0.0
      var totals = [Double](repeating: 0, count: periodCount)
      for row in values.indices { totals[positions[row]] += values[row] - unitEffects[units[row]] }
      for period in totals.indices {
        let next = totals[period] / periodSizes[period]
        moved = max(moved, abs(next - effects[period]))
        effects[period] = next
      }
      if moved < 1e-12 { break }
    }
    return effects
  }
}

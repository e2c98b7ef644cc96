import Forecasting
import Indicators
import TimeSeries

/// Compares the ways of making province and units agree on past origins.
///
/// At each origin units are forecast by the inside view of their panel, what lies above them by that of its own history: medians,
/// from what was known then. The covariance of errors comes from one-step errors of a straight drift up to the origin. A method's
/// loss at an origin is the mean over levels (province and former provinces; units) of its mean squared error there, each over
/// bottom-up's mean over all origins: to win, it must not buy the province with the units. It is used where its mean gain exceeds
/// its standard error (autocovariances as far as outcome windows overlap, Bartlett's weights), the largest gain first.
struct ReconciliationBacktest: Sendable {
  static let horizon = 3
  /// Periods between origins.
  static let stride = 2
  static let mostOrigins = 8
  /// A gain over fewer origins is not believed.
  static let fewestOrigins = 4
  /// Known values that a forecast from an origin needs.
  static let fewestValues = 8

  let rows: [ReconciliationRow]

  /// The method to use.
  var chosen: ReconciliationMethod { rows.first { $0.isUsed }?.method ?? .bottomUp }

  /// - Parameters:
  ///   - hierarchy: What adds up to what.
  ///   - units: The units' confirmed values, in the hierarchy's order, of one frequency.
  ///   - indicator: The code, for the rows.
  init(_ hierarchy: UnitHierarchy, units: [Series], indicator: String) {
    var losses: [ReconciliationMethod: [(above: Double, units: Double)]] = [:]
    var origins = 0
    if let start = units.map(\.start).min(),
      let end = units.compactMap(\.lastObservedPeriod).max(), let length = start.distance(to: end)
    {
      for number in 0..<Self.mostOrigins {
        let count = length + 1 - Self.horizon - number * Self.stride
        guard count >= Self.fewestValues else { break }
        guard
          let errors = Self.errors(hierarchy, units, from: start, count: count)
        else { continue }
        origins += 1
        for method in ReconciliationMethod.allCases {
          if let error = errors[method] { losses[method, default: []].append(error) }
        }
      }
    }
    rows = Self.rows(losses, origins: origins, indicator: indicator)
  }

  /// By method: mean squared errors at one origin.
  private static func errors(
    _ hierarchy: UnitHierarchy, _ units: [Series], from start: Period, count: Int
  ) -> [ReconciliationMethod: (above: Double, units: Double)]? {
    let origin = start.advanced(by: count - 1)
    let known = units.map { $0.through(origin) }
    let above = hierarchy.aggregates(known, from: start, count: count)
    let outcomes = hierarchy.aggregates(units, from: start, count: count + horizon)
      .map { $0.values[count + horizon - 1] }
    let truths = units.map { $0[origin.advanced(by: horizon)] }
    guard
      let unitBase = medians(known, range: hierarchy.range, origin: origin, most: 3),
      let aboveBase = medians(above, range: hierarchy.range, origin: origin, most: 0),
      outcomes.allSatisfy({ !$0.isNaN }), truths.contains(where: { !$0.isNaN })
    else { return nil }
    let residuals = hierarchy.residuals(known, from: start, count: count)
    var found: [ReconciliationMethod: (above: Double, units: Double)] = [:]
    for method in ReconciliationMethod.allCases {
      guard
        let values = hierarchy.reconciled(
          method, hierarchy.reconciliation(method, residuals: residuals), above: aboveBase,
          units: unitBase)
      else { continue }
      found[method] = (meanSquare(values.above, outcomes), meanSquare(values.units, truths))
    }
    return found
  }

  /// The medians so many steps after the origin; `nil` where a series has too few values or ends more than `most` periods
  /// before it.
  private static func medians(
    _ series: [Series], range: ValueRange, origin: Period, most late: Int
  ) -> [Double]? {
    let ends = series.map { $0.lastObservedPeriod?.distance(to: origin) ?? .max }
    guard ends.allSatisfy({ $0 <= late }),
      series.allSatisfy({ $0.observedIndices.count >= fewestValues - late })
    else { return nil }
    let horizons = Set(ends.map { $0 + horizon }).sorted()
    let view = InsideView(
      panel: InsidePanel(series: series, range: range, origin: origin), horizons: horizons)
    var found: [Double] = []
    for place in series.indices {
      guard
        let median = view.distribution(unit: place, horizon: ends[place] + horizon)?.nearMedian
      else { return nil }
      found.append(median)
    }
    return found
  }

  private static func meanSquare(_ values: [Double], _ outcomes: [Double]) -> Double {
    var (sum, count) = (0.0, 0.0)
    for (value, outcome) in zip(values, outcomes) where !outcome.isNaN {
      sum += (value - outcome) * (value - outcome)
      count += 1
    }
    return sum / max(count, 1)
  }

  private static func rows(
    _ losses: [ReconciliationMethod: [(above: Double, units: Double)]], origins: Int,
    indicator: String
  ) -> [ReconciliationRow] {
    guard let plain = losses[.bottomUp], !plain.isEmpty else { return [] }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    let scale = (above: mean(plain.map(\.above)), units: mean(plain.map(\.units)))
    guard scale.above > 0, scale.units > 0 else { return [] }
    func loss(_ error: (above: Double, units: Double)) -> Double {
      0.5 * (error.above / scale.above + error.units / scale.units)
    }
    var rows: [ReconciliationRow] = []
    for method in ReconciliationMethod.allCases {
      guard let own = losses[method], own.count == plain.count else { continue }
      var row = ReconciliationRow(
        indicator: indicator, method: method, horizon: horizon, origins: origins,
        aggregateError: mean(own.map(\.above)).squareRoot(),
        unitError: mean(own.map(\.units)).squareRoot())
      if method != .bottomUp {
        let gains = zip(plain, own).map { loss($0) - loss($1) }
        row.gain = mean(gains)
        row.gainError = standardError(gains)
      }
      rows.append(row)
    }
    func isWin(_ row: ReconciliationRow) -> Bool {
      guard origins >= fewestOrigins, let gain = row.gain, let error = row.gainError else {
        return false
      }
      return gain > error
    }
    let best = rows.indices.filter { isWin(rows[$0]) }
      .max { (rows[$0].gain ?? 0, $1) < (rows[$1].gain ?? 0, $0) }
    rows[best ?? 0].isUsed = true
    return rows
  }

  /// The standard error of a mean of neighbouring origins whose windows overlap.
  static func standardError(_ gains: [Double]) -> Double? {
    let count = Double(gains.count)
    guard count > 1 else { return nil }
    let mean = gains.reduce(0, +) / count
    let apart = gains.map { $0 - mean }
    var variance = apart.reduce(0) { $0 + $1 * $1 } / (count - 1)
    let lags = (horizon - 1) / stride
    for lag in 1...max(lags, 1) where lag <= lags && lag < gains.count {
      let products = zip(apart, apart.dropFirst(lag)).reduce(0) { $0 + $1.0 * $1.1 }
      variance += 2 * (1 - Double(lag) / Double(lags + 1)) * products / (count - 1)
    }
    return (max(variance, 0) / count).squareRoot()
  }
}

extension InsideDistribution {
  /// The median to a ten-thousandth of the spread, by halving: enough for comparing errors.
  fileprivate var nearMedian: Double {
    let scale = wide.scale
    var step = wide.member.scale
    let centre = wide.member.location
    for _ in 0..<20 {
      if cumulative(scale.inverse(centre - step)) < 0.5,
        cumulative(scale.inverse(centre + step)) >= 0.5
      {
        break
      }
      step *= 2
    }
    var (low, high) = (centre - step, centre + step)
    for _ in 0..<16 {
      let middle = 0.5 * (low + high)
      if cumulative(scale.inverse(middle)) < 0.5 { low = middle } else { high = middle }
    }
    return scale.inverse(0.5 * (low + high))
  }
}

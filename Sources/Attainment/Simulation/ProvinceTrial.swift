import Forecasting
import Indicators
import Statistics
import TimeSeries

/// Asks the engine of made-up provinces, whose future is known, whether its intervals and counts hold what they promise.
public struct ProvinceTrial: Sendable {
  /// Months after the origin at which the province is judged.
  public static let horizons = [3, 12, 24]

  /// How provinces evolve.
  public var source: any ProvinceSource
  /// The number of provinces.
  public var provinces: Int
  /// The number of units of a province.
  public var units: Int
  /// Months known at the origin.
  public var history: Int
  /// Joint paths.
  public var paths: Int
  /// The seed of all randomness.
  public var seed: UInt64
  /// What the engine supposes of shocks that units share.
  public var sharedShocks = SharedShockSettings()
  /// Whose answers correct the inside view; `nil` leaves it alone.
  public var outsidePrior: LearnedPrior?

  /// Creates a trial.
  public init(
    source: any ProvinceSource, provinces: Int = 1_000, units: Int = 20, history: Int = 36,
    paths: Int = 501, seed: UInt64 = 2026
  ) {
    self.source = source
    self.provinces = provinces
    self.units = units
    self.history = history
    self.paths = paths
    self.seed = seed
  }

  /// What came of the provinces at one horizon.
  public struct Outcome: Sendable {
    /// Months after the origin.
    public var horizon: Int
    /// Provinces judged.
    public var provinces = 0
    /// Provinces inside their central 80 % interval.
    public var inside80 = 0
    /// Provinces inside their central 95 % interval.
    public var inside95 = 0
    /// Units judged.
    public var units = 0
    /// Units inside their central 80 % interval.
    public var unitsInside80 = 0
    /// Where the number of units that made the target fell among the paths' numbers: uniform where these are right.
    public var ranks: [Double] = []
    /// Where the province fell in its distribution, in standard normal scores.
    public var province = ScoreMoments()
    /// The same of its units.
    public var unit = ScoreMoments()
    /// The same of the number of units that made the target.
    public var count = ScoreMoments()

    /// Nothing judged yet, at a horizon in months.
    public init(horizon: Int) { self.horizon = horizon }

    /// Adds the provinces of another trial at the same horizon.
    public mutating func add(_ other: Outcome) {
      provinces += other.provinces
      inside80 += other.inside80
      inside95 += other.inside95
      units += other.units
      unitsInside80 += other.unitsInside80
      ranks += other.ranks
      province.add(other.province)
      unit.add(other.unit)
      count.add(other.count)
    }

    /// How many ranks fell into each of ten equal bins.
    public var histogram: [Int] {
      var bins = [Int](repeating: 0, count: 10)
      for rank in ranks { bins[min(Int(rank * 10), 9)] += 1 }
      return bins
    }

    /// Pearson's test of a flat histogram: χ² with nine degrees of freedom, and its p-value.
    public var flatness: (chiSquared: Double, pValue: Double) {
      let expected = Double(ranks.count) / 10
      guard expected > 0 else { return (0, 1) }
      let sum = histogram.reduce(0.0) {
        $0 + (Double($1) - expected) * (Double($1) - expected) / expected
      }
      return (sum, ChiSquared(degreesOfFreedom: 9).upperTail(sum))
    }
  }

  /// Simulates and judges all provinces.
  ///
  /// - Parameter threads: How many are under way at once; has no influence on any number.
  /// - Returns: What came of it, by horizon.
  public func run(threads: Int) async -> [Outcome] {
    var outcomes = Self.horizons.map { Outcome(horizon: $0) }
    await inOrder(provinces, width: threads) { index in
      judge(index)
    } take: { one in
      for place in outcomes.indices { outcomes[place].add(one[place]) }
    }
    return outcomes
  }

  private func judge(_ index: Int) -> [Outcome] {
    var stream = RandomStream(
      StreamKey(seed: seed, purpose: "province-\(source.name)-\(index)"))
    let longest = Self.horizons.max() ?? 1
    // Origins at the ends of quarters: the horizons then lie where distributions are learned.
    let origin = Period(.month, ordinal: 12 * 2026 + 2 + 3 * (index % 4))
    let first = origin.advanced(by: 1 - history)
    let values = source.values(
      unitCount: units, months: history + longest,
      firstMonth: ((first.lastMonthOrdinal % 12) + 12) % 12, stream: &stream)
    var outcomes = Self.horizons.map { Outcome(horizon: $0) }
    guard let asOf = origin.lastDay else { return outcomes }
    let panel = panel(values, first: first, origin: origin)
    var settings = AssessmentSettings(
      origin: origin, asOf: asOf, seed: seed &+ UInt64(index), pathCount: paths, threads: 1,
      grid: ProjectionGrid(origin: origin, steps: Self.horizons))
    settings.sharedShocks = sharedShocks
    settings.outsidePrior = outsidePrior
    let context = ProjectionContext(panel: panel, settings: settings)
    var aggregate = ProvinceAggregate(panel: panel, units: panel.units, context: context)
    let targets = targets(values, factor: 0.5 + stream.uniform())
    var counts = [[Int]](
      repeating: [Int](repeating: 0, count: paths), count: Self.horizons.count)
    for (unit, series) in panel.units.enumerated() {
      guard let projection = context.project(series) else { continue }
      aggregate.add(projection, of: series)
      let summary = PathSummary(projection.paths)
      for (place, horizon) in Self.horizons.enumerated() {
        let truth = values[unit][history - 1 + horizon]
        outcomes[place].units += 1
        outcomes[place].unit.add(
          rank: Self.rank(of: truth, among: projection.paths.row(place), &stream))
        if Self.isInside(truth, summary, place, 10, 90) { outcomes[place].unitsInside80 += 1 }
        for (path, value) in projection.paths.row(place).enumerated()
        where value >= targets[place] {
          counts[place][path] += 1
        }
      }
    }
    guard let projection = aggregate.projection() else { return outcomes }
    let summary = PathSummary(projection.paths)
    for (place, horizon) in Self.horizons.enumerated() {
      let futures = values.map { $0[history - 1 + horizon] }
      let truth = futures.reduce(0, +) / Double(futures.count)
      outcomes[place].provinces = 1
      outcomes[place].province.add(
        rank: Self.rank(of: truth, among: projection.paths.row(place), &stream))
      if Self.isInside(truth, summary, place, 10, 90) { outcomes[place].inside80 = 1 }
      if Self.isInside(truth, summary, place, 2.5, 97.5) { outcomes[place].inside95 = 1 }
      let made = futures.count { $0 >= targets[place] }
      let rank = Self.rank(
        of: Double(made), among: counts[place].map(Double.init), &stream)
      outcomes[place].ranks = [rank]
      outcomes[place].count.add(rank: rank)
    }
    return outcomes
  }

  /// The share of the paths below a value, drawn evenly between equal ones: uniform where the paths are right.
  private static func rank(
    of value: Double, among paths: some Collection<Double>, _ stream: inout RandomStream
  ) -> Double {
    let below = paths.count { $0 < value }
    let equal = paths.count { $0 == value }
    return (Double(below) + stream.uniform() * Double(equal + 1)) / Double(paths.count + 1)
  }

  private static func isInside(
    _ value: Double, _ summary: PathSummary, _ step: Int, _ low: Double, _ high: Double
  ) -> Bool {
    guard let low = summary.quantile(percent: low, at: step),
      let high = summary.quantile(percent: high, at: step)
    else { return false }
    return low <= value && value <= high
  }

  /// One target a horizon from the past only: the units' median and a part of what they gained in a like time.
  private func targets(_ values: [[Double]], factor: Double) -> [Double] {
    let last = values.map { $0[history - 1] }
    return Self.horizons.map { horizon in
      let back = min(horizon, history - 1)
      let gains = values.map { $0[history - 1] - $0[history - 1 - back] }
      return median(last) + factor * median(gains) * Double(horizon) / Double(back)
    }
  }

  private func panel(_ values: [[Double]], first: Period, origin: Period) -> IndicatorPanel {
    let indicator = Indicator(
      code: "simulated", kind: .monthlyShare, unitOfMeasure: "percent",
      bounds: Bounds(lower: 0, upper: 100), direction: .up, aggregation: .mean,
      lowestLevel: .commune)
    let known = values.indices.map {
      ReportingUnit(code: "U\(1_000 + $0)", level: .commune, kind: "xã", parent: "P")
    }
    var observations: [Observation] = []
    for (unit, series) in zip(known, values) {
      for month in 0..<history {
        observations.append(
          Observation(
            indicator: indicator.code, unit: unit.code, period: first.advanced(by: month),
            value: series[month]))
      }
    }
    return IndicatorPanel(
      indicator: indicator, observations: observations, revisions: [],
      catalogue: Catalogue(units: known), origin: origin)
  }
}

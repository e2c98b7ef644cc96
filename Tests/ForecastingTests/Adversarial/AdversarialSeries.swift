import Forecasting
import RealModule
import Statistics
import TimeSeries

/// A random or adversarial series with bounds and a season, made from its number alone.
struct AdversarialSeries {
  let number: Int
  let kind: Kind
  let season: Int
  let data: TrainingData

  /// What is wrong, or only unusual, with a series.
  enum Kind: String, CaseIterable {
    case constant, zeros, huge, tooHuge, tiny, subnormal, alternating, hugeAlternating, oneSpike
    case twoValues, negative, zeroInflated, smallCounts, largeCounts, steps, line, nearlyLine
    case exponential, walk, seasonal, seasonalProduct, gaps, overBound, atBound, nearlyConstant
    case lateJump, mixedSizes, heavyTails, seasonalSpikes, collapsing, exactSeason, oneGapEach
  }

  /// The bounds that series have, each with about the same share.
  static let ranges = [
    ValueRange(), ValueRange(lower: 0), ValueRange(lower: 0, upper: 100),
    ValueRange(lower: 0), ValueRange(lower: 0, upper: 100), ValueRange(lower: -5, upper: 5),
  ]

  init(_ number: Int) {
    let key = StreamKey(seed: 20_261, purpose: "adversarial", indicator: "test", unit: "\(number)")
    var stream = RandomStream(key)
    let kind = Kind.allCases[number % Kind.allCases.count]
    let turn = number / Kind.allCases.count
    // A third of the series is as short as those of new programmes.
    let longest = turn % 3 == 0 ? 8.0 : 60
    let count = 1 + Int(stream.uniform() * longest)
    let season = [12, 1, 4][turn % 3]
    let values = Self.values(kind, count, max(2, season), &stream)
    let range = Self.ranges[Int(stream.uniform() * Double(Self.ranges.count))]
    var data = TrainingData(
      series: Fixtures.monthly(values), range: range, isWholeNumber: stream.uniform() < 0.2,
      revisionStandardDeviation: stream.uniform() < 0.1 ? 1 : 0)
    if stream.uniform() < 0.1 { data.provisionalPeriods = min(2, count - 1) }
    if stream.uniform() < 0.15 {
      let neighbours = (1...3).map { index in
        Fixtures.monthly(
          Self.values(
            Kind.allCases[(number + 5 * index) % Kind.allCases.count], 1 + count / index, 4,
            &stream))
      }
      data.prior = PanelPrior(
        series: [data.series] + neighbours, range: range, horizons: [1, 2, 7, 18])
    }
    self.number = number
    self.kind = kind
    self.season = season
    self.data = data
  }

  // One line for each kind: a table, not an algorithm.
  // swift-format-ignore
  private static func values(
    _ kind: Kind, _ count: Int, _ season: Int, _ stream: inout RandomStream
  ) -> [Double] {
    let level = Double.exp(3 * stream.normal())
    let place = Int(stream.uniform() * Double(count))
    let pace = 0.1 * level * stream.normal()
    var state = level
    func each(_ value: (Int) -> Double) -> [Double] { (0..<count).map(value) }
    func wave(_ index: Int) -> Double {
      Double.sin(2 * .pi * Double(index % season) / Double(season))
    }
    switch kind {
    case .constant: return each { _ in level }
    case .zeros: return each { _ in 0 }
    case .huge: return each { _ in 1e148 * (1 + stream.uniform()) }
    case .tooHuge: return each { _ in 1e300 * stream.normal() }
    case .tiny: return each { _ in 1e-200 * stream.normal() }
    case .subnormal: return each { _ in Double.leastNormalMagnitude * 0.01 * (1 + stream.uniform()) }
    case .alternating: return each { $0 % 2 == 0 ? level : -level }
    case .hugeAlternating: return each { $0 % 2 == 0 ? 9e149 : -9e149 }
    case .oneSpike: return each { $0 == place ? 1e6 * level : 0 }
    case .twoValues: return each { $0 == place || $0 == count - 1 ? level * Double($0 + 1) : .nan }
    case .negative: return each { _ in -level * Double.exp(stream.normal()) }
    case .zeroInflated: return each { _ in stream.uniform() < 0.8 ? 0 : level * stream.uniform() }
    case .smallCounts: return each { _ in (4 * stream.uniform()).rounded(.down) }
    case .largeCounts: return each { _ in (1e6 * (1 + 0.1 * stream.normal())).rounded() }
    case .steps: return each { $0 < place ? level : 10 * level }
    case .line: return each { level + pace * Double($0) }
    case .nearlyLine: return each { level + Double($0) * (1 + 1e-13 * stream.normal()) }
    case .exponential: return each { Double.exp2(Double(6 * $0)) }
    case .walk:
      return each { _ in
        state += 0.1 * level * stream.normal()
        return state
      }
    case .seasonal: return each { 50 + 20 * wave($0) + stream.normal() + pace * Double($0) }
    case .seasonalProduct: return each { (level + Double($0)) * (1.5 + wave($0)) * (1 + 0.05 * stream.normal()) }
    case .gaps: return each { _ in stream.uniform() < 0.6 ? .nan : 50 + 10 * stream.normal() }
    case .overBound: return each { $0 == count - 1 ? 105 : 99.99 }
    case .atBound: return each { _ in stream.uniform() < 0.7 ? 100 : 100 - stream.uniform() }
    case .nearlyConstant: return each { level * (1 + Double($0 % 3) * 1e-15) }
    case .lateJump: return each { $0 >= count - 2 ? 1e9 : 1 + 1e-3 * stream.normal() }
    case .mixedSizes: return each { _ in Double.exp(40 * stream.normal()) }
    case .heavyTails: return each { _ in stream.normal() / max(abs(stream.normal()), 1e-9) }
    case .seasonalSpikes: return each { $0 % season == 0 ? 1000 * level : 1e-3 * stream.uniform() }
    case .collapsing: return each { level * Double.exp(-Double($0)) }
    case .exactSeason: return each { 10 + 3 * wave($0) }
    case .oneGapEach: return each { $0 % 2 == 1 ? .nan : 20 + wave($0) + stream.normal() }
    }
  }
}

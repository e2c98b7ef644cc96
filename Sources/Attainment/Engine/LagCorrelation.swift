import Forecasting
import TimeSeries

/// What is supposed of shocks that units share, where the panel itself says little.
///
/// The values were set by reasoning and looked at on made-up provinces of seed 1 (``ProvinceTrial``); those of seed 2026 are reported.
public struct SharedShockSettings: Hashable, Sendable {
  /// The correlation of one period's changes before anything is known.
  public var priorCorrelation = 0.2
  /// What that guess is worth, in periods.
  public var priorPeriods = 4.0
  /// What the estimate of a shorter length is worth beside that of a longer one, in stretches.
  public var shorterWeight = 3.0
  /// How heavy the tails of what is shared are at most: degrees of freedom were its variance known.
  public var commonDegrees = 5.0
  /// How much of its own slope's error a unit keeps, the panel's being pooled.
  public var ownSlope = 0.25
  /// How much of the pooled slope's error all units share.
  public var commonSlope = 1.0
  /// How much of it widens the distributions themselves, where no map learned from outcomes has corrected them; 0 leaves
  /// all distributions as they are, the panel's growth (`SpreadCalibration`) included.
  public var widening = 1.0

  /// The values chosen.
  public init() {}
}

/// How strongly the units of one indicator move together over stretches of several lengths.
///
/// A correlation of changes over one period says little of a year's: what units share may last (a campaign) where their own
/// noise does not, or pass where their own trends stay. So the correlation is estimated from changes over 1, 3, 6, 12 and 24
/// periods. Longer stretches are few, so each estimate is weighed, by the stretches that do not overlap, against that of
/// the length before it; that of one period is weighed against a prior guess. A unit's changes are measured by its own spread, itself
/// drawn towards the panel's.
struct LagCorrelation: Sendable {
  /// The correlation over so many periods, and how many periods it was learned from.
  struct Lag: Sendable {
    var steps: Int
    var correlation: Double
  }

  static let lengths = [1, 3, 6, 12, 24]
  /// What the panel's spread is worth beside a unit's own, in changes.
  static let panelWeight = 4.0

  let lags: [Lag]
  /// The periods in which changes of three units or more are known.
  let periods: Double
  /// The share of a change's variance that the next change takes back: noise of single values.
  let noise: Double

  /// Nothing is shared.
  static let independent = LagCorrelation(
    lags: [Lag(steps: 1, correlation: 0)], periods: 1e6, noise: 0)

  private init(lags: [Lag], periods: Double, noise: Double) {
    self.lags = lags
    self.periods = periods
    self.noise = noise
  }

  /// Learns from the units' series on the bounded scale.
  init(
    of series: [Series], link: Link, settings: SharedShockSettings = SharedShockSettings()
  ) {
    let scaled = series.map { $0.values.map { $0.isNaN ? .nan : link.forward($0) } }
    var lags: [Lag] = []
    var before = settings.priorCorrelation
    var weight = settings.priorPeriods
    var known = 0.0
    for length in Self.lengths {
      let changes = Changes(scaled, starts: series.map(\.start.ordinal), length: length)
      let (estimate, count) = changes.correlation()
      // Stretches that do not overlap, less one for the mean that was taken off.
      let stretches = max(count / Double(length) - (length == 1 ? 0 : 1), 0)
      if length == 1 { known = count }
      let pooled = (weight * before + stretches * max(estimate, 0)) / (weight + stretches)
      before = min(max(pooled, 0), 0.98)
      weight = settings.shorterWeight
      lags.append(Lag(steps: length, correlation: before))
    }
    self.lags = lags
    periods = known
    noise = Self.noise(scaled)
  }

  /// The correlation over a stretch, on a straight line in its logarithm between two lengths.
  func correlation(over steps: Int) -> Double {
    guard let first = lags.first, let last = lags.last else { return 0 }
    if steps <= first.steps { return first.correlation }
    if steps >= last.steps { return last.correlation }
    guard let upper = lags.firstIndex(where: { $0.steps >= steps }) else { return last.correlation }
    let (low, high) = (lags[upper - 1], lags[upper])
    let share = Double(steps - low.steps) / Double(high.steps - low.steps)
    return low.correlation + share * (high.correlation - low.correlation)
  }

  /// The factor by which a pooled slope's error widens each unit's distribution.
  ///
  /// Past windows of one history vary about the mean of that history; that the mean itself came about by shared shocks they
  /// cannot show. It adds h/T of the shared part of the variance.
  func sharedError(_ step: Int, _ settings: SharedShockSettings) -> Double {
    let ahead = min(Double(step) / max(periods, 2), Self.longest)
    return (1 + settings.widening * correlation(over: step) * ahead).squareRoot()
  }

  /// Beyond so many histories the factor no longer grows.
  static let longest = 1.5

  /// σ² of single values over σ² of lasting steps, from the pooled correlation of neighbouring changes.
  private static func noise(_ values: [[Double]]) -> Double {
    var products = 0.0
    var squares = 0.0
    var count = 0
    for one in values {
      var changes: [Double] = []
      for index in one.indices.dropFirst() where !one[index].isNaN && !one[index - 1].isNaN {
        changes.append(one[index] - one[index - 1])
      }
      guard changes.count >= 6 else { continue }
      let mean = changes.reduce(0, +) / Double(changes.count)
      for index in changes.indices {
        squares += (changes[index] - mean) * (changes[index] - mean)
        if index > 0 { products += (changes[index] - mean) * (changes[index - 1] - mean) }
      }
      count += changes.count
    }
    guard squares > 0, count >= 24 else { return 0 }
    // d = w + e − e₋₁ has autocorrelation −q/(1 + 2q) with q = σe²/σw².
    let autocorrelation = max(products / squares, -0.45)
    return autocorrelation < 0 ? -autocorrelation / (1 + 2 * autocorrelation) : 0
  }
}

/// The changes of several units over stretches of one length, each less the unit's mean and over its spread.
private struct Changes {
  /// By period in which the stretch ends: sum and number of units.
  private var sums: [Int: (total: Double, squares: Double, count: Int)] = [:]

  init(_ values: [[Double]], starts: [Int], length: Int) {
    var all: [[(period: Int, value: Double)]] = []
    var spreads: [(variance: Double, count: Double)] = []
    for (one, start) in zip(values, starts) {
      var changes: [(period: Int, value: Double)] = []
      var end = length
      while end < one.count {
        if !one[end].isNaN, !one[end - length].isNaN {
          changes.append((start + end, one[end] - one[end - length]))
        }
        end += 1
      }
      guard changes.count >= 4 else { continue }
      let count = Double(changes.count)
      let mean = changes.reduce(0) { $0 + $1.value } / count
      for index in changes.indices { changes[index].value -= mean }
      let variance = changes.reduce(0) { $0 + $1.value * $1.value } / (count - 1)
      all.append(changes)
      spreads.append((variance, count))
    }
    let total = spreads.reduce(0) { $0 + $1.count }
    guard total > 0 else { return }
    let typical = spreads.reduce(0) { $0 + $1.variance * $1.count } / total
    guard typical > 0 else { return }
    for (changes, spread) in zip(all, spreads) {
      let weight = LagCorrelation.panelWeight
      let variance =
        (spread.count * spread.variance + weight * typical) / (spread.count + weight)
      let scale = 1 / variance.squareRoot()
      for change in changes {
        let value = change.value * scale
        let known = sums[change.period] ?? (0, 0, 0)
        sums[change.period] = (
          known.total + value, known.squares + value * value, known.count + 1
        )
      }
    }
  }

  /// The mean product of two units' changes over their mean square, and the number of periods.
  func correlation() -> (estimate: Double, periods: Double) {
    var products = 0.0
    var squares = 0.0
    var periods = 0.0
    for period in sums.keys.sorted() {
      guard let (total, square, count) = sums[period], count >= 3 else { continue }
      let number = Double(count)
      products += (total * total - square) / (number * (number - 1))
      squares += square / number
      periods += 1
    }
    return (squares > 0 ? products / squares : 0, periods)
  }
}

import Forecasting
import RealModule
import TimeSeries

/// How far the units of one indicator may move from where they stand, told from the changes of all of them on the bounded scale.
///
/// A unit's change is the panel's common growth (``PersistentGrowth``) and its own. Distributions learned unit by unit from past windows
/// cannot tell how far all of them may be wrong together: windows of one history share its mean. This says it, and
/// `SpreadCalibration` holds the distributions against it.
struct PanelGrowth: Sendable {
  /// What is supposed of growth where a panel's past cannot tell; chosen on made-up provinces of seed 1 (``ProvinceTrial``).
  struct Settings: Hashable, Sendable {
    /// The mean growth of the future is that of the past give or take this share of it, in the long run.
    var change = 0.4
    /// After so many periods half of the variance of that change has come.
    var changePeriods = 24.0
    /// How much of its own slope's error a unit keeps, the panel's being pooled.
    var ownSlope = 0.25
  }

  /// Fewer periods of common growth say nothing of how long it lasts.
  static let fewestPeriods = 12
  /// Fewer units have no common growth.
  static let fewestUnits = 3
  /// The longest stretch over which units' own changes are added up to see whether they last.
  private static let longestStretch = 12
  /// What the guess that they do not is worth, in stretches of four units.
  private static let stretchWeight = 4.0
  /// What a normal tail is worth beside the tails seen, in periods.
  private static let tailPeriods = 10.0

  /// The periods from which all was learned.
  let periods: Int
  private let settings: Settings
  private let common: PersistentGrowth
  private let ownVariance: Double
  /// By stretch from 1: the variance of a unit's own change over it, over that of as many single ones.
  private let lasting: [Double]
  /// Kurtosis of a unit's changes less 3, drawn to 0.
  private let excess: Double

  /// - Parameters:
  ///   - series: The units' values.
  ///   - link: The bounded scale.
  ///   - settings: What is supposed where the past cannot tell.
  init?(of series: [Series], link: Link, settings: Settings = Settings()) {
    let changes = Self.changes(series, link: link)
    guard let length = changes.first?.count else { return nil }
    var growth = [Double](repeating: .nan, count: length)
    for period in 0..<length {
      let known = changes.lazy.map { $0[period] }.filter { !$0.isNaN }
      if known.count >= Self.fewestUnits {
        growth[period] = known.reduce(0, +) / Double(known.count)
      }
    }
    let known = growth.filter { !$0.isNaN }
    guard known.count >= Self.fewestPeriods, let common = PersistentGrowth(known) else {
      return nil
    }
    let own = changes.map { Self.centred(zip($0, growth).map { $0 - $1 }) }
    let count = own.joined().count { !$0.isNaN }
    let squares = own.joined().reduce(0) { $1.isNaN ? $0 : $0 + $1 * $1 }
    let free = count - own.count - known.count + 1
    guard free > 0, squares > 0 else { return nil }
    periods = known.count
    self.settings = settings
    self.common = common
    ownVariance = squares / Double(free)
    lasting = Self.lasting(own, variance: ownVariance, periods: known.count)
    excess = Self.excess(changes, periods: Double(known.count))
  }

  /// The standard deviation of a unit's change as its central 80 % show it: less than the root of the variance where few large changes make it.
  func deviation(over steps: Int) -> Double {
    let tails = max(1 - 0.05657 * excess / Double(max(steps, 1)), 0.7)
    return tails * variance(over: steps).squareRoot()
  }

  /// The share of that variance that stems from a change of the common growth that the past did not show.
  func unseenShare(over steps: Int) -> Double { unseen(steps) / variance(over: steps) }

  private func variance(over steps: Int) -> Double {
    let ahead = Double(steps)
    let shared = common.deviation(over: steps)
    let own = ownVariance * ahead * lasting(over: steps)
    return shared * shared + unseen(steps)
      + own * (1 + settings.ownSlope * ahead / Double(periods))
  }

  private func unseen(_ steps: Int) -> Double {
    let ahead = Double(steps)
    let change = settings.change * common.mean * ahead
    return change * change * ahead / (ahead + settings.changePeriods)
  }

  private func lasting(over steps: Int) -> Double {
    guard steps > lasting.count, let last = lasting.last, lasting.count > 1 else {
      return lasting[max(min(steps, lasting.count), 1) - 1]
    }
    // On along half of its slope in logarithms.
    let length = Double(lasting.count)
    let slope = max(Double.log(last) / Double.log(length), 0)
    return last * (1 + 0.5 * slope * Double.log(Double(steps) / length))
  }

  /// One-step changes by unit and period of the panel; NaN where one of both values is missing.
  private static func changes(_ series: [Series], link: Link) -> [[Double]] {
    let known = series.filter { $0.count > 1 }
    guard let first = known.map(\.start.ordinal).min(),
      let end = known.map({ $0.start.ordinal + $0.count }).max()
    else { return [] }
    return known.map { one in
      var changes = [Double](repeating: .nan, count: end - first - 1)
      for index in one.values.indices.dropFirst() {
        let (before, here) = (one.values[index - 1], one.values[index])
        guard !before.isNaN, !here.isNaN else { continue }
        changes[one.start.ordinal - first + index - 1] = link.forward(here) - link.forward(before)
      }
      return changes
    }
  }

  private static func centred(_ values: [Double]) -> [Double] {
    let known = values.filter { !$0.isNaN }
    let mean = known.reduce(0, +) / Double(max(known.count, 1))
    return values.map { $0 - mean }
  }

  private static func lasting(_ own: [[Double]], variance: Double, periods: Int) -> [Double] {
    let longest = max(min(longestStretch, periods / 3), 1)
    return (1...longest).map { length in
      guard length > 1 else { return 1 }
      var squares = 0.0
      var count = 0.0
      for changes in own {
        for end in length...max(changes.count, length) where end <= changes.count {
          let sum = changes[(end - length)..<end].reduce(0, +)
          guard !sum.isNaN else { continue }
          squares += sum * sum
          count += 1
        }
      }
      let share = Double(length) / Double(periods)
      guard count > 0 else { return 1 }
      let ratio = squares / count / (Double(length) * variance * (1 - share))
      let weight = (1 / share - 1) * Double(own.count) / 4
      return max((weight * ratio + stretchWeight) / (weight + stretchWeight), 0.25)
    }
  }

  private static func excess(_ changes: [[Double]], periods: Double) -> Double {
    var fourths = 0.0
    var squares = 0.0
    for values in changes.map(centred) {
      let known = values.filter { !$0.isNaN }
      guard known.count >= fewestPeriods else { continue }
      let count = Double(known.count)
      let second = known.reduce(0) { $0 + $1 * $1 } / count
      fourths += known.reduce(0) { $0 + $1 * $1 * $1 * $1 } / count
      squares += second * second
    }
    guard squares > 0 else { return 0 }
    return max((fourths / squares - 3) * periods / (periods + tailPeriods), 0)
  }
}

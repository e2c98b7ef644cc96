import Forecasting
import RealModule
import Statistics
import TimeSeries

/// Provinces made up with a known effect, to see whether intervals hold it and whether what cannot be
/// told is said to be so.
///
/// The share of unit u in month t on the logit scale of the engine is
/// the logit of 0.94 · expit(0.9 + pace_u · clock(t)), plus a normal unit effect (0.4), a common AR(1)
/// shock (0.9, 0.02), an AR(1) of the unit's own (0.8, 0.05) and θ Σ ½^{k+1} D_{u,t−k} for lags k of 0
/// to 12. The clock's monthly speed is log-normal with an AR(1) logarithm (0.95, 0.09), paces are 0.03
/// with a spread of 20 %, and each month is counted on 400 cases with twice the variance of a binomial.
/// The estimator's lags are quadratic and its trend polynomial or free: no regression fits exactly.
public struct EffectSimulation: Sendable {
  /// What the driver does.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// Own shares of 95 units over 24 months, a step of 0.3 once in six months: θ is normal (0.2, 0.1).
    case betweenUnits = "between_units"
    /// The same without an effect.
    case betweenUnitsNoEffect = "between_units_no_effect"
    /// One share for all over 72 months, an AR(1) of 0.7 about a trend with innovations of 0.2.
    case overTime = "over_time"
    /// The same without an effect.
    case overTimeNoEffect = "over_time_no_effect"
    /// Own shares that only follow trends of their own, rounded to a thousandth.
    case trendBetweenUnits = "trend_between_units"
    /// One share that only follows a trend, rounded to a thousandth.
    case trendOverTime = "trend_over_time"
    /// One share a year along a trend with yearly deviations: six values.
    case yearlySteps = "yearly_steps"

    /// Whether the driver moved enough for an effect to be told.
    public var movedEnough: Bool {
      switch self {
      case .betweenUnits, .betweenUnitsNoEffect, .overTime, .overTimeNoEffect: true
      case .trendBetweenUnits, .trendOverTime, .yearlySteps: false
      }
    }

    var isBetweenUnits: Bool {
      switch self {
      case .betweenUnits, .betweenUnitsNoEffect, .trendBetweenUnits: true
      default: false
      }
    }

    var months: Int { isBetweenUnits ? 24 : 72 }
    var hasEffect: Bool { self != .betweenUnitsNoEffect && self != .overTimeNoEffect }
  }

  /// The outcome of many provinces of one kind.
  public struct Outcome: Hashable, Sendable {
    /// The kind.
    public var kind: Kind
    /// How many provinces were made.
    public var provinces = 0
    /// How many of them got an effect.
    public var shown = 0
    /// How many 95 % intervals of those held the truth.
    public var covered = 0
    /// The mean of estimate less truth among those.
    public var bias = 0.0
    /// Why the others got none, by the kind of reason, in order.
    public var reasons: [String: Int] = [:]

    /// The part of the shown effects whose interval holds the truth.
    public var coverage: Double { Double(covered) / Double(max(1, shown)) }
    /// Its Monte-Carlo standard error.
    public var coverageError: Double {
      (coverage * (1 - coverage) / Double(max(1, shown))).squareRoot()
    }
    /// The part of the provinces that got no effect.
    public var notIdentified: Double { 1 - Double(shown) / Double(max(1, provinces)) }
    /// Its Monte-Carlo standard error.
    public var notIdentifiedError: Double {
      (notIdentified * (1 - notIdentified) / Double(max(1, provinces))).squareRoot()
    }
  }

  /// The seed of all streams.
  public let seed: UInt64

  /// Prepares simulations.
  public init(seed: UInt64) { self.seed = seed }

  /// Makes provinces of one kind and estimates each.
  ///
  /// - Parameters:
  ///   - kind: What the driver does.
  ///   - provinces: How many.
  ///   - threads: How many at once; without influence on any number.
  /// - Returns: What came of them.
  public func run(_ kind: Kind, provinces: Int, threads: Int) async -> Outcome {
    var outcome = Outcome(kind: kind)
    await inOrder(provinces, width: threads) { number in
      let (panel, truth) = province(kind, number: number)
      return (EffectEstimator.answer(panel), truth)
    } take: { answer, truth in
      outcome.provinces += 1
      guard answer.isIdentified, let fit = answer.fit else {
        let first = answer.check.reasons.first.map { "\($0)".prefix { $0 != "(" } } ?? "none"
        outcome.reasons[String(first), default: 0] += 1
        return
      }
      outcome.shown += 1
      outcome.bias += fit.longRun - truth
      if fit.interval().contains(truth) { outcome.covered += 1 }
    }
    outcome.bias /= Double(max(1, outcome.shown))
    return outcome
  }

  /// One province with its true long-run effect on the logit scale.
  func province(_ kind: Kind, number: Int) -> (panel: EffectPanel, truth: Double) {
    var stream = RandomStream(
      StreamKey(seed: seed, purpose: "simulate-effects/\(kind.rawValue)/\(number)"))
    let unitCount = 95
    let history = 12
    let months = kind.months
    let truth = kind.hasEffect ? 0.2 + 0.1 * stream.normal() : 0
    let clock = Self.clock(months, &stream)
    let shock = Self.autoregression(0.9, 0.02, months, &stream)
    let common = kind.isBetweenUnits ? [] : driver(kind, months + history, &stream)
    let link = Link.bounded(ValueRange(lower: 0, upper: 100))
    var units: [EffectUnit] = []
    for place in 0..<unitCount {
      let share = kind.isBetweenUnits ? driver(kind, months + history, &stream) : common
      let effect = 0.4 * stream.normal()
      let pace = 0.03 * Double.exp(0.2 * stream.normal())
      let own = Self.autoregression(0.8, 0.05, months, &stream)
      let response = (0..<months).map { month -> Double in
        var lagged = 0.0
        for back in 0...history {
          lagged += Double.pow(0.5, back + 1) * share[month + history - back]
        }
        let curve = 94 / (1 + Double.exp(-0.9 - pace * clock[month]))
        let z = link.forward(curve) + effect + shock[month] + own[month] + truth * lagged
        let part = min(max(link.inverse(z) / 100, 0), 1)
        let variance = 2 * part * (1 - part) / 400
        let noise = variance.squareRoot() * stream.normal()
        return link.forward(100 * min(max(part + noise, 0), 1))
      }
      units.append(
        EffectUnit(
          unit: "U\(place)", start: 0, response: response, driverStart: -history, driver: share))
    }
    let panel = EffectPanel(
      units: units, variesBetweenUnits: kind.isBetweenUnits, frequency: .month,
      periodsPerDriverValue: kind == .yearlySteps ? 12 : 1)
    return (panel, truth)
  }

  private func driver(_ kind: Kind, _ count: Int, _ stream: inout RandomStream) -> [Double] {
    let slope = 0.02 * stream.uniform()
    let level = 0.5 + 1.5 * stream.uniform()
    switch kind {
    case .betweenUnits, .betweenUnitsNoEffect:
      var step = 0.0
      return (0..<count).map { month in
        if stream.uniform() < 1.0 / 6 { step = 0.7 * step + 0.3 * stream.normal() }
        return max(0, level + slope * Double(month) + step)
      }
    case .overTime, .overTimeNoEffect:
      let noise = Self.autoregression(0.7, 0.2, count, &stream)
      return (0..<count).map { max(0, 1 + 0.005 * Double($0) + noise[$0]) }
    case .trendBetweenUnits, .trendOverTime:
      return (0..<count).map { ((level + slope * Double($0)) * 1000).rounded() / 1000 }
    case .yearlySteps:
      let deviations = (0...(count / 12)).map { _ in 0.2 * stream.normal() }
      return (0..<count).map { month in
        let year = month / 12
        return level + 0.15 * Double(year) + deviations[year]
      }
    }
  }

  private static func clock(_ count: Int, _ stream: inout RandomStream) -> [Double] {
    var time = 0.0
    return autoregression(0.95, 0.09, count, &stream).map { speed in
      time += Double.exp(speed - 0.04)
      return time
    }
  }

  private static func autoregression(
    _ persistence: Double, _ innovation: Double, _ count: Int, _ stream: inout RandomStream
  ) -> [Double] {
    var state = stream.normal() * innovation / (1 - persistence * persistence).squareRoot()
    return (0..<count).map { _ in
      let value = state
      state = persistence * state + innovation * stream.normal()
      return value
    }
  }
}

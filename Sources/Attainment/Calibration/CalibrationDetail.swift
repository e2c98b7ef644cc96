import Statistics

/// All that checking tells of the forecasts of one indicator at one horizon, beside the scores themselves.
public struct CalibrationDetail: Sendable {
  /// Murphy's parts of the Brier score, in ten bins.
  public var decomposition: BrierDecomposition?
  /// Percent of outcomes inside the central 50 % interval.
  public var coverage50: Double?
  /// Percent of outcomes inside the central 95 % interval.
  public var coverage95: Double?
  /// Mean continuous ranked probability score, in the unit of the indicator.
  public var crps: Double?
  /// Expected calibration error, in ten bins.
  public var calibrationError = 0.0
  /// What right probabilities stay below in 95 of 100 cases.
  public var calibrationNoise = 0.0
  /// Mean p(1 − p): small is sharp.
  public var sharpness = 0.0
  /// 1 − Brier ÷ that of always saying the share that came true.
  public var skillOverBaseRate: Double?
  /// 1 − Brier ÷ that of the linear extrapolation's status, said as its frequency.
  public var skillOverLinear: Double?
  /// 1 − Brier ÷ that of Eurostat's class, said as its frequency.
  public var skillOverEurostat: Double?
  /// How often what was given a probability came true.
  public var reliability: [ReliabilityTable.Row] = []

  /// Creates details of which nothing is known.
  public init() {}

  /// Tells everything of settled probabilities.
  ///
  /// - Parameters:
  ///   - forecasts: Probabilities and what came of them.
  ///   - linear: For each of them the linear extrapolation's status; empty where there is none.
  ///   - eurostat: For each of them Eurostat's class; empty where there is none.
  ///   - key: Names the random stream of the noise band.
  init(
    _ forecasts: [SettledForecast], linear: [String], eurostat: [String], key: StreamKey
  ) {
    let table = ReliabilityTable(forecasts)
    let score = ProbabilityScore(forecasts)
    decomposition = BrierDecomposition(forecasts)
    calibrationError = table.calibrationError
    calibrationNoise = ReliabilityTable.noiseBand(forecasts, key: key, draws: 400)
    sharpness = score?.sharpness ?? 0
    skillOverBaseRate = score.flatMap { $0.skill(over: $0.baseRateBrier) }
    skillOverLinear = Self.skill(forecasts, over: linear)
    skillOverEurostat = Self.skill(forecasts, over: eurostat)
    reliability = table.rows
  }

  /// The skill over a class said as the frequency with which the other questions of its class came true (half a hit in one
  /// question added); questions without a class are left out on both sides.
  static func skill(_ forecasts: [SettledForecast], over classes: [String]) -> Double? {
    var tallies: [String: (hits: Double, count: Double)] = [:]
    for (forecast, name) in zip(forecasts, classes) where !name.isEmpty {
      let known = tallies[name] ?? (0, 0)
      tallies[name] = (known.hits + forecast.outcome, known.count + 1)
    }
    var own = 0.0
    var reference = 0.0
    for (forecast, name) in zip(forecasts, classes) {
      guard let tally = tallies[name] else { continue }
      let said = (tally.hits - forecast.outcome + 0.5) / tally.count
      reference += (said - forecast.outcome) * (said - forecast.outcome)
      own += (forecast.probability - forecast.outcome) * (forecast.probability - forecast.outcome)
    }
    return reference > 0 ? 1 - own / reference : nil
  }
}

/// One row of `reliability.csv`: one bin of an indicator's reliability table at one horizon.
public struct ReliabilityRow: Hashable, Sendable {
  /// The code of the indicator.
  public var indicator: String
  /// Steps ahead.
  public var horizon: Int
  /// Which forecasts were checked.
  public var view: CheckedView
  /// The bin.
  public var bin: ReliabilityTable.Row

  /// Creates a row.
  public init(
    indicator: String, horizon: Int, view: CheckedView = .inside, bin: ReliabilityTable.Row
  ) {
    self.indicator = indicator
    self.horizon = horizon
    self.view = view
    self.bin = bin
  }

  /// The bins of checks that hold questions.
  public static func rows(_ calibration: [CalibrationRow]) -> [ReliabilityRow] {
    calibration.flatMap { row in
      (row.detail?.reliability ?? []).filter { $0.count > 0 }
        .map {
          ReliabilityRow(
            indicator: row.indicator, horizon: row.horizon, view: row.view, bin: $0)
        }
    }
  }
}

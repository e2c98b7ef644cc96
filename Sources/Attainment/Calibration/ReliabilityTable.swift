public import Statistics

/// How often what was given a probability came true, bin by bin, with bars of what chance alone allows ([BS07]).
///
/// The bars are exact: the number of hits in a bin, were every probability right, is a sum of independent coin throws with
/// their own probabilities, whose distribution is built up throw by throw.
public struct ReliabilityTable: Sendable {
  /// One bin of probabilities.
  public struct Row: Hashable, Sendable {
    /// The lower end of the bin, included.
    public var lower: Double
    /// The upper end, included in the last bin only.
    public var upper: Double
    /// How many forecasts fell into it.
    public var count: Int
    /// Their mean probability; `nil` where there are none.
    public var meanProbability: Double?
    /// The share that came true; `nil` where there are none.
    public var attainedShare: Double?
    /// The ends of the consistency bar: the central share of hits that right probabilities would give.
    public var consistency: ClosedRange<Double>?

    /// Creates a bin.
    public init(
      lower: Double, upper: Double, count: Int, meanProbability: Double? = nil,
      attainedShare: Double? = nil, consistency: ClosedRange<Double>? = nil
    ) {
      self.lower = lower
      self.upper = upper
      self.count = count
      self.meanProbability = meanProbability
      self.attainedShare = attainedShare
      self.consistency = consistency
    }

    /// Whether the share that came true lies within the bar; `nil` where there are none.
    public var isConsistent: Bool? {
      guard let share = attainedShare, let bar = consistency else { return nil }
      return bar.contains(share)
    }
  }

  /// One row a bin, from 0 to 1.
  public let rows: [Row]

  /// Tabulates forecasts.
  ///
  /// - Parameters:
  ///   - forecasts: Settled forecasts.
  ///   - bins: The number of equal bins.
  ///   - level: The central probability of a consistency bar.
  public init(_ forecasts: [SettledForecast], bins: Int = 10, level: Double = 0.95) {
    rows = Self.grouped(forecasts, bins: bins).enumerated().map { index, members in
      let width = 1 / Double(bins)
      var row = Row(
        lower: Double(index) * width, upper: Double(index + 1) * width, count: members.count)
      guard !members.isEmpty else { return row }
      let count = Double(members.count)
      row.meanProbability = members.reduce(0) { $0 + $1.probability } / count
      row.attainedShare = members.reduce(0) { $0 + $1.outcome } / count
      let tail = (1 - level) / 2
      let hits = CoinThrows(members.map(\.probability))
      row.consistency =
        (Double(hits.quantile(tail)) / count)...(Double(hits.quantile(1 - tail)) / count)
      return row
    }
  }

  /// The expected calibration error: the mean over forecasts of |mean probability − share| in their bin.
  public var calibrationError: Double {
    let total = rows.reduce(0) { $0 + $1.count }
    guard total > 0 else { return 0 }
    let sum = rows.reduce(0.0) { sum, row in
      guard let mean = row.meanProbability, let share = row.attainedShare else { return sum }
      return sum + Double(row.count) * abs(mean - share)
    }
    return sum / Double(total)
  }

  /// The calibration error that right probabilities would show by chance.
  ///
  /// - Parameters:
  ///   - forecasts: The forecasts; their outcomes are not read.
  ///   - key: Names the stream of random numbers.
  ///   - bins: The number of equal bins.
  ///   - draws: How many sets of outcomes are simulated.
  ///   - level: Which quantile of the simulated errors is wanted.
  /// - Returns: That quantile.
  public static func noiseBand(
    _ forecasts: [SettledForecast], key: StreamKey, bins: Int = 10, draws: Int = 1_000,
    level: Double = 0.95
  ) -> Double {
    guard !forecasts.isEmpty else { return 0 }
    let places = forecasts.map { Self.bin($0.probability, bins: bins) }
    var stream = RandomStream(key)
    var errors: [Double] = []
    errors.reserveCapacity(draws)
    var sums = [Double](repeating: 0, count: bins)
    for _ in 0..<draws {
      for index in sums.indices { sums[index] = 0 }
      for (forecast, place) in zip(forecasts, places) {
        let isTrue = stream.uniform() < forecast.probability
        sums[place] += forecast.probability - (isTrue ? 1 : 0)
      }
      errors.append(sums.reduce(0) { $0 + abs($1) } / Double(forecasts.count))
    }
    errors.sort()
    return errors[min(draws - 1, Int((level * Double(draws)).rounded(.up)) - 1)]
  }

  static func grouped(_ forecasts: [SettledForecast], bins: Int) -> [[SettledForecast]] {
    var groups = [[SettledForecast]](repeating: [], count: bins)
    for forecast in forecasts { groups[bin(forecast.probability, bins: bins)].append(forecast) }
    return groups
  }

  private static func bin(_ probability: Double, bins: Int) -> Int {
    min(max(Int(probability * Double(bins)), 0), bins - 1)
  }
}

/// The number of hits of independent throws, each with its own probability (Poisson's binomial distribution).
struct CoinThrows: Sendable {
  /// P(hits = k).
  let probabilities: [Double]

  init(_ chances: [Double]) {
    var masses = [Double](repeating: 0, count: chances.count + 1)
    masses[0] = 1
    for (thrown, chance) in chances.enumerated() {
      for hits in stride(from: thrown + 1, through: 1, by: -1) {
        masses[hits] = masses[hits] * (1 - chance) + masses[hits - 1] * chance
      }
      masses[0] *= 1 - chance
    }
    probabilities = masses
  }

  /// The fewest hits k with P(hits ≤ k) ≥ `level`.
  func quantile(_ level: Double) -> Int {
    var sum = 0.0
    for (hits, mass) in probabilities.enumerated() {
      sum += mass
      if sum >= level { return hits }
    }
    return probabilities.count - 1
  }
}

import RealModule
import TimeSeries

/// The plain methods that every other one has to beat, with the normal distributions of the textbook ([HA21] §5.2 and §5.5).
///
/// With T values and the residual standard deviation σ̂, h steps ahead: mean σ̂√(1 + 1/T); naive σ̂√h; seasonal naive σ̂√(k + 1) with k whole seasons before h;
/// drift σ̂√(h(1 + h/(T − 1))). σ̂² divides by the residuals less one where a mean or drift was estimated; distributions are normal,
/// but for the mean's, which is Student t with T − 1 degrees of freedom. A value after g missing ones is compared with the last one seen, its error being that of g + 1 steps.
public struct BaselineForecaster: Forecaster {
  /// What goes on.
  public enum Method: String, CaseIterable, Hashable, Sendable {
    /// The last value.
    case naive
    /// The last value of the same phase.
    case seasonalNaive = "seasonal_naive"
    /// The last value and the mean change.
    case drift
    /// The mean of all values.
    case mean
    /// The last value without its season, which `ClassicalSeason`'s test finds, times that of the step (Naive2 of the M competitions).
    case naive2
  }

  /// What goes on.
  public let method: Method
  /// Periods in a season, 1 for none; `nil` for the periods of a year at the series' frequency.
  public let season: Int?

  /// Creates a method.
  public init(_ method: Method, season: Int? = nil) {
    self.method = method
    self.season = season
  }

  /// `naive`, `seasonal_naive`, `classic_drift`, `mean` or `naive2`.
  public var name: String { method == .drift ? "classic_drift" : method.rawValue }

  /// Takes what the method needs.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below three observed values, or where no phase has two of them;
  ///   ``FitError/constant(value:)`` where the method makes no error; ``FitError/notFinite(index:)``.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPathModel {
    let scaled = try ScaledSeries(data, atLeast: 3)
    let length = max(1, season ?? data.series.frequency.periodsPerYear)
    let process: BaselineProcess
    var degrees = Double.infinity
    var warnings: [String] = []
    var used = method
    if method == .seasonalNaive && scaled.values.count <= length {
      used = .naive
      warnings = ["no whole season: naive"]
    }
    switch used {
    case .naive: process = BaselineProcess(lag: 1, values: scaled.values, hasDrift: false)
    case .drift: process = BaselineProcess(lag: 1, values: scaled.values, hasDrift: true)
    case .seasonalNaive:
      process = BaselineProcess(lag: length, values: scaled.values, hasDrift: false)
    case .mean:
      process = BaselineProcess(meanOf: scaled.values)
      degrees = Double(scaled.observedCount - 1)
    case .naive2:
      // Naive2 asks for three seasons, where the theta models ask for two.
      let seasonal =
        scaled.values.count >= 3 * length
        ? ClassicalSeason(
          values: scaled.values, filled: scaled.filled, length: length,
          isPositive: scaled.isPositive) : ClassicalSeason.none
      process = BaselineProcess(
        lag: 1, values: seasonal.adjusted(scaled.values), hasDrift: false, season: seasonal)
    }
    let observed = scaled.values.filter { !$0.isNaN }
    guard process.variance.isFinite else {
      throw .tooShort(observations: scaled.observedCount, needed: length + 1)
    }
    guard process.variance > observed.roundingVariance else {
      throw .constant(value: data.series.lastObservedValue ?? 0)
    }
    var parameters: [ModelSummary.Parameter] = []
    if used == .mean || used == .drift {
      let value = ScaledSeries.inUnit(process.pace, exponent: scaled.exponent)
      parameters = [.init(used.rawValue, value)]
    }
    let deviation = ScaledSeries.inUnit(process.variance.squareRoot(), exponent: scaled.exponent)
    return FittedPathModel(
      summary: ModelSummary(
        name: name, parameters: parameters, residualStandardDeviation: deviation,
        warnings: warnings),
      process: process, degreesOfFreedom: degrees, scaled: scaled, data: data)
  }
}

/// A walk from the last value of each phase, or independent values round a mean.
struct BaselineProcess: PathProcess {
  /// The last value of each phase from the first step on; empty for a mean.
  private let last: [Double]
  /// How many seasons before the end each of these stands: 0 but where values are missing.
  private let age: [Int]
  /// The mean, or the change of a step.
  let pace: Double
  /// σ̂².
  let variance: Double
  /// Sampling variance of `pace` relative to σ̂².
  private let paceVariance: Double
  private let season: ClassicalSeason
  private let count: Int

  init(meanOf values: [Double]) {
    let observed = values.filter { !$0.isNaN }
    let size = Double(observed.count)
    let mean = observed.reduce(0, +) / size
    last = []
    age = []
    pace = mean
    variance = observed.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (size - 1)
    paceVariance = 1 / size
    season = .none
    count = values.count
  }

  init(lag: Int, values: [Double], hasDrift: Bool, season: ClassicalSeason = .none) {
    var last = [Double](repeating: .nan, count: lag)
    var place = [Int](repeating: 0, count: lag)
    var changes: [(change: Double, gap: Double)] = []
    for (index, value) in values.enumerated() where !value.isNaN {
      let phase = index % lag
      if !last[phase].isNaN {
        changes.append((value - last[phase], Double((index - place[phase]) / lag)))
      }
      last[phase] = value
      place[phase] = index
    }
    let end = values.count
    let span = changes.reduce(0) { $0 + $1.gap }
    let drift = hasDrift ? changes.reduce(0) { $0 + $1.change } / span : 0
    pace = drift
    paceVariance = hasDrift ? 1 / span : 0
    let squares = changes.reduce(0) { sum, item in
      let rest = item.change - item.gap * drift
      return sum + rest * rest / item.gap
    }
    let degrees = Double(changes.count - (hasDrift ? 1 : 0))
    // A phase that was never observed goes on from the mean of the others.
    let seen = last.filter { !$0.isNaN }
    let middle = seen.reduce(0, +) / Double(seen.count)
    self.last = (0..<lag).map { step in
      let value = last[(end + step) % lag]
      return value.isNaN ? middle : value
    }
    age = (0..<lag).map { step in
      let phase = (end + step) % lag
      return last[phase].isNaN ? 1 : (end + step - place[phase]) / lag - 1
    }
    variance = degrees > 0 ? squares / degrees : .nan
    self.season = season
    count = end
  }

  func moments(_ horizon: Int) -> PathMoments {
    var moments = PathMoments(means: [], variances: [])
    for step in 1...max(1, horizon) where step <= horizon {
      moments.means.append(mean(step))
      moments.variances.append(covariance(step, step))
    }
    return moments
  }

  private func mean(_ step: Int) -> Double {
    guard !last.isEmpty else { return pace }
    let back = season.restoring(at: count + step - 1)
    return back.factor * (last[(step - 1) % last.count] + Double(step) * pace) + back.offset
  }

  private func covariance(_ first: Int, _ second: Int) -> Double {
    guard !last.isEmpty else { return variance * ((first == second ? 1 : 0) + paceVariance) }
    let lag = last.count
    var sum = 0.0
    if (first - second) % lag == 0 {
      sum = Double((min(first, second) - 1) / lag + 1 + age[(first - 1) % lag])
    }
    sum += Double(first) * Double(second) * paceVariance
    let factors =
      season.restoring(at: count + first - 1).factor
      * season.restoring(at: count + second - 1).factor
    return variance * factors * sum
  }

  func covariances(_ steps: [Int]) -> [Double] {
    var covariances: [Double] = []
    for (row, step) in steps.enumerated() {
      for other in steps[0...row] { covariances.append(covariance(step, other)) }
    }
    return covariances
  }
}

import RealModule
import Statistics
import TimeSeries

/// New counts a period at a rate that hardly moves: for year-to-date counts, modelled by their increments.
///
/// The rate is an exponentially weighted mean of the season-free increments (half-life a year) with a gamma-like uncertainty; it
/// walks on the log scale by a fifth a year. A period's count scatters around it as the past did: Poisson scatter
/// times the dispersion that the increments show. The season (a factor for each position in the year) is given from
/// outside, because one unit's history rarely carries it.
public struct CountRate: Forecaster {
  /// A factor for each position in the year, mean 1; empty for no season.
  public let season: [Double]
  /// Standard deviation of the log rate's change over a year.
  static let yearlyDrift = 0.2

  /// Creates the model with a season.
  public init(season: [Double]) { self.season = season }

  /// `count_rate`.
  public var name: String { "count_rate" }

  /// Estimates rate and dispersion.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` when nothing was observed.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedCountRate {
    let (places, values) = try data.observed(on: .identity, atLeast: 1)
    guard let end = places.last else { throw .tooShort(observations: 0, needed: 1) }
    let perYear = Double(data.series.frequency.periodsPerYear)
    var total = 0.0
    var exposure = 0.0
    var weights: [Double] = []
    for (place, value) in zip(places, values) {
      let weight = Double.exp2(-Double(end - place) / perYear)
      weights.append(weight)
      total += weight * max(value, 0)
      exposure += weight * factor(data, at: place)
    }
    // Half a count of prior evidence keeps a rate positive when nothing has happened yet.
    let rate = (total + 0.5) / (exposure + 0.5)
    var scatter = 0.0
    var expected = 0.0
    for (index, place) in places.enumerated() {
      let mean = rate * factor(data, at: place)
      scatter += weights[index] * (values[index] - mean) * (values[index] - mean)
      expected += weights[index] * mean
    }
    let dispersion = max(1, (scatter + 2) / (expected + 2))
    return FittedCountRate(
      data: data, season: season, rate: rate,
      rateDeviation: (dispersion / (total + 0.5)).squareRoot(), dispersion: dispersion,
      driftDeviation: Self.yearlyDrift / perYear.squareRoot(),
      late: data.periodsLate(lastObserved: end))
  }

  private func factor(_ data: TrainingData, at place: Int) -> Double {
    season.isEmpty ? 1 : season[data.series.period(at: place).positionInYear - 1]
  }
}

/// A fitted rate of new counts.
public struct FittedCountRate: FittedForecaster {
  /// `count_rate`.
  public var name: String { "count_rate" }
  let data: TrainingData
  let season: [Double]
  let rate: Double
  /// Standard deviation of the log rate.
  let rateDeviation: Double
  /// Variance of a period's count over its mean.
  let dispersion: Double
  let driftDeviation: Double
  let late: Int

  private func mean(_ step: Int) -> Double {
    guard !season.isEmpty else { return rate }
    let period = data.series.period(at: data.series.count - 1 - data.provisionalPeriods + step)
    return rate * season[period.positionInYear - 1]
  }

  /// The mean of the count of a wanted step: of its period, or after a gap of its year up to it.
  private func mean(_ step: Int, after previous: Int) -> Double {
    guard step - previous > 1 else { return mean(step) }
    let place = data.series.period(at: data.series.count - 1 - data.provisionalPeriods + step)
    let periods = min(step - previous, place.positionInYear)
    return (0..<periods).reduce(0) { $0 + mean(step - $1) }
  }

  /// Log-normal on the scale ln(count + 1), with the mean and variance of a dispersed Poisson count.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let student = StudentT(degreesOfFreedom: Double(TailScale.largest))
    let marginals = future.steps.map { step in
      let mean = mean(step)
      let drift = driftDeviation * driftDeviation * Double(max(step + late, 0))
      let logVariance = rateDeviation * rateDeviation + drift
      let variance = dispersion * mean + mean * mean * (Double.exp(min(logVariance, 4)) - 1)
      let spread = Double.log(onePlus: variance / ((mean + 1) * (mean + 1)))
      let component = PredictiveDistribution.Component(
        weight: 1, link: .log(lower: 0, shift: 1), location: Double.log(mean + 1) - spread / 2,
        scale: spread.squareRoot(), distribution: student)
      return PredictiveDistribution(
        components: [component], range: data.range, isWholeNumber: data.isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Paths of counts: a rate a path, walking, and a count around it at each step.
  ///
  /// After a gap in the grid a step's count is that of all periods since the gap began or, if later, since its year did.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let pathCount = shocks.pathCount
    var walk = [Double](repeating: 0, count: pathRange.count)
    var previous = 0
    for (row, step) in future.steps.enumerated() {
      let mean = mean(step, after: previous)
      let drift = driftDeviation * Double(step - previous).squareRoot()
      previous = step
      let offset = row * pathCount
      for (index, path) in pathRange.enumerated() {
        // One innovation scatters the count and moves the rate a little, as good months do.
        let innovation = shocks.innovations[offset + path]
        walk[index] += drift * innovation
        let logRate =
          rateDeviation * shocks.parameters[path] + walk[index] - rateDeviation * rateDeviation / 2
        let level = mean * Double.exp(min(logRate, 20))
        // A gamma count by Wilson and Hilferty's cube: mean `level`, variance dispersion × level.
        let ratio = dispersion / max(level, 1e-9) / 9
        let cube = 1 - ratio + ratio.squareRoot() * innovation
        let count = cube > 0 ? level * cube * cube * cube : 0
        paths.values[offset + path] = data.range.clamp(
          data.isWholeNumber ? count.rounded() : count)
      }
    }
  }
}

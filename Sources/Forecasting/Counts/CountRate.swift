import RealModule
import Statistics
import TimeSeries

/// New counts a period at a rate that hardly moves: for year-to-date counts, modelled by their increments.
///
/// The rate is an exponentially weighted mean of the season-free increments (half-life a year) with a log-normal uncertainty;
/// it walks on the log scale by a fifth a year. A period's count scatters around it as the past did: Poisson scatter
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
    // One burst can make the dispersion as large as the total: the rate is never less known than when nothing was seen.
    let rateVariance = min(dispersion / (total + 0.5), 2)
    return FittedCountRate(
      data: data, season: season, rate: rate, rateDeviation: rateVariance.squareRoot(),
      dispersion: dispersion,
      driftDeviation: Self.yearlyDrift / perYear.squareRoot(),
      late: data.periodsLate(lastObserved: end))
  }

  private func factor(_ data: TrainingData, at place: Int) -> Double {
    season.factor(data.series.period(at: place))
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

  /// Counts are never negative, whatever the range says.
  private var range: ValueRange {
    ValueRange(lower: max(data.range.lower ?? 0, 0), upper: data.range.upper)
  }

  private func mean(_ step: Int) -> Double {
    rate
      * season.factor(
        data.series.period(at: data.series.count - 1 - data.provisionalPeriods + step))
  }

  private static let link = Link.log(lower: 0, shift: 1)

  /// The count of one step on the scale ln(count + 1): centre, and spreads by the rate and by the scatter around it.
  private struct Horizon {
    var location: Double
    var rateSpread: Double
    var scatterSpread: Double
    /// Standard deviation of the log rate.
    var rateDeviation: Double

    var spread: Double {
      (rateSpread * rateSpread + scatterSpread * scatterSpread).squareRoot()
    }
  }

  /// The mean of the count of a wanted step: of its period, or after a gap of its year up to it.
  private func mean(_ step: Int, after previous: Int) -> Double {
    guard step - previous > 1 else { return mean(step) }
    let place = data.series.period(at: data.series.count - 1 - data.provisionalPeriods + step)
    let periods = min(step - previous, place.positionInYear)
    return (0..<periods).reduce(0) { $0 + mean(step - $1) }
  }

  /// Log-normal, with the mean and variance of a dispersed Poisson count whose rate is log-normal.
  private func horizon(step: Int, after previous: Int) -> Horizon {
    let mean = mean(step, after: previous)
    let logVariance =
      rateDeviation * rateDeviation + driftDeviation * driftDeviation * Double(max(step + late, 0))
    let byRate = mean * mean * (Double.exp(min(logVariance, 4)) - 1)
    let variance = dispersion * mean + byRate
    let spread = Double.log(onePlus: variance / ((mean + 1) * (mean + 1)))
    let share = variance > 0 ? byRate / variance : 0
    return Horizon(
      location: Double.log(mean + 1) - spread / 2, rateSpread: (spread * share).squareRoot(),
      scatterSpread: (spread * (1 - share)).squareRoot(), rateDeviation: logVariance.squareRoot())
  }

  /// Log-normal on the scale ln(count + 1); provisional counts stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let student = StudentT(degreesOfFreedom: Double(TailScale.largest))
    let provisional = ProvisionalValues(data, late: late, link: Self.link)
    let marginals = zip([0] + future.steps, future.steps).map { previous, step in
      let ahead = step + late
      let component: PredictiveDistribution.Component
      if ahead > 0 {
        let horizon = horizon(step: step, after: previous)
        component = PredictiveDistribution.Component(
          weight: 1, link: Self.link, location: horizon.location, scale: horizon.spread,
          distribution: student)
      } else {
        component = provisional.component(ahead: ahead, distribution: student)
      }
      return PredictiveDistribution(
        components: [component], range: range, isWholeNumber: data.isWholeNumber)
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
    let tail = TailScale(degreesOfFreedom: Double(TailScale.largest))
    let factors = pathRange.map { tail.factor(shocks.tails[$0]) }
    let provisional = ProvisionalValues(data, late: late, link: Self.link)
    var logRate = [Double](repeating: 0, count: pathRange.count)
    var previous: (ahead: Int, offset: Int)?
    var previousStep = 0
    for (row, step) in future.steps.enumerated() {
      let ahead = step + late
      let offset = row * pathCount
      guard ahead > 0 else {
        for (index, path) in pathRange.enumerated() {
          let deviation = factors[index] * shocks.parameters[2 * pathCount + path]
          paths.values[offset + path] = finish(
            provisional.path(ahead: ahead, deviation: deviation))
        }
        previousStep = step
        continue
      }
      let horizon = horizon(step: step, after: previousStep)
      let onRate = horizon.rateDeviation > 0 ? horizon.rateSpread / horizon.rateDeviation : 0
      // The walk to the first step is part of what is not known of the rate. After it a step's innovation scatters
      // its own count and moves the rates that follow, as good months do; so a count's two parts are independent.
      let walk = driftDeviation * Double(ahead - (previous?.ahead ?? 0)).squareRoot()
      let first = (rateDeviation * rateDeviation + walk * walk).squareRoot()
      for (index, path) in pathRange.enumerated() {
        if let previous {
          logRate[index] += walk * shocks.innovations[previous.offset + path]
        } else {
          logRate[index] = first * shocks.parameters[path]
        }
        let deviation =
          onRate * logRate[index] + horizon.scatterSpread * shocks.innovations[offset + path]
        paths.values[offset + path] = finish(
          Self.link.inverse(horizon.location + factors[index] * deviation))
      }
      previous = (ahead, offset)
      previousStep = step
    }
  }

  private func finish(_ value: Double) -> Double {
    let inside = range.clamp(value)
    return data.isWholeNumber ? range.clamp(inside.rounded()) : inside
  }
}

extension [Double] {
  /// The factor of a period's position in the year; 1 where the season does not say.
  fileprivate func factor(_ period: Period) -> Double {
    let position = period.positionInYear - 1
    return indices.contains(position) ? self[position] : 1
  }
}

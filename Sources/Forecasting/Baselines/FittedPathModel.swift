import Statistics
import TimeSeries

/// A fitted linear model with exact means and covariances: the theta family, complex smoothing and the plain baselines.
///
/// Each value to come is normal, or Student t where the error variance was estimated from few values, with the mean
/// and the variance of its `PathProcess`; sample paths join these by its correlations.
public struct FittedPathModel: FittedForecaster {
  /// As printed in a `model` column.
  public let name: String
  /// Parameters and what else the fit found.
  public let summary: ModelSummary
  let process: any PathProcess
  /// Infinite for normal distributions, otherwise a whole number that ``TailScale`` knows.
  let degreesOfFreedom: Double
  private let exponent: Int
  private let range: ValueRange
  private let isWholeNumber: Bool
  private let late: Int
  private let provisional: ProvisionalValues

  init(
    summary: ModelSummary, process: any PathProcess, degreesOfFreedom: Double,
    scaled: ScaledSeries, data: TrainingData
  ) {
    name = summary.name
    self.summary = summary
    self.process = process
    self.degreesOfFreedom =
      degreesOfFreedom.isFinite
      ? min(max(degreesOfFreedom.rounded(), Double(TailScale.smallest)), Double(TailScale.largest))
      : .infinity
    exponent = scaled.exponent
    range = data.range
    isWholeNumber = data.isWholeNumber
    late = scaled.late
    provisional = ProvisionalValues(data, late: late, link: .identity)
  }

  /// A distribution for each step; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let marginals = components(future).map {
      PredictiveDistribution(components: [$0], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  private func components(_ future: FutureData) -> [PredictiveDistribution.Component] {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    let last = max(0, (future.steps.last ?? 0) + late)
    let moments = process.moments(last)
    return future.steps.map { step in
      let ahead = step + late
      guard ahead > 0 else { return provisional.component(ahead: ahead, distribution: student) }
      let spread = inUnit(moments.variances[ahead - 1].squareRoot())
      // Without a revision nothing is squared: the square of a tiny spread would vanish.
      let revision = provisional.revision
      let scale = revision > 0 ? (spread * spread + revision * revision).squareRoot() : spread
      return PredictiveDistribution.Component(
        weight: 1, link: .identity, location: inUnit(moments.means[ahead - 1]), scale: scale,
        distribution: student)
    }
  }

  private func inUnit(_ value: Double) -> Double {
    ScaledSeries.inUnit(value, exponent: exponent)
  }

  /// One innovation a path and step, correlated over the steps, at the places of each step's distribution.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let components = components(future)
    let known = future.steps.count { $0 + late <= 0 }
    let steps = future.steps.dropFirst(known).map { $0 + late }
    let joint = process.correlationFactor(steps)
    let tail =
      degreesOfFreedom.isFinite ? TailScale(degreesOfFreedom: degreesOfFreedom) : nil
    let pathCount = shocks.pathCount
    for path in pathRange {
      let factor = tail?.factor(shocks.tails[path]) ?? 1
      for row in 0..<known {
        let deviation = factor * shocks.parameters[2 * pathCount + path]
        let ahead = future.steps[row] + late
        paths.values[row * pathCount + path] = finish(
          provisional.path(ahead: ahead, deviation: deviation))
      }
      for row in steps.indices {
        var score = 0.0
        let first = row * (row + 1) / 2
        for column in 0...row {
          score += joint[first + column] * shocks.innovations[(known + column) * pathCount + path]
        }
        let place = components[known + row].place(factor * score)
        paths.values[(known + row) * pathCount + path] = finish(place)
      }
    }
  }

  private func finish(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(range.clamp(value).rounded()) : range.clamp(value)
  }
}

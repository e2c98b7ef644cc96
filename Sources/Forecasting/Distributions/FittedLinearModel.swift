import RealModule
import Statistics
import TimeSeries

/// A fitted model that is linear and Gaussian on its link scale, with Student t tails and uncertain parameters.
///
/// The value h steps ahead is link⁻¹(location(h) + W · (a(h)·p₁ + b(h)·p₂ + r·p₃ + deviation(h))): p are standard normals for what
/// the parameters and a later revision of the last value may do, W² = ν/χ²(ν) makes the tails those of a Student t.
public struct FittedLinearModel: FittedForecaster {
  /// The centre and the parameter loadings of one horizon.
  struct Horizon: Sendable {
    var location: Double
    var firstLoading: Double
    var secondLoading: Double
  }

  /// As printed in a `model` column.
  public let name: String
  let link: Link
  let range: ValueRange
  let isWholeNumber: Bool
  let degreesOfFreedom: Double
  let process: LinearProcess
  let provisional: ProvisionalValues
  /// Periods between the last observed value and the forecast origin.
  let late: Int
  let horizon: @Sendable (Int) -> Horizon

  /// - Parameters:
  ///   - name: As printed in a `model` column.
  ///   - data: The training data, for range, rounding and revisions.
  ///   - link: The scale on which the model is linear.
  ///   - degreesOfFreedom: Of the Student t; kept within 3...60.
  ///   - process: The error process.
  ///   - late: Periods between the last observed value and the forecast origin.
  ///   - horizon: Centre and parameter loadings at a number of periods after the last observed value.
  init(
    name: String, data: TrainingData, link: Link, degreesOfFreedom: Double,
    process: LinearProcess, late: Int, horizon: @escaping @Sendable (Int) -> Horizon
  ) {
    self.name = name
    self.link = link
    range = data.plausibleRange
    isWholeNumber = data.isWholeNumber
    self.degreesOfFreedom = min(
      max(degreesOfFreedom.rounded(), Double(TailScale.smallest)), Double(TailScale.largest))
    self.process = process
    self.late = late
    self.horizon = horizon
    provisional = ProvisionalValues(data, late: late, link: link)
  }

  /// Student t distributions on the link scale; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    let revision = provisional.revision
    let marginals = future.steps.map { step in
      let ahead = step + late
      guard ahead > 0 else {
        return PredictiveDistribution(
          components: [provisional.component(ahead: ahead, distribution: student)], range: range,
          isWholeNumber: isWholeNumber)
      }
      let centre = horizon(ahead)
      let variance =
        process.variance(ahead) + centre.firstLoading * centre.firstLoading
        + centre.secondLoading * centre.secondLoading + revision * revision
      let component = PredictiveDistribution.Component(
        weight: 1, link: link, location: centre.location,
        scale: variance.squareRoot(), distribution: student)
      return PredictiveDistribution(
        components: [component], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Paths from the error process, step by step; a gap in the grid is crossed in one step.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let pathCount = shocks.pathCount
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let factors = pathRange.map { tail.factor(shocks.tails[$0]) }
    let revision = provisional.revision
    var deviations = PathDeviations(count: pathRange.count)
    var previous = 0
    for (row, step) in future.steps.enumerated() {
      let ahead = step + late
      let offset = row * pathCount
      guard ahead > 0 else {
        for (index, path) in pathRange.enumerated() {
          let deviation = factors[index] * shocks.parameters[2 * pathCount + path]
          paths.values[offset + path] = finish(
            provisional.path(ahead: ahead, deviation: deviation))
        }
        continue
      }
      let transition = process.transition(over: ahead - previous)
      previous = ahead
      let centre = horizon(ahead)
      let block = (offset + pathRange.lowerBound)..<(offset + pathRange.upperBound)
      let innovations = shocks.innovations.span.extracting(block)
      let further = shocks.secondOffsets[row]
      if further >= 0, transition.hasFurtherInnovations {
        let places = (further + pathRange.lowerBound)..<(further + pathRange.upperBound)
        deviations.step(transition, innovations, shocks.second[places], shocks.third[places])
      } else {
        deviations.step(transition, innovations)
      }
      deviations.addParameters(
        shocks.parameters.span,
        at: (0..<Shocks.parameterCount).map { $0 * pathCount + pathRange.lowerBound },
        loadings: [centre.firstLoading, centre.secondLoading, revision])
      deviations.scale(by: factors.span)
      let places = deviations.values.span
      var values = paths.values.mutableSpan
      for index in places.indices {
        values[block.lowerBound + index] = finish(link.inverse(centre.location + places[index]))
      }
    }
  }

  /// Brings a value into the range, and to a whole number where values are counts.
  private func finish(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(range.clamp(value).rounded()) : range.clamp(value)
  }
}

extension TrainingData {
  /// The range, with a guard where it has a floor but no end: a hundred times the largest value seen in the panel.
  ///
  /// On the log scale a Student t has no mean, and a few paths of a far horizon would otherwise carry every mean away
  /// to where no count has ever been.
  var plausibleRange: ValueRange {
    guard range.upper == nil, let lower = range.lower else { return range }
    let own = series.values.reduce(0) { $1.isNaN ? $0 : max($0, abs($1 - lower)) }
    let largest = max(own, prior?.largestValue ?? 0)
    return ValueRange(lower: lower, upper: lower + 100 * (largest + 1))
  }

  /// The standard deviation of a revision of the last value on a link scale (first order, both sides averaged).
  func revision(on link: Link) -> Double {
    guard revisionStandardDeviation > 0, let last = series.lastObservedValue else { return 0 }
    let up = link.forward(range.clamp(last + revisionStandardDeviation))
    let down = link.forward(range.clamp(last - revisionStandardDeviation))
    // A logarithm without a shift ends above the floor: then the upper side stands for both.
    return down.isFinite ? (up - down) / 2 : up - link.forward(last)
  }

  /// Observed places and values on a link scale, in time order.
  ///
  /// - Throws: ``FitError/notFinite(index:)`` for values that cannot be squared, ``FitError/tooShort(observations:needed:)``.
  func observed(
    on link: Link, atLeast needed: Int
  ) throws(FitError) -> (places: [Int], values: [Double]) {
    var places: [Int] = []
    var values: [Double] = []
    for (index, value) in series.values.enumerated() where !value.isNaN {
      guard abs(value) < 1e150 else { throw .notFinite(index: index) }
      places.append(index)
      values.append(link.forward(value))
    }
    guard places.count >= needed else {
      throw .tooShort(observations: places.count, needed: needed)
    }
    return (places, values)
  }
}

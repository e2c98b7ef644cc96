import RealModule
import Statistics
import TimeSeries

/// Jointly Gaussian values at some steps, on a model's scale.
struct JointForecast: Sendable {
  var means: [Double] = []
  var deviations: [Double] = []
  /// The lower Cholesky factor of the correlations, row after row; a longer list of steps only adds rows.
  var factor: [Double] = []

  /// Nothing is asked for.
  init() {}

  /// - Parameters:
  ///   - means: One a step.
  ///   - covariances: The lower triangle, row after row.
  init(means: [Double], covariances: [Double]) {
    self.means = means
    let count = means.count
    deviations = (0..<count).map { row in
      max(0, covariances[row * (row + 1) / 2 + row]).squareRoot()
    }
    factor.reserveCapacity(covariances.count)
    for row in 0..<count {
      let first = row * (row + 1) / 2
      var rest = 1.0
      for column in 0..<row {
        let other = column * (column + 1) / 2
        let size = deviations[row] * deviations[column]
        var sum = size > 0 ? covariances[first + column] / size : 0
        for k in 0..<column { sum -= factor[first + k] * factor[other + k] }
        // Without noise of its own a value may follow from those before it; rounding must not make more of it than 1.
        let entry = min(max(sum / factor[other + column], -1), 1)
        factor.append(entry)
        rest -= entry * entry
      }
      factor.append(max(rest, 1e-12).squareRoot())
    }
  }

  /// The means, variances and covariances that a system has at some steps after the filter's last period.
  ///
  /// Steps count from 0, the period of the filter's state itself, and ascend; regressors have one row for each of them.
  init(
    _ system: StateSpaceSystem, after filter: StateSpaceFilter, steps: [Int], regressors: [Double]
  ) {
    var filter = filter
    let m = system.stateCount
    var means: [Double] = []
    var rows: [[Double]] = []
    /// Cov(α, y) of the values already passed, moved along with the states.
    var carried: [[Double]] = []
    var scratch = [Double](repeating: 0, count: m)
    var now = 0
    for (index, step) in steps.enumerated() {
      while now < step {
        filter.advance(system)
        for k in carried.indices {
          system.advance(carried[k], into: &scratch)
          swap(&carried[k], &scratch)
        }
        now += 1
      }
      let loads = system.loads(regressors, period: index)
      var mean = 0.0
      var own = [Double](repeating: 0, count: m)
      var row = [Double](repeating: 0, count: index + 1)
      for (place, load) in zip(system.places, loads) {
        mean += load * filter.state[place]
        for k in 0..<m { own[k] += load * filter.covariance[k * m + place] }
        for k in 0..<index { row[k] += load * carried[k][place] }
      }
      row[index] = system.noise
      for (place, load) in zip(system.places, loads) { row[index] += load * own[place] }
      means.append(mean)
      rows.append(row)
      carried.append(own)
    }
    self.init(means: means, covariances: rows.flatMap { $0 })
  }
}

/// What a model with jointly Gaussian scores needs to forecast and to simulate: its distributions at the wanted steps, which
/// may be bent Student t, and how the scores belong together.
struct JointPaths: Sendable {
  let range: ValueRange
  let isWholeNumber: Bool
  /// Periods from the last observed value to the forecast origin.
  let late: Int
  let degreesOfFreedom: Double
  let provisional: ProvisionalValues

  init(_ data: TrainingData, link: Link, late: Int, degreesOfFreedom: Double) {
    range = link == .identity ? data.range : data.plausibleRange
    isWholeNumber = data.isWholeNumber
    self.late = late
    self.degreesOfFreedom = min(
      max(degreesOfFreedom.rounded(), Double(TailScale.smallest)), Double(TailScale.largest))
    provisional = ProvisionalValues(data, late: late, link: link)
  }

  /// The wanted steps as periods after the last observed value, provisional ones left out.
  func ahead(_ future: FutureData) -> [Int] { future.steps.map { $0 + late }.filter { $0 > 0 } }

  /// A Student t of this model, with what a later revision of the last value adds.
  func component(_ link: Link, _ location: Double, _ spread: Double)
    -> PredictiveDistribution.Component
  {
    var spread = spread
    // Without a revision nothing is squared: the square of a tiny spread would vanish.
    if provisional.revision > 0 {
      spread = (spread * spread + provisional.revision * provisional.revision).squareRoot()
    }
    return PredictiveDistribution.Component(
      weight: 1, link: link, location: location, scale: spread,
      distribution: StudentT(degreesOfFreedom: degreesOfFreedom))
  }

  /// A distribution for each step; provisional values stand for themselves.
  func forecast(
    _ future: FutureData, _ components: [PredictiveDistribution.Component]
  ) -> ForecastDistribution {
    let student = StudentT(degreesOfFreedom: degreesOfFreedom)
    let known = future.steps.count { $0 + late <= 0 }
    let marginals = future.steps.indices.map { row in
      let component =
        row < known
        ? provisional.component(ahead: future.steps[row] + late, distribution: student)
        : components[row - known]
      return PredictiveDistribution(
        components: [component], range: range, isWholeNumber: isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// One innovation a path and step, correlated over the steps, at the places of each step's distribution.
  func simulate(
    _ future: FutureData, _ components: [PredictiveDistribution.Component], factor: [Double],
    shocks: Shocks, range pathRange: Range<Int>, into paths: inout SamplePaths
  ) {
    let known = future.steps.count { $0 + late <= 0 }
    let tail = TailScale(degreesOfFreedom: degreesOfFreedom)
    let pathCount = shocks.pathCount
    for path in pathRange {
      let scale = tail.factor(shocks.tails[path])
      for row in 0..<known {
        let deviation = scale * shocks.parameters[2 * pathCount + path]
        let ahead = future.steps[row] + late
        paths.values[row * pathCount + path] = finish(
          provisional.path(ahead: ahead, deviation: deviation))
      }
      for row in components.indices {
        var score = 0.0
        let first = row * (row + 1) / 2
        for column in 0...row {
          score += factor[first + column] * shocks.innovations[(known + column) * pathCount + path]
        }
        let component = components[row]
        paths.values[(known + row) * pathCount + path] = finish(
          component.link.inverse(component.place(scale * score)))
      }
    }
  }

  private func finish(_ value: Double) -> Double {
    isWholeNumber ? range.clamp(range.clamp(value).rounded()) : range.clamp(value)
  }
}

import LinearAlgebra
import RealModule
public import Regression
import Statistics
import TimeSeries

/// A growth curve with first-order autoregressive errors.
///
/// The curve is found by least squares (`GrowthCurve`), the autocorrelation and variance of its errors by restricted likelihood around
/// the curve's tangent plane; the parameters' covariance is the generalized least-squares one there. What is not known of the parameters,
/// the ceiling among them, is part of every interval. In a range with ends the distributions live on its bounded scale
/// (delta method), so that no quantile leaves it.
public struct GrowthCurveForecaster: Forecaster {
  /// The families to choose among, by AICc.
  public let families: [GrowthFamily]
  /// The ceiling where it is known; `nil` estimates it.
  public let ceiling: Double?

  /// Creates the model; by default with the families of three parameters.
  public init(families: [GrowthFamily] = [.logistic, .gompertz, .bass], ceiling: Double? = nil) {
    self.families = families
    self.ceiling = ceiling
  }

  /// `growth`; a fitted one has its family.
  public var name: String { "growth" }

  /// Estimates every family and keeps the best.
  ///
  /// - Throws: ``FitError/tooShort(observations:needed:)`` below six observed values, ``FitError/constant(value:)``, and
  ///   ``FitError/rankDeficient(rank:columns:)`` where the data determine no curve.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedGrowthCurve {
    let (places, values) = try data.observed(on: .identity, atLeast: 6)
    guard values.contains(where: { $0 != values[0] }) else { throw .constant(value: values[0]) }
    let largest = values.reduce(0) { max($0, abs($1)) }
    let exponent = Int(largest.exponent)
    let scaled = values.map { Double(sign: .plus, exponent: -exponent, significand: $0) }
    let times = places.map { Double($0 + 1) }
    var best: FittedGrowthCurve?
    for family in families {
      let curve = GrowthCurve(
        family: family,
        ceiling: ceiling.map { Double(sign: .plus, exponent: -exponent, significand: $0) })
      // The ceiling's interval is asked of the best curve alone: it takes longer than the curves.
      guard let found = try? curve.fit(times: times, values: scaled, profilesCeiling: false),
        found.fit.status.isConverged, found.fit.parameters.allSatisfy({ $0.isFinite }),
        let fitted = FittedGrowthCurve(
          found, places: places, values: scaled, exponent: exponent, data: data)
      else { continue }
      if best.map({ fitted.correctedCriterion < $0.correctedCriterion }) ?? true { best = fitted }
    }
    guard let best else { throw .rankDeficient(rank: 0, columns: 3) }
    guard let profiled = try? best.curve.curve.fit(times: times, values: scaled),
      let fitted = FittedGrowthCurve(
        profiled, places: places, values: scaled, exponent: exponent, data: data)
    else { return best }
    return fitted
  }
}

/// An estimated growth curve with autoregressive errors.
public struct FittedGrowthCurve: FittedForecaster {
  let curve: GrowthCurveFit
  let errors: AutoregressiveFit
  let correctedCriterion: Double
  private let exponent: Int
  /// The last observed place; times count from 1.
  private let last: Int
  private let link: Link
  private let paths: JointPaths

  init?(
    _ curve: GrowthCurveFit, places: [Int], values: [Double], exponent: Int, data: TrainingData
  ) {
    self.curve = curve
    self.exponent = exponent
    let parameters = curve.fit.parameters
    let p = parameters.count
    var design = Matrix(rowCount: places.count, columnCount: p)
    for (row, place) in places.enumerated() {
      let gradient = Self.gradient(curve, at: Double(place + 1))
      guard gradient.allSatisfy({ $0.isFinite }) else { return nil }
      for column in 0..<p { design[row, column] = gradient[column] }
    }
    // Around the estimates the curve is its tangent plane, so its residuals have the errors' autocorrelation.
    guard
      let errors = try? AutoregressiveRegression.fit(
        design: design, response: curve.fit.residuals, times: places),
      errors.marginalVariance > 1e-24, errors.marginalVariance.isFinite
    else { return nil }
    self.errors = errors
    last = places[places.count - 1]
    let n = Double(places.count)
    let k = Double(p + 2)
    // White-noise errors, the families' common ground.
    let deviance = n * Double.log(max(curve.fit.residualSumOfSquares, 1e-300) / n)
    correctedCriterion = n > k + 1 ? deviance + 2 * k * n / (n - k - 1) : .infinity
    link = Link.bounded(data.range)
    paths = JointPaths(
      data, link: link, late: data.periodsLate(lastObserved: last),
      degreesOfFreedom: Double(errors.degreesOfFreedom))
  }

  /// `growth_` and the family.
  public var name: String { "growth_" + curve.curve.family.rawValue }

  /// Parameters of the curve in the unit of the series, times counted from the first period as 1; autocorrelation of the errors.
  public var summary: ModelSummary {
    let names = curve.fit.model.parameterNames
    var parameters = zip(names, curve.fit.parameters).map { name, value in
      ModelSummary.Parameter(
        name, name == "ceiling" || name == "floor" ? inUnit(value) : value)
    }
    if curve.curve.ceiling != nil {
      parameters.insert(.init("ceiling", inUnit(curve.ceiling)), at: 0)
    }
    parameters.append(.init("phi", errors.autocorrelation))
    let innovation =
      errors.marginalVariance * max(0, 1 - errors.autocorrelation * errors.autocorrelation)
    return ModelSummary(
      name: name, parameters: parameters,
      residualStandardDeviation: inUnit(innovation.squareRoot()), warnings: curve.warnings)
  }

  private func inUnit(_ value: Double) -> Double {
    min(max(Double(sign: .plus, exponent: exponent, significand: value), -1e300), 1e300)
  }

  /// The curve's value for some parameters, a known ceiling left out of them.
  private static func value(
    _ family: GrowthFamily, _ theta: [Double], ceiling: Double?, time: Double
  ) -> Double {
    let all = (ceiling.map { [$0] } ?? []) + theta
    let top = all[0]
    switch family {
    case .logistic: return top / (1 + Double.exp((all[1] - time) / all[2]))
    case .logistic4:
      return all[1] + (top - all[1]) / (1 + Double.exp((all[2] - time) / all[3]))
    case .gompertz: return top * Double.exp(-Double.exp(-all[2] * (time - all[1])))
    case .richards:
      let inner = 1 + all[3] * Double.exp(-all[2] * (time - all[1]))
      return top * Double.pow(inner, -1 / all[3])
    case .bass:
      let fade = Double.exp(-(all[1] + all[2]) * time)
      return top * (1 - fade) / (1 + all[2] / all[1] * fade)
    case .weibull: return top * (1 - Double.exp(-Double.pow(max(0, time) / all[1], all[2])))
    }
  }

  private static func value(_ curve: GrowthCurveFit, _ theta: [Double], at time: Double) -> Double {
    value(curve.curve.family, theta, ceiling: curve.curve.ceiling, time: time - curve.origin)
  }

  /// Derivatives by the parameters, central differences.
  private static func gradient(_ curve: GrowthCurveFit, at time: Double) -> [Double] {
    let theta = curve.fit.parameters
    return theta.indices.map { index in
      let step = 1e-6 * max(abs(theta[index]), 1e-3)
      var up = theta
      var down = theta
      up[index] += step
      down[index] -= step
      return (value(curve, up, at: time) - value(curve, down, at: time)) / (2 * step)
    }
  }

  private func joint(_ ahead: [Int]) -> JointForecast {
    let theta = curve.fit.parameters
    let phi = errors.autocorrelation
    let now = Self.gradient(curve, at: Double(last + 1))
    var means: [Double] = []
    var sensitivities: [[Double]] = []
    for step in ahead {
      let time = Double(last + 1 + step)
      let decay = Double.pow(phi, step)
      means.append(Self.value(curve, theta, at: time) + decay * errors.lastResidual)
      // The last error moves against the curve it is measured from.
      sensitivities.append(
        zip(Self.gradient(curve, at: time), now).map { $0 - decay * $1 })
    }
    var covariances: [Double] = []
    for row in ahead.indices {
      for column in 0...row {
        let gap = Double.pow(phi, ahead[row] - ahead[column])
        var sum =
          errors.marginalVariance * (gap - Double.pow(phi, ahead[row] + ahead[column]))
        for i in theta.indices {
          for j in theta.indices {
            sum +=
              sensitivities[row][i] * errors.coefficientCovariance[i, j] * sensitivities[column][j]
          }
        }
        covariances.append(sum.isFinite ? sum : 0)
      }
    }
    return JointForecast(means: means, covariances: covariances)
  }

  private func components(_ future: FutureData) -> (
    all: [PredictiveDistribution.Component], factor: [Double]
  ) {
    let joint = joint(paths.ahead(future))
    let all = joint.means.indices.map { index in
      let mean = paths.range.clamp(inUnit(joint.means[index]))
      let spread = inUnit(joint.deviations[index])
      guard link != .identity else { return paths.component(link, mean, spread) }
      // The spread on the bounded scale: half the distance of the values one standard deviation off on either side.
      let up = link.forward(paths.range.clamp(mean + spread))
      let down = link.forward(paths.range.clamp(mean - spread))
      return paths.component(link, link.forward(mean), max((up - down) / 2, 1e-9))
    }
    return (all, joint.factor)
  }

  /// A Student t for each step on the bounded scale of the range; provisional values stand for themselves.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    paths.forecast(future, components(future).all)
  }

  /// Correlated over the steps by the errors and by what is not known of the parameters.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range: Range<Int>, into paths: inout SamplePaths
  ) {
    let found = components(future)
    self.paths.simulate(
      future, found.all, factor: found.factor, shocks: shocks, range: range, into: &paths)
  }
}

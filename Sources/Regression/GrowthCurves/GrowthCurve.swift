import Statistics

/// A growth curve to be fitted, its start found from the data.
public struct GrowthCurve: Hashable, Sendable {
  /// The family.
  public var family: GrowthFamily
  /// The ceiling where it is known; `nil` estimates it.
  public var ceiling: Double?
  /// The time at which a curve with an origin is 0; `nil` takes 0, or one step before the first
  /// observation where times start further from 0 than they reach.
  public var origin: Double?

  /// Creates the description of a curve.
  public init(family: GrowthFamily, ceiling: Double? = nil, origin: Double? = nil) {
    self.family = family
    self.ceiling = ceiling
    self.origin = origin
  }

  /// Fits the curve by least squares.
  ///
  /// - Parameters:
  ///   - times: n times in any unit and order.
  ///   - values: n values.
  ///   - level: The level of the ceiling's interval.
  ///   - profilesCeiling: Whether to look for that interval, which takes longer than the curve.
  /// - Returns: The best curve found; its fit's status says what it is worth.
  /// - Throws: ``NonlinearError`` for too few or non-finite numbers, or a time before the origin.
  public func fit(
    times: [Double], values: [Double], level: Double = 0.95, profilesCeiling: Bool = true
  ) throws(NonlinearError) -> GrowthCurveFit {
    precondition(times.count == values.count, "each value has a time")
    precondition(ceiling?.isFinite ?? true, "a known ceiling is finite")
    if let row = times.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(column: 1, row: row) }
    if let row = values.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(column: 0, row: row)
    }
    let count = family.parameterNames.count - (ceiling == nil ? 0 : 1)
    guard times.count > count else { throw .tooShort(observations: times.count, needed: count + 1) }
    let zero = family.hasOrigin ? origin ?? Self.defaultOrigin(times) : 0
    let shifted = times.map { $0 - zero }
    if family.hasOrigin, let row = shifted.firstIndex(where: { $0 < 0 }) {
      throw .startNotFinite(row: row)
    }
    let fit = try Self.fit(family, ceiling, [values, shifted])
    var upperIsOpen = false
    var interval: (lower: Double, upper: Double)?
    if ceiling == nil, profilesCeiling {
      let profile = CeilingProfile(
        family: family, data: [values, shifted], fit: fit, level: level)
      interval = profile.interval()
      upperIsOpen = interval.map { !$0.lower.isFinite || !$0.upper.isFinite } ?? true
    }
    return GrowthCurveFit(
      curve: self, fit: fit, origin: zero, ceilingInterval: interval, isIntervalOpen: upperIsOpen,
      lastTime: times.max() ?? 0)
  }

  /// The best fit from the starts that the data give.
  static func fit(
    _ family: GrowthFamily, _ ceiling: Double?, _ data: [[Double]]
  ) throws(NonlinearError) -> NonlinearFit {
    let starts = GrowthStart.starts(family, times: data[1], values: data[0], ceiling: ceiling)
    var best: NonlinearFit?
    var fault = NonlinearError.startNotFinite(row: 0)
    for (index, start) in starts.enumerated() {
      do throws(NonlinearError) {
        let fit = try Self.fit(
          family, ceiling, data, start: start, rings: index + 1 == starts.count ? 2 : 0)
        if best.map({ isBetter(fit, than: $0) }) ?? true { best = fit }
      } catch {
        fault = error
      }
    }
    guard let best else { throw fault }
    return best
  }

  /// Whether a fit is closer, or as close and converged where the other is not.
  private static func isBetter(_ fit: NonlinearFit, than other: NonlinearFit) -> Bool {
    let (sum, otherSum) = (fit.residualSumOfSquares, other.residualSumOfSquares)
    if fit.status.isConverged && !other.status.isConverged { return sum <= otherSum * (1 + 1e-7) }
    return sum < otherSum * (1 - 1e-7)
  }

  /// A fit from one start, which holds the ceiling even where that is known.
  static func fit(
    _ family: GrowthFamily, _ ceiling: Double?, _ data: [[Double]], start: [Double], rings: Int
  ) throws(NonlinearError) -> NonlinearFit {
    let kept = ceiling == nil ? 0 : 1
    let names = Array(family.parameterNames.dropFirst(kept))
    let model: NonlinearModel
    do throws(ExpressionError) {
      model = try NonlinearModel(
        formula: family.formula(ceiling: ceiling), parameters: names, columns: ["y", "t"])
    } catch {
      preconditionFailure("a family's formula does not read: \(error)")
    }
    var bounds = family.bounds
    bounds.lower.removeFirst(kept)
    bounds.upper.removeFirst(kept)
    var settings = NonlinearLeastSquares()
    settings.rings = rings
    return try settings.fit(
      model, data: data, start: Array(start.dropFirst(kept)), bounds: bounds)
  }

  private static func defaultOrigin(_ times: [Double]) -> Double {
    let sorted = times.sorted()
    guard let first = sorted.first, let last = sorted.last else { return 0 }
    if first >= 0, first <= last - first { return 0 }
    let steps = zip(sorted, sorted.dropFirst()).map { $1 - $0 }.filter { $0 > 0 }
    return first - (steps.min() ?? 1)
  }
}

/// A fitted growth curve.
public struct GrowthCurveFit: Sendable {
  /// What was asked for.
  public let curve: GrowthCurve
  /// The parameters and their uncertainty; a known ceiling is not among them.
  public let fit: NonlinearFit
  /// The time that the curve counts from, 0 for families without an origin.
  public let origin: Double
  /// The ceilings that the data do not contradict, by profiling the sum of squares; infinite at an
  /// open end, `nil` where the ceiling is known.
  public let ceilingInterval: (lower: Double, upper: Double)?
  /// What a reader of the curve has to know.
  public let warnings: [String]

  init(
    curve: GrowthCurve, fit: NonlinearFit, origin: Double,
    ceilingInterval: (lower: Double, upper: Double)?, isIntervalOpen: Bool, lastTime: Double
  ) {
    self.curve = curve
    self.fit = fit
    self.origin = origin
    self.ceilingInterval = ceilingInterval
    var warnings = fit.warnings
    if isIntervalOpen {
      warnings.append(
        "the data do not determine the ceiling: its interval is open; give a known ceiling")
    } else if let midpoint = fit.model.parameterNames.firstIndex(of: "midpoint"),
      fit.parameters[midpoint] > lastTime
    {
      warnings.append("the midpoint lies after the last observation: the ceiling is a guess")
    }
    self.warnings = warnings
  }

  /// The ceiling, known or estimated.
  public var ceiling: Double { curve.ceiling ?? fit.parameters[0] }

  /// The curve at some times with its standard errors, by the delta method.
  public func predictions(at times: [Double]) -> [LinearPrediction] {
    fit.predictions([[], times.map { $0 - origin }])
  }
}

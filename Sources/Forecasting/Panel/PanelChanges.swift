import RealModule
import Statistics
import TimeSeries

/// Draws the change ahead from the changes that units of the panel have made over the same horizon.
///
/// Past windows are weighed by how near their level and pace are to this unit's (Gaussian kernels), and 41 of their
/// weighted quantiles carry a Student t each. A horizon longer than the panel has seen takes its longest one, stretched in
/// proportion: a wide member on purpose, for it knows no curve.
public struct PanelChanges: Forecaster {
  /// The fewest windows a horizon needs before a shorter one is stretched instead.
  static let fewestWindows = 30

  /// Creates the model.
  public init() {}

  /// `panel_changes`.
  public var name: String { "panel_changes" }

  /// Takes level and pace of the unit.
  ///
  /// - Throws: ``FitError/noPanel`` without a prior that has windows, ``FitError/tooShort(observations:needed:)`` without a value.
  public func fit(_ data: TrainingData) throws(FitError) -> FittedPanelChanges {
    guard let prior = data.prior, !prior.windows.isEmpty, let steps = prior.bounded else {
      throw .noPanel
    }
    let (places, values) = try data.observed(on: prior.link, atLeast: 1)
    guard let end = places.last, let level = values.last else {
      throw .tooShort(observations: 0, needed: 1)
    }
    var pace = Double.nan
    if let index = places.lastIndex(where: { end - $0 >= prior.paceLength })
      ?? places.indices.first,
      places[index] < end
    {
      pace = (level - values[index]) / Double(end - places[index])
    }
    return FittedPanelChanges(
      data: data, range: data.plausibleRange, prior: prior, level: level, pace: pace,
      late: data.periodsLate(lastObserved: end),
      stepVariance: steps.variance)
  }
}

/// A unit set among the past changes of its panel.
public struct FittedPanelChanges: FittedForecaster {
  static let atomCount = 41
  static let degreesOfFreedom = 4.0

  /// `panel_changes`.
  public var name: String { "panel_changes" }
  let data: TrainingData
  let range: ValueRange
  let prior: PanelPrior
  let level: Double
  let pace: Double
  let late: Int
  let stepVariance: Double

  private var provisional: ProvisionalValues {
    ProvisionalValues(data, late: late, link: prior.link)
  }

  /// The atoms (on the bounded scale, ascending) and the kernel's spread around each.
  struct Atoms: Sendable {
    var locations: [Double]
    var spread: Double
  }

  /// The atoms for each of these numbers of periods after the last observed one; none for a number ≤ 0.
  ///
  /// Horizons that share their windows differ by the stretch only: each set of windows is weighed once.
  func atoms(_ periods: [Int]) -> [Atoms?] {
    var weighed: [Int: Atoms] = [:]
    return periods.map { ahead in
      guard ahead > 0 else { return nil }
      let place = placeOfWindows(ahead)
      let changes = weighed[place] ?? weighedChanges(prior.windows[place])
      weighed[place] = changes
      let stretch = Double(ahead) / Double(prior.windows[place].horizon)
      return Atoms(
        locations: changes.locations.map { level + stretch * $0 }, spread: stretch * changes.spread)
    }
  }

  /// The longest horizon, not beyond `ahead`, with enough windows; failing that, the one with most.
  private func placeOfWindows(_ ahead: Int) -> Int {
    let windows = prior.windows
    let usable = windows.indices.prefix { windows[$0].horizon <= ahead }
    return usable.last { windows[$0].windows.count >= PanelChanges.fewestWindows }
      ?? usable.max { windows[$0].windows.count < windows[$1].windows.count } ?? 0
  }

  /// Weighted quantiles of the changes over one horizon, and the kernel's spread around each.
  private func weighedChanges(_ seen: (horizon: Int, windows: [PanelPrior.Window])) -> Atoms {
    let place = PanelPrior.paceScore(pace, scale: prior.paceScale)
    var weights: [Double] = []
    weights.reserveCapacity(seen.windows.count)
    for window in seen.windows {
      let far = (window.level - level) / (0.6 * prior.levelSpread)
      let faster = window.paceScore - place
      // A window or unit without a pace is half as telling as one that agrees.
      let likeness = faster.isNaN ? 0.5 : Double.exp(-0.5 * faster * faster)
      weights.append(1e-4 + Double.exp(-0.5 * far * far) * likeness)
    }
    let total = weights.reduce(0, +)
    let squares = weights.reduce(0) { $0 + $1 * $1 }
    var locations: [Double] = []
    locations.reserveCapacity(Self.atomCount)
    var index = 0
    var cumulative = weights[0]
    for atom in 0..<Self.atomCount {
      let wanted = (Double(atom) + 0.5) / Double(Self.atomCount) * total
      while cumulative < wanted, index < weights.count - 1 {
        index += 1
        cumulative += weights[index]
      }
      locations.append(seen.windows[index].change)
    }
    let mean = locations.reduce(0, +) / Double(Self.atomCount)
    let deviation =
      (locations.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(Self.atomCount))
      .squareRoot()
    // Silverman's rule ([Sil86] §3.4.2) on the effective number of windows, never below a quarter of the walk's spread.
    let effective = total * total / squares
    let spread = max(
      0.9 * deviation * Double.pow(effective, -0.2),
      0.25 * (stepVariance * Double(seen.horizon)).squareRoot(), 1e-6)
    return Atoms(locations: locations, spread: spread)
  }

  /// A mixture of Student t distributions on the bounded scale, one at each weighted quantile of the changes.
  public func forecast(_ future: FutureData) -> ForecastDistribution {
    let student = StudentT(degreesOfFreedom: Self.degreesOfFreedom)
    let provisional = provisional
    let revision = provisional.revision
    let periods = future.steps.map { $0 + late }
    let marginals = zip(periods, atoms(periods)).map { ahead, atoms in
      guard let atoms else {
        return PredictiveDistribution(
          components: [provisional.component(ahead: ahead, distribution: student)],
          range: range, isWholeNumber: data.isWholeNumber)
      }
      let spread = (atoms.spread * atoms.spread + revision * revision).squareRoot()
      return PredictiveDistribution(
        components: atoms.locations.map {
          .init(
            weight: 1 / Double(Self.atomCount), link: prior.link, location: $0, scale: spread,
            distribution: student)
        }, range: range, isWholeNumber: data.isWholeNumber)
    }
    return ForecastDistribution(steps: future.steps, marginals: marginals)
  }

  /// Paths that keep their place among the changes and walk around it.
  public func simulate(
    _ future: FutureData, shocks: Shocks, range pathRange: Range<Int>,
    into paths: inout SamplePaths
  ) {
    let pathCount = shocks.pathCount
    let tail = TailScale(degreesOfFreedom: Self.degreesOfFreedom)
    let provisional = provisional
    let revision = provisional.revision
    let places = pathRange.map { path in
      min(
        Self.atomCount - 1,
        Int(Normal.standardCDF(shocks.parameters[path]) * Double(Self.atomCount)))
    }
    let factors = pathRange.map { tail.factor(shocks.tails[$0]) }
    var walk = [Double](repeating: 0, count: pathRange.count)
    var previous = 0
    let periods = future.steps.map { $0 + late }
    for (row, (ahead, atoms)) in zip(periods, atoms(periods)).enumerated() {
      let offset = row * pathCount
      guard let atoms else {
        for (index, path) in pathRange.enumerated() {
          let deviation = factors[index] * shocks.parameters[2 * pathCount + path]
          paths.values[offset + path] = finish(
            provisional.path(ahead: ahead, deviation: deviation))
        }
        continue
      }
      let root = Double(ahead - previous).squareRoot()
      previous = ahead
      let spread = atoms.spread / Double(ahead).squareRoot()
      for (index, path) in pathRange.enumerated() {
        walk[index] += root * shocks.innovations[offset + path]
        let deviation =
          spread * walk[index] + revision * shocks.parameters[2 * pathCount + path]
        let place = atoms.locations[places[index]] + factors[index] * deviation
        paths.values[offset + path] = finish(prior.link.inverse(place))
      }
    }
  }

  private func finish(_ value: Double) -> Double {
    let inside = range.clamp(value)
    return data.isWholeNumber ? range.clamp(inside.rounded()) : inside
  }
}

import Forecasting
import Statistics
import TimeSeries

/// The inside view of one indicator at one origin: what its own panel's past, up to the origin, says of where each unit will be.
///
/// Shares are forecast by growth curves with unknown ceiling (``GrowthCeilings``), by the changes of units alike in level and pace
/// (``AnalogueWindows``) and by the changes of units alike in shape (``ShapeWindows``); counts and levels by damped trends, analogues
/// on three scales, drift and ``CountGrowth``. All of it is shared by the units; only weighing is done for each unit and horizon.
public struct InsideView: Sendable {
  let panel: InsidePanel
  let settings: InsideSettings
  /// By unit: its place among the members; `nil` below two values.
  private let places: [Int?]
  let plain: ScaledMembers
  let root: ScaledMembers
  let bounded: ScaledMembers
  private let growth: GrowthCeilings?
  private let shapes: [PaceShapes]
  private let others: [[PaceShapes]]
  private let dampedVariance: Double
  private var memory = Memory()

  /// The histories of all members on one scale.
  struct ScaledMembers: Sendable {
    let scale: PanelScale
    let members: [UnitHistory]
  }

  /// What was prepared for the horizons announced.
  private struct Memory: Sendable {
    var windows: [AnalogueKey: AnalogueWindows] = [:]
    var shapes: [Int: ShapeWindows] = [:]
    var counts: [Int: CountGrowth] = [:]
  }

  private struct AnalogueKey: Hashable {
    let kind: PanelScale.Kind
    let settings: AnalogueWindows.Settings
    let horizon: Int
  }

  private static let boundedAnalogues = AnalogueWindows.Settings(levelWidth: 0.6, paceWidth: 1)
  private static let levelAnalogues = AnalogueWindows.Settings(levelWidth: 1, paceWidth: 0.5)
  private static let ratioAnalogues = AnalogueWindows.Settings(
    levelWidth: 1, paceWidth: 1, isRatio: true)

  /// Learns from a panel.
  ///
  /// - Parameters:
  ///   - panel: The indicator's units up to the origin.
  ///   - family: Other indicators of the same source and frequency, up to the same origin; their shapes teach a little.
  ///   - horizons: The steps after the last observed values that will mostly be asked for; others may be, at greater cost.
  ///   - settings: How members are weighed.
  public init(
    panel: InsidePanel, family: [InsidePanel] = [], horizons: [Int],
    settings: InsideSettings = InsideSettings()
  ) {
    self.panel = panel
    self.settings = settings
    var places = [Int?](repeating: nil, count: panel.histories.count)
    for (place, unit) in panel.members.enumerated() { places[unit] = place }
    self.places = places
    func scaled(_ kind: PanelScale.Kind) -> ScaledMembers {
      let scale = PanelScale(kind, range: panel.range)
      return ScaledMembers(scale: scale, members: panel.members(on: scale))
    }
    plain = scaled(.plain)
    root = scaled(.root)
    bounded = scaled(.bounded)
    dampedVariance = InsideView.typicalVariance(root.members)
    if let lower = panel.range.lower, let upper = panel.range.upper, upper > lower {
      growth = GrowthCeilings(plain.members, lower: lower, upper: upper)
      shapes = PaceShapes.shapes(
        of: bounded.members, lengths: panel.paceLengths, isRelative: false)
      others = family.filter { $0.range.upper != nil && $0.range.lower != nil }.map { other in
        PaceShapes.shapes(
          of: other.members(on: PanelScale(.bounded, range: other.range)),
          lengths: other.paceLengths, isRelative: false)
      }
    } else {
      growth = nil
      shapes = PaceShapes.shapes(of: plain.members, lengths: panel.paceLengths, isRelative: true)
      others = []
    }
    prepare(for: horizons)
  }

  private mutating func prepare(for horizons: [Int]) {
    for horizon in Set(horizons.filter { $0 > 0 }).sorted() {
      for (scaled, settings) in analogueMembers {
        let key = analogueKey(scaled, settings, horizon)
        if memory.windows[key] == nil {
          memory.windows[key] = AnalogueWindows(
            scaled.members, horizon: key.horizon, lengths: panel.paceLengths, settings: settings)
        }
      }
      if growth != nil {
        memory.shapes[horizon] = ShapeWindows(
          own: shapes, others: others, wanted: horizon, usesLevel: true)
      } else {
        let usable = CountGrowth.usableHorizon(horizon, periodCount: panel.periodCount)
        if memory.counts[usable] == nil {
          memory.counts[usable] = CountGrowth(
            shapes, horizon: usable, periodCount: panel.periodCount)
        }
      }
    }
  }

  private var analogueMembers: [(ScaledMembers, AnalogueWindows.Settings)] {
    growth != nil
      ? [(bounded, Self.boundedAnalogues)]
      : [
        (plain, Self.levelAnalogues), (root, Self.levelAnalogues), (plain, Self.ratioAnalogues),
      ]
  }

  private func analogueKey(
    _ scaled: ScaledMembers, _ settings: AnalogueWindows.Settings, _ horizon: Int
  ) -> AnalogueKey {
    AnalogueKey(
      kind: scaled.scale.kind, settings: settings,
      horizon: AnalogueWindows.usableHorizon(
        horizon, members: scaled.members, periodCount: panel.periodCount))
  }

  /// The distribution of a unit some steps after its last observed value.
  ///
  /// - Parameters:
  ///   - unit: Its place among the series of the panel.
  ///   - horizon: Steps from its last observed value, from 1.
  ///   - isWholeNumber: Whether values are whole numbers.
  /// - Returns: The distribution; `nil` for a unit without a value.
  public func distribution(
    unit: Int, horizon: Int, isWholeNumber: Bool = false
  ) -> InsideDistribution? {
    guard let history = panel.histories[unit], let last = history.values.last, horizon > 0 else {
      return nil
    }
    let isShare = growth != nil
    let fallback = wide(last, steps: horizon)
    var members: [InsideDistribution.Member] = []
    if let place = places[unit] {
      members =
        isShare
        ? shareMembers(place, horizon: horizon) : levelMembers(place, horizon: horizon)
    }
    let total = members.reduce(0) { $0 + $1.weight }
    let kept = history.count < 4 ? 1 - settings.shortWide : 1
    for index in members.indices { members[index].weight *= kept / total }
    if members.isEmpty || kept < 1 {
      members.append(
        InsideDistribution.Member(
          weight: members.isEmpty ? 1 : 1 - kept,
          part: .students([fallback], degrees: 3, scale: bounded.scale)))
    }
    var far = fallback
    far.scale *= 1.5
    return InsideDistribution(
      members: members, stretch: stretch(isShare, horizon: horizon, count: history.count),
      floor: settings.floor, least: panel.neverFalls ? last - 1e-9 : -.infinity,
      range: panel.range, isWholeNumber: isWholeNumber, wide: (far, bounded.scale))
  }

  private func stretch(_ isShare: Bool, horizon: Int, count: Int) -> Double {
    guard isShare else { return settings.levelStretch }
    let length = min(Double(horizon) / Double(count), 1)
    return settings.shareStretch + settings.longShareStretch * length
  }

  /// Around the last value on the bounded scale: for series that say nothing of their pace.
  private func wide(_ last: Double, steps: Int) -> StudentMember {
    let isIndex = panel.frequency == .index
    let years = Double(steps) / Double(isIndex ? 12 : panel.frequency.periodsPerYear)
    let yearly = growth != nil ? 0.35 : 0.25
    // On a plain scale there is no natural size of a year's change but that of the values.
    let size = bounded.scale.kind == .plain ? max(abs(last), 1) : 1
    return StudentMember(
      weight: 1, location: bounded.scale.forward(last),
      scale: yearly * size * max(years, 0.1).squareRoot())
  }

  private func shareMembers(_ place: Int, horizon: Int) -> [InsideDistribution.Member] {
    guard let growth else { return [] }
    let history = plain.members[place]
    let weights = history.count >= 4 ? settings.shares : settings.shortShares
    var members: [InsideDistribution.Member] = [
      .init(
        weight: weights.growth, part: .growth(growth.mixture(member: place, steps: horizon))),
      .init(
        weight: weights.analogues,
        part: analogue(bounded, Self.boundedAnalogues, place: place, horizon: horizon)),
      .init(weight: weights.shape, part: shape(place, horizon: horizon)),
    ]
    let excess = min(max((panel.fallingShare - 0.2) / 0.2, 0), 1)
    if history.count >= 4, panel.changeCount >= 20, excess > 0 {
      let share = settings.fallingShare * excess
      for index in members.indices { members[index].weight *= 1 - share }
      let damped = DampedGrid(root.members[place].values, panelVariance: dampedVariance)
      members.append(
        .init(
          weight: share,
          part: .students(
            damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: root.scale)))
    }
    return members
  }

  private func levelMembers(_ place: Int, horizon: Int) -> [InsideDistribution.Member] {
    let history = plain.members[place]
    let weights = history.count >= 4 ? settings.levels : settings.shortLevels
    var members: [InsideDistribution.Member] = []
    func add(_ weight: Double, _ part: () -> InsideDistribution.Part) {
      if weight > 0 { members.append(.init(weight: weight, part: part())) }
    }
    add(weights.damped) {
      let damped = DampedGrid(root.members[place].values, panelVariance: nil)
      return .students(
        damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: root.scale)
    }
    add(weights.analogues) {
      analogue(plain, Self.levelAnalogues, place: place, horizon: horizon)
    }
    add(weights.rootAnalogues) {
      analogue(root, Self.levelAnalogues, place: place, horizon: horizon)
    }
    add(weights.ratios) { analogue(plain, Self.ratioAnalogues, place: place, horizon: horizon) }
    add(weights.drift) {
      let (member, degrees) = LongRunDrift.forecast(history.values, steps: horizon)
      return .students([member], degrees: degrees, scale: plain.scale)
    }
    add(weights.counts) { count(place, horizon: horizon) }
    return members
  }

  private func analogue(
    _ scaled: ScaledMembers, _ settings: AnalogueWindows.Settings, place: Int, horizon: Int
  ) -> InsideDistribution.Part {
    let key = analogueKey(scaled, settings, horizon)
    let history = scaled.members[place]
    let windows =
      memory.windows[key]
      ?? AnalogueWindows(
        scaled.members, horizon: key.horizon, lengths: panel.paceLengths, settings: settings)
    guard let windows else {
      let (member, degrees) = LongRunDrift.forecast(history.values, steps: horizon)
      return .students([member], degrees: degrees, scale: scaled.scale)
    }
    let last = history.count - 1
    let pace = AnalogueWindows.pace(of: history, at: last, panel.paceLengths)
    let kernel = windows.kernel(level: history.values[last], pace: pace, steps: horizon)
    return .kernel(kernel, origin: history.values[last], unit: 1, scale: scaled.scale)
  }

  private func shape(_ place: Int, horizon: Int) -> InsideDistribution.Part {
    let shape = shapes[place]
    let last = shape.history.count - 1
    let windows =
      memory.shapes[horizon]
      ?? ShapeWindows(own: shapes, others: others, wanted: horizon, usesLevel: true)
    guard let windows else {
      let damped = DampedGrid(shape.history.values, panelVariance: nil)
      return .students(
        damped.forecast(steps: horizon), degrees: damped.degreesOfFreedom, scale: bounded.scale)
    }
    return .kernel(
      windows.kernel(shape, at: last), origin: shape.history.values[last],
      unit: Double(horizon) * shape.sizes[last], scale: bounded.scale)
  }

  private func count(_ place: Int, horizon: Int) -> InsideDistribution.Part {
    let shape = shapes[place]
    let last = shape.history.count - 1
    let level = shape.history.values[last]
    let usable = CountGrowth.usableHorizon(horizon, periodCount: panel.periodCount)
    let growth =
      memory.counts[usable]
      ?? CountGrowth(shapes, horizon: usable, periodCount: panel.periodCount)
    // A unit that stands still may still move at a tenth of what the others' paces are for their size.
    let relative = shapes.compactMap { other -> Double? in
      let index = shape.history.end - other.history.start
      guard index > 0, index < other.history.count else { return nil }
      return other.sizes[index] / max(abs(other.history.values[index]), 1e-9)
    }
    let least = relative.isEmpty ? 0 : 0.1 * median(relative) * abs(level)
    let size = max(shape.sizes[last], least, 1e-6 * max(abs(level), 1))
    return .count(growth, origin: level, unit: Double(horizon) * size)
  }

  /// The median over units of the variance of a step.
  private static func typicalVariance(_ members: [UnitHistory]) -> Double {
    let variances = members.map { history in
      let deviation = standardDeviation(history.changes)
      return deviation * deviation
    }
    return max(variances.isEmpty ? 0 : median(variances), 1e-8)
  }
}

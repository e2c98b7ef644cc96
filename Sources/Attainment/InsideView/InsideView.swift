import Forecasting
import Statistics
import TimeSeries

/// The inside view of one indicator at one origin: what its own panel's past, up to the origin, says of where each unit will be.
///
/// Shares are forecast by growth curves with unknown ceiling (`GrowthCeilings`), by the changes of units alike in level and pace
/// (`AnalogueWindows`) and by the changes of units alike in shape (`ShapeWindows`); counts and levels by damped trends, analogues
/// on three scales, drift and `CountGrowth`. All of it is shared by the units; only weighing is done for each unit and horizon.
public struct InsideView: Sendable {
  private(set) var panel: InsidePanel
  let settings: InsideSettings
  /// By unit: its place among the members; `nil` below two values.
  private let places: [Int?]
  private(set) var plain: ScaledMembers
  private(set) var root: ScaledMembers
  private(set) var bounded: ScaledMembers
  private(set) var growth: GrowthCeilings?
  private(set) var shapes: [PaceShapes]
  let others: [[PaceShapes]]
  let dampedVariance: Double
  var memory = Memory()

  /// The histories of all members on one scale.
  struct ScaledMembers: Sendable {
    let scale: PanelScale
    var members: [UnitHistory]
  }

  /// What was prepared for the horizons announced.
  struct Memory: Sendable {
    var windows: [AnalogueKey: AnalogueWindows] = [:]
    var shapes: [Int: ShapeWindows] = [:]
    var counts: [Int: CountGrowth] = [:]
  }

  struct AnalogueKey: Hashable {
    let kind: PanelScale.Kind
    let settings: AnalogueWindows.Settings
    let horizon: Int
  }

  static let boundedAnalogues = AnalogueWindows.Settings(levelWidth: 0.6, paceWidth: 1)
  static let levelAnalogues = AnalogueWindows.Settings(levelWidth: 1, paceWidth: 0.5)
  static let ratioAnalogues = AnalogueWindows.Settings(
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

  /// The same view after one more value of a unit became known: its own history is longer, what the panel taught stays.
  ///
  /// - Parameters:
  ///   - value: The value.
  ///   - steps: How long after the unit's last observed value, from 1.
  ///   - unit: Its place among the series of the panel.
  /// - Returns: `nil` for a unit with fewer than two values, of which nothing is learned.
  func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> InsideView? {
    guard let place = places[unit], steps > 0 else { return nil }
    var view = self
    view.panel = panel.knowing(value, stepsLater: steps, unit: unit)
    guard let history = view.panel.histories[unit] else { return nil }
    view.plain.members[place] = history.on(plain.scale)
    view.root.members[place] = history.on(root.scale)
    view.bounded.members[place] = history.on(bounded.scale)
    if let lower = panel.range.lower, let upper = panel.range.upper {
      view.growth = growth?.replacing(
        place, with: view.plain.members[place], lower: lower, upper: upper)
    }
    let isShare = growth != nil
    view.shapes[place] =
      PaceShapes.shapes(
        of: isShare ? view.bounded.members : view.plain.members, lengths: panel.paceLengths,
        isRelative: !isShare)[place]
    return view
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

  func analogueKey(
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
      floor: settings.floor, least: panel.neverFalls ? last : -.infinity,
      range: panel.range, isWholeNumber: isWholeNumber, wide: (far, bounded.scale))
  }

  /// From 0 for groups of which a fifth of the steps fall to 1 where two fifths do.
  var unsteadiness: Double {
    panel.changeCount >= 20 ? min(max((panel.fallingShare - 0.2) / 0.2, 0), 1) : 0
  }

  /// The factor of the log-odds: larger where the horizon is shorter than a fifth of the history or longer than 0.4 histories, full from
  /// 0.8 on.
  private func stretch(_ isShare: Bool, horizon: Int, count: Int) -> Double {
    guard isShare else { return settings.levelStretch }
    let histories = Double(horizon) / Double(count)
    let length = min(max((histories - 0.4) / 0.4, 0), 1)
    let nearness = max(1 - histories / 0.2, 0)
    return settings.shareStretch + nearness * settings.nearShareStretch
      + length * (1 - unsteadiness) * settings.longShareStretch
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

  /// The median over units of the variance of a step.
  private static func typicalVariance(_ members: [UnitHistory]) -> Double {
    let variances = members.map { history in
      let deviation = standardDeviation(history.changes)
      return deviation * deviation
    }
    return max(variances.isEmpty ? 0 : median(variances), 1e-8)
  }
}

public import Forecasting
import RealModule
public import TimeSeries

/// The outside view of one indicator at one origin: maps the inside view's distributions by what questions answered elsewhere,
/// and the indicator's own past, teach of targets like these.
///
/// The slopes were learned on public panels (``LearnedPrior``); pseudo-questions of the indicator's own past move them
/// (`OwnPast`), the more the longer it is. Where a unit's standing is like nothing that was seen, the inside view stays.
public struct OutsideView: LearnedMap {
  private var histories: [OrientedHistory]
  private let range: ValueRange
  private let isUpward: Bool
  private let step: Int
  private let cutoff: Int
  private let tables: PanelWindowTables
  let answers: [OutsidePanel.Answer]
  private let prior: MonotoneMap
  private var maps: [Int: MonotoneMap] = [:]

  /// Asks the indicator's own past and moves the learned coefficients.
  ///
  /// - Parameters:
  ///   - series: The units in the order of the inside view's panel, each up to the origin; all of one frequency.
  ///   - names: The units' codes, which seed the pseudo-questions.
  ///   - range: What values are possible.
  ///   - isUpward: Whether larger is better.
  ///   - origin: The last period that may be known.
  ///   - horizons: The steps after the last observed values that will mostly be asked for.
  ///   - prior: Which answered questions taught the slopes.
  ///   - inside: How the inside view is made at past origins.
  public init(
    series: [Series], names: [String], range: ValueRange, isUpward: Bool, origin: Period,
    horizons: [Int], prior: LearnedPrior = .all, inside: InsideSettings = InsideSettings()
  ) {
    self.init(
      series: series, names: names, range: range, isUpward: isUpward, origin: origin,
      horizons: horizons, prior: prior, inside: inside, answers: nil)
  }

  /// The same with answers that are known already; `nil` asks for them.
  init(
    series: [Series], names: [String], range: ValueRange, isUpward: Bool, origin: Period,
    horizons: [Int], prior: LearnedPrior, inside: InsideSettings = InsideSettings(),
    answers given: [OutsidePanel.Answer]?
  ) {
    precondition(series.count == names.count, "every series has a name")
    self.range = range
    self.isUpward = isUpward
    step = origin.frequency.months ?? 1
    cutoff = origin.lastMonthOrdinal
    histories = series.map { OrientedHistory($0, isUpward: isUpward) }
    let units = zip(names, series).compactMap { name, series in
      series.trimmed().map { OutsidePanel.Unit(name: name, series: $0) }
    }
    let panel = OutsidePanel(units: units, range: range, isUpward: isUpward, inside: inside)
    answers = given ?? panel.answers(origins: (cutoff - OutsidePanel.memory)...cutoff)
    self.prior = prior.map(cutoff: cutoff)
    var tables = PanelWindowTables(series: units.map(\.series))
    for horizon in Set(horizons).sorted() where horizon > 0 {
      maps[horizon] = self.prior.adapted(to: answers, cutoff: cutoff, months: horizon * step)
      // With the tables of nearer horizons where this one has too few windows.
      PanelShares.prepare(
        months: horizon * step, step: step,
        scale: ComparisonScale(
          lower: range.lower, upper: range.upper, isUpward: isUpward, size: 1), cutoff: cutoff,
        isUpward: isUpward, tables: &tables)
    }
    self.tables = tables
  }

  /// The learned P(Y ≤ value), which never falls along the values; the inside view's where nothing was observed.
  public func cumulative(
    unit: Int, horizon: Int, values: [Double], base: [Double]
  ) -> [Double] {
    guard let distribution = distribution(unit: unit, horizon: horizon) else { return base }
    return zip(values, base).map { value, base in
      isUpward
        ? 1 - distribution.tail(value, isStrict: true, inside: 1 - base)
        : distribution.tail(-value, isStrict: false, inside: base)
    }
  }

  /// The same map after one more value of a unit became known; the panel's windows and what was learned stay.
  public func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> any LearnedMap {
    var map = self
    let history = histories[unit]
    guard let last = history.months.last, steps > 0 else { return self }
    map.histories[unit] = OrientedHistory(
      months: history.months + [last + steps * step],
      values: history.values + [isUpward ? value : -value], step: history.step)
    return map
  }

  /// How near a unit's standing is to what was seen: from 0, where the inside view stays, to 1.
  public func familiarity(unit: Int, horizon: Int) -> Double {
    distribution(unit: unit, horizon: horizon)?.familiarity ?? 0
  }

  /// How many pseudo-questions of the indicator's own past stand behind the map.
  public var answerCount: Int { answers.count }

  private func distribution(unit: Int, horizon: Int) -> OutsideDistribution? {
    let history = histories[unit]
    guard let last = history.months.last, horizon > 0 else { return nil }
    var tables = tables
    let context = TargetContext(
      history, range: range, isUpward: isUpward, deadline: last + horizon * step, cutoff: cutoff,
      tables: &tables)
    let map =
      maps[horizon] ?? prior.adapted(to: answers, cutoff: cutoff, months: horizon * step)
    return OutsideDistribution(context: context, map: map)
  }
}

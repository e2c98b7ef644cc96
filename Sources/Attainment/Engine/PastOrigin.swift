import Forecasting
import Indicators
import TimeSeries

/// One indicator as a run at a past origin would have seen it: only values up to then, spikes as they were told from events
/// then, pseudo-questions answered by then, and coefficients learned from what had been answered elsewhere by then.
struct PastOrigin: Sendable {
  let origin: Period
  /// Each unit's values up to the origin.
  let known: [Series]
  private let view: InsideView
  private let map: (any LearnedMap)?
  private let memory: LagCorrelation
  private let settings: SharedShockSettings
  private let panel: IndicatorPanel
  private var calibration: SpreadCalibration?
  private let seasonal: SeasonalForecasts?

  /// `nil` where no unit has enough values.
  ///
  /// - Parameters:
  ///   - past: The indicator's whole past.
  ///   - origin: The last period that may be known.
  ///   - horizons: The horizons that will be asked for.
  ///   - settings: Those of the run that is checked.
  init?(
    _ past: PastPanel, origin: Period, horizons: [Int], settings: AssessmentSettings
  ) {
    let known = past.known(at: origin)
    guard known.contains(where: { $0.observedIndices.count >= PseudoQuestions.fewestValues })
    else { return nil }
    self.origin = origin
    self.known = known
    self.settings = settings.sharedShocks
    panel = past.panel
    let inside = InsidePanel(series: known, range: panel.insideRange, origin: origin)
    view = InsideView(panel: inside, horizons: horizons)
    seasonal =
      panel.mayHaveSeason(inside)
      ? SeasonalForecasts(series: known, range: panel.insideRange, horizons: horizons) : nil
    let mapped = horizons.filter(past.isMapped)
    if mapped.isEmpty {
      map = nil
    } else if let make = settings.learnedMap {
      map = make(inside)
    } else {
      map = settings.outsidePrior.map { prior in
        OutsideView(
          series: known, names: past.names, range: past.panel.insideRange,
          isUpward: past.panel.indicator.direction == .up, origin: origin, horizons: mapped,
          prior: prior == .all ? .before : prior, answers: past.answers(known: known, at: origin))
      }
    }
    memory = LagCorrelation(
      of: past.places(of: known), link: .bounded(panel.range), settings: settings.sharedShocks)
    let plain = horizons.sorted().filter { map == nil || !past.isMapped($0) }
    guard !plain.isEmpty, let growth = panel.growth(of: past.below.map { known[$0] }) else {
      return
    }
    calibration = SpreadCalibration(growth, steps: plain) { step in
      widths(past.below, step: step)
    }
  }

  /// The widths of the central 80 % of some units on the bounded scale, before they are held against the panel's growth.
  private func widths(_ units: [Int], step: Int) -> [Double] {
    let link = Link.bounded(panel.range)
    let count = min(units.count, SpreadCalibration.mostUnits)
    return (0..<count).compactMap { index in
      let unit = units[index * units.count / count]
      // A unit whose report is late is looked at from its last value, as in a run.
      let late = known[unit].lastObservedPeriod?.distance(to: origin) ?? 0
      guard let found = distribution(unit: unit, horizon: step + late, spread: 1) else {
        return nil
      }
      let fifths = found.quantiles(count: 5)
      return link.forward(fifths[4]) - link.forward(fifths[0])
    }
  }

  /// What a run at this origin would have published of a unit; `nil` where it could say nothing.
  func forecast(unit: Int, horizon: Int) -> PublishedForecast? {
    let isMapped = map != nil && LearnedPanels.isMapped(horizon, origin.frequency)
    var forecast = distribution(
      unit: unit, horizon: horizon,
      spread: SpreadCalibration.factor(
        calibration, step: horizon, isMapped: isMapped,
        sharedError: memory.sharedError(horizon, settings)))
    forecast?.seasonal = seasonal?.distribution(unit: unit, horizon: horizon)
    return forecast
  }

  private func distribution(unit: Int, horizon: Int, spread: Double) -> PublishedForecast? {
    guard let last = known[unit].lastObservedValue,
      let inside = view.distribution(
        unit: unit, horizon: horizon, isWholeNumber: panel.isWholeNumber)
    else { return nil }
    let map = LearnedPanels.isMapped(horizon, origin.frequency) ? map : nil
    return PublishedForecast(
      inside: inside, last: last,
      neverFalls: panel.indicator.kind == .milestone || view.panel.neverFalls,
      range: panel.range, isWholeNumber: panel.isWholeNumber,
      map: map.map { map in
        { map.cumulative(unit: unit, horizon: horizon, values: $0, base: $1) }
      }, spread: spread)
  }
}

/// The whole past of one indicator's units at their main frequency, and what a run has learned from it.
struct PastPanel: Sendable {
  let panel: IndicatorPanel
  /// Each unit's values as reported.
  let series: [Series]
  let names: [String]
  /// The last period in which anything was reported.
  let end: Period
  private let modelled: [Series]
  /// The places of the units that lie below the province.
  let below: [Int]
  private let answers: [OutsidePanel.Answer]
  private let firstAnswered: Int

  /// `nil` where nothing was observed.
  ///
  /// - Parameters:
  ///   - panel: The indicator's units.
  ///   - settings: Those of the run.
  ///   - learned: What the run has learned; `nil` asks the outside view's pseudo-questions here.
  init?(_ panel: IndicatorPanel, settings: AssessmentSettings, learned: LearnedPanels?) {
    guard
      let longest = panel.units.map(\.reported).max(by: { $0.count < $1.count })
    else { return nil }
    let members = panel.units.filter { $0.reported.frequency == longest.frequency }
    guard let end = members.compactMap(\.reported.lastObservedPeriod).max(),
      let first = members.first
    else { return nil }
    self.panel = panel
    self.end = end
    series = members.map(\.reported)
    modelled = members.map(\.modelled)
    names = members.map(\.unit.code)
    below = members.indices.filter {
      members[$0].unit.level.depth > UnitLevel.province.depth
    }
    let cutoff = first.origin(panel.origin).lastMonthOrdinal
    firstAnswered = cutoff - OutsidePanel.memory
    if settings.outsidePrior == nil || settings.learnedMap != nil {
      answers = []
    } else {
      answers =
        learned?.answers(longest.frequency)
        ?? Self.panel(names, modelled, panel).answers(origins: firstAnswered...cutoff)
    }
  }

  func isMapped(_ horizon: Int) -> Bool { LearnedPanels.isMapped(horizon, end.frequency) }

  /// Values up to an origin, without what was a spike by what was known then.
  func known(at origin: Period) -> [Series] {
    let past = series.map { $0.through(origin) }
    let link = Link.bounded(panel.range)
    let step = SpikeFilter.typicalStep(past, link: link)
    return past.map { SpikeFilter.remove(from: $0, link: link, typicalStep: step).series }
  }

  /// The units whose changes tell how strongly units move together.
  func places(of known: [Series]) -> [Series] {
    below.isEmpty ? known : below.map { known[$0] }
  }

  /// The run's pseudo-questions where they are what a run at the origin would have asked (whoever asks takes those answered
  /// by then); else, where later values have changed what counts as a spike or the past is long, those of the origin itself.
  func answers(known: [Series], at origin: Period) -> [OutsidePanel.Answer] {
    let cutoff = origin.lastMonthOrdinal
    let first = known.map(\.start.lastMonthOrdinal).min() ?? cutoff
    let isSame =
      first >= firstAnswered
      && zip(known, modelled).allSatisfy { $0.hasSameValues(as: $1.through(origin)) }
    return isSame
      ? answers
      : Self.panel(names, known, panel).answers(origins: (cutoff - OutsidePanel.memory)...cutoff)
  }

  private static func panel(
    _ names: [String], _ series: [Series], _ panel: IndicatorPanel
  ) -> OutsidePanel {
    let units = zip(names, series).compactMap { name, series in
      series.trimmed().map { OutsidePanel.Unit(name: name, series: $0) }
    }
    return OutsidePanel(
      units: units, range: panel.insideRange, isUpward: panel.indicator.direction == .up)
  }
}

extension Series {
  /// Whether two series have the same values at the same periods.
  fileprivate func hasSameValues(as other: Series) -> Bool {
    let (own, others) = (observedIndices, other.observedIndices)
    guard own.count == others.count else { return false }
    return zip(own, others).allSatisfy {
      period(at: $0) == other.period(at: $1) && values[$0] == other.values[$1]
    }
  }
}

import Forecasting
import RealModule
import Statistics
import TimeSeries

/// One indicator's units as the outside view sees them.
struct OutsidePanel: Sendable {
  /// A unit's series under its own name, which seeds its pseudo-questions.
  struct Unit: Sendable {
    let name: String
    let series: Series
  }

  /// A pseudo-question of the indicator's own past and what the map weighs there.
  struct Answer: Sendable {
    let months: Int
    let end: Int
    let scores: [Double]
    let factors: [Double]
    let attained: Bool
  }

  let units: [Unit]
  let range: ValueRange
  /// Which values are better.
  let isUpward: Bool
  /// How the inside view is made at each origin.
  var inside = InsideSettings()

  /// About so many windows are asked about at each origin.
  private static let windowsEach = 60
  private static let targetsEach = 3
  /// Origins further back than this teach nothing any more.
  static let memory = 120

  /// Pseudo-questions whose deadlines had passed by the end of the series.
  ///
  /// Rolling origins, each unit from its third value; three targets for each window, which are 0.25 to 2 times one of four
  /// changes known at the origin: the recent, the middle and the whole pace continued, and the typical change.
  ///
  /// - Parameter origins: The months whose origins may be asked about.
  /// - Returns: The questions with their outcomes, by origin and unit.
  func answers(origins: ClosedRange<Int>) -> [Answer] {
    var tables = PanelWindowTables(series: units.map(\.series))
    let histories = tables.units(isUpward: isUpward)
    let windows = chosenWindows(histories, origins: origins)
    var answers: [Answer] = []
    for origin in windows.keys.sorted() {
      let asked = windows[origin] ?? []
      guard let first = units.first?.series.start else { continue }
      let period = first.advanced(by: (origin - first.lastMonthOrdinal) / histories[0].step)
      let horizons = Set(asked.map { $0.months / histories[$0.unit].step }).sorted()
      let view = InsideView(
        panel: InsidePanel(
          series: units.map { $0.series.through(period) }, range: range, origin: period),
        horizons: horizons, settings: inside)
      for window in asked {
        answers += self.answers(
          window, origin: origin, history: histories[window.unit], view: view, tables: &tables)
      }
    }
    return answers
  }

  private struct Window {
    let unit: Int
    let months: Int
  }

  private func answers(
    _ window: Window, origin: Int, history: OrientedHistory, view: InsideView,
    tables: inout PanelWindowTables
  ) -> [Answer] {
    let end = origin + window.months
    let place = OrientedHistory.firstIndex(history.months, notBelow: end)
    guard
      let distribution = view.distribution(
        unit: window.unit, horizon: window.months / history.step)
    else { return [] }
    let context = TargetContext(
      history.through(origin), range: range, isUpward: isUpward, deadline: end, cutoff: origin,
      tables: &tables)
    var stream = OutsidePanel.stream(
      "targets", units[window.unit].name, origin, window.months)
    return (0..<OutsidePanel.targetsEach).compactMap { _ in
      let factor = OutsidePanel.factors[OutsidePanel.draw(OutsidePanel.factors.count, &stream)]
      let change = context.referenceChanges[OutsidePanel.draw(4, &stream)]
      let target = context.last + max(factor * change, 1e-3 * context.typicalChange)
      guard target > context.last, target <= context.limits.upper else { return nil }
      let inside =
        isUpward
        ? distribution.probability(atLeast: target) : distribution.probability(atMost: -target)
      return Answer(
        months: window.months, end: end,
        scores: context.scores(target, inside: ProbabilityFloor.apply(inside)),
        factors: context.factors, attained: history.values[place] >= target)
    }
  }

  /// By origin: which units are asked about, and over how many months.
  ///
  /// Whether a window is drawn depends on its unit, origin and length and on how many units had values by then, never on what
  /// came after: an answer known at a cutoff is the same whatever followed.
  private func chosenWindows(
    _ histories: [OrientedHistory], origins: ClosedRange<Int>
  ) -> [Int: [Window]] {
    let lengths =
      switch histories.first?.step ?? 1 {
      case 12...: [12, 24, 36, 60]
      case 3...: [3, 6, 12, 18, 24]
      default: [2, 3, 6, 12, 18, 24]
      }
    var standing: [Int: Int] = [:]
    for history in histories {
      for origin in history.months.dropFirst(2) { standing[origin, default: 0] += 1 }
    }
    var chosen: [Int: [Window]] = [:]
    for (unit, history) in histories.enumerated() {
      for origin in history.months.dropFirst(2) where origins.contains(origin) {
        let rate =
          Double(OutsidePanel.windowsEach) / Double(lengths.count * (standing[origin] ?? 1))
        for months in lengths {
          let place = OrientedHistory.firstIndex(history.months, notBelow: origin + months)
          guard place < history.months.count, history.months[place] == origin + months else {
            continue
          }
          var stream = OutsidePanel.stream("window", units[unit].name, origin, months)
          if stream.uniform() < rate {
            chosen[origin, default: []].append(Window(unit: unit, months: months))
          }
        }
      }
    }
    return chosen
  }

  private static func stream(
    _ purpose: String, _ name: String, _ origin: Int, _ months: Int
  ) -> RandomStream {
    RandomStream(
      StreamKey(
        seed: UInt64(bitPattern: Int64(origin * 1000 + months)), purpose: purpose, unit: name))
  }

  private static let factors = [0.25, 0.5, 0.7, 0.85, 1, 1.15, 1.3, 1.5, 2]

  private static func draw(_ count: Int, _ stream: inout RandomStream) -> Int {
    min(Int(stream.uniform() * Double(count)), count - 1)
  }
}

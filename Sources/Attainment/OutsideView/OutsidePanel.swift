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

  /// Pseudo-questions whose deadlines had passed by the end of the series.
  ///
  /// Rolling origins of every unit from its third value; three targets each, which are 0.25 to 2 times one of four
  /// changes known at the origin: the recent, the middle and the whole pace continued, and the typical change.
  func answers(isUpward: Bool, mostOrigins: Int = 60, targets: Int = 3) -> [Answer] {
    var tables = PanelWindowTables(series: units.map(\.series))
    let histories = tables.units(isUpward: isUpward)
    var answers: [Answer] = []
    for (unit, history) in zip(units, histories) {
      var stream = RandomStream(
        StreamKey(seed: 6, purpose: "pseudo-questions", unit: unit.name))
      for (origin, end) in OutsidePanel.windows(history, most: mostOrigins, &stream) {
        let known = history.through(history.months[origin])
        let context = TargetContext(
          known, range: range, isUpward: isUpward, deadline: history.months[end],
          cutoff: history.months[origin], tables: &tables)
        for _ in 0..<targets {
          let factor = OutsidePanel.factors[OutsidePanel.draw(OutsidePanel.factors.count, &stream)]
          let change = context.referenceChanges[OutsidePanel.draw(4, &stream)]
          let gap = max(factor * change, 1e-3 * context.typicalChange)
          let target = context.last + gap
          guard target > context.last, target < context.limits.upper || !isUpward,
            target <= context.limits.upper
          else { continue }
          answers.append(
            Answer(
              months: history.months[end] - history.months[origin], end: history.months[end],
              scores: context.scores(target), factors: context.factors,
              attained: history.values[end] >= target))
        }
      }
    }
    return answers
  }

  private static let factors = [0.25, 0.5, 0.7, 0.85, 1, 1.15, 1.3, 1.5, 2]

  private static func draw(_ count: Int, _ stream: inout RandomStream) -> Int {
    min(Int(stream.uniform() * Double(count)), count - 1)
  }

  /// Places of an origin and of the value a usual horizon later, at most so many, drawn without replacement.
  private static func windows(
    _ history: OrientedHistory, most: Int, _ stream: inout RandomStream
  ) -> [(origin: Int, end: Int)] {
    let horizons =
      switch history.step {
      case 12...: [12, 24, 36, 60]
      case 3...: [3, 6, 12, 18, 24]
      default: [2, 3, 6, 12, 18, 24]
      }
    var pairs: [(origin: Int, end: Int)] = []
    for months in horizons {
      for origin in history.months.indices.dropFirst(2) {
        let end = history.months[origin] + months
        let place = OrientedHistory.firstIndex(history.months, notBelow: end)
        guard place < history.months.count, history.months[place] == end else { continue }
        pairs.append((origin, place))
      }
    }
    guard pairs.count > most else { return pairs }
    for index in 0..<most {
      pairs.swapAt(index, index + draw(pairs.count - index, &stream))
    }
    return Array(pairs[..<most])
  }
}

extension OwnPast {
  /// Learns from those pseudo-questions that had ended by the cutoff and asked about half to twice the horizon.
  ///
  /// An answer counts half as much every three years; together they count at most three times the number of
  /// horizons that fit into their span, for windows overlap and units move together.
  init(_ answers: [OutsidePanel.Answer], map: MonotoneMap, cutoff: Int, months: Int) {
    let like = answers.filter {
      $0.end <= cutoff && 2 * $0.months >= months && $0.months <= 2 * months
    }
    guard like.count >= 20, let first = like.map(\.end).min(), let last = like.map(\.end).max()
    else {
      self = .none
      return
    }
    let middle = median(like.map { Double($0.months) })
    let spans = Double(last - first) / middle + 1
    let fading = like.map { Double.exp2(-Double(cutoff - $0.end) / 36) }
    let most = min(3 * spans, Double(like.count)) / fading.reduce(0, +)
    self.init(
      answers: zip(like, fading).map { answer, weight in
        Answer(
          logOdds: map.logOdds(scores: answer.scores, factors: answer.factors),
          attained: answer.attained, weight: weight * most)
      })
  }
}

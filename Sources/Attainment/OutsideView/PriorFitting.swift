import LinearAlgebra
import RealModule
import TimeSeries

/// Learns the outside view's coefficients from questions whose outcomes are known.
package struct PriorFitting: Sendable {
  /// One answered question.
  package struct Row: Sendable {
    /// The place of the question among those asked; −1 for a pseudo-question.
    package let question: Int
    /// The panel with its indicator and frequency.
    package let key: String
    /// The last month of the deadline.
    package let deadline: Int
    /// The last month known when asked.
    package let cutoff: Int
    let scores: [Double]
    let factors: [Double]
    /// Whether the target was met.
    package let attained: Bool
    var weight = 1.0

    /// The panel, without the indicator.
    package var panel: String { String(key.prefix { $0 != "|" }) }

    /// The panel's name up to the first `_`.
    package var source: String { String(panel.prefix { $0 != "_" }) }

    /// Scores, then factors.
    package var values: [Double] { scores + factors }
  }

  /// Every coefficient set, ready to be written.
  package struct Sets: Sendable {
    package var all: [Double]
    package var withoutSource: [(name: String, numbers: [Double])]
    package var withoutPanel: [(name: String, numbers: [Double])]
    package var before: [(month: Int, numbers: [Double])]
  }

  /// λ of the map without the inside view, on standardised columns.
  static let alonePenalty = 20.0
  /// λ of the joint map around the mean of both views.
  static let jointPenalty = 60.0
  /// λ of the log horizon in both: base rates of near and far deadlines differ everywhere.
  static let horizonPenalty = 5.0
  /// What the pseudo-questions of a panel are worth together where few questions were answered.
  static let pseudoWeight = 200.0
  /// Fewer answered questions than this are not learned from.
  static let fewestRows = 30

  /// All answered questions, in their order.
  package let rows: [Row]
  /// Pseudo-questions of all panels.
  package let pseudo: [Row]
  /// The names of ``Row/values``.
  package static let columnNames = TargetContext.scoreNames + TargetContext.factorNames

  /// Scores every question at its cutoff, and asks the panels' own pasts.
  package init(
    _ replay: Replay, questions: [PastQuestion], attained: [Bool], threads: Int = 2
  ) async {
    var inside = replay
    inside.settings.view = .inside
    let answers = await inside.modelAnswers(questions, threads: threads)
    rows = await replay.standings(questions, threads: threads)
      .sorted { $0.question < $1.question }
      .compactMap { standing in
        // Targets that were asked from the other side teach as their complements.
        guard let answer = answers[standing.question] else { return nil }
        let isRise = standing.event.isRise
        return Row(
          question: standing.question, key: standing.panel,
          deadline: standing.deadline, cutoff: standing.cutoff,
          scores: standing.context.scores(
            standing.event.target, inside: isRise ? answer : 1 - answer),
          factors: standing.context.factors, attained: attained[standing.question] == isRise)
      }
    let past = await replay.pastAnswers(replay.grouped(questions).map(\.key), threads: threads)
    pseudo = past.flatMap { key, answers in
      answers.map { answer in
        Row(
          question: -1, key: key, deadline: answer.end,
          cutoff: answer.end - answer.months, scores: answer.scores, factors: answer.factors,
          attained: answer.attained)
      }
    }
  }

  /// The sets that `LearnedPrior` can name.
  package func sets() -> Sets? {
    guard let all = PriorFitting.map(rows) else { return nil }
    let sources = Set(rows.map(\.source)).sorted()
    let panels = Set(rows.map(\.panel)).sorted()
    let cutoffs = Set(rows.map(\.cutoff)).sorted()
    func named(_ names: [String], _ key: (Row) -> String) -> [(name: String, numbers: [Double])] {
      names.compactMap { name in
        PriorFitting.map(rows.filter { key($0) != name }).map { (name, $0.numbers) }
      }
    }
    var before: [(month: Int, numbers: [Double])] = []
    for cutoff in cutoffs {
      let known = rows.filter { $0.deadline <= cutoff }
      let past = PriorFitting.weighed(pseudo.filter { $0.deadline <= cutoff })
      if let map = PriorFitting.map(known, pseudo: past) { before.append((cutoff, map.numbers)) }
    }
    return Sets(
      all: all.numbers, withoutSource: named(sources) { $0.source },
      withoutPanel: named(panels) { $0.panel }, before: before)
  }

  /// Pseudo-questions of panels with fifty or more, each panel worth ``pseudoWeight``.
  private static func weighed(_ rows: [Row]) -> [Row] {
    var counts: [String: Int] = [:]
    for row in rows { counts[row.panel, default: 0] += 1 }
    return rows.compactMap { row in
      guard let count = counts[row.panel], count >= 50 else { return nil }
      var weighed = row
      weighed.weight = pseudoWeight / Double(count)
      return weighed
    }
  }

  /// The map of these rows; `nil` when they are too few.
  ///
  /// First a map without the inside view, shrunk to no influence of any column; then the joint map, shrunk to the mean
  /// of the first map's log-odds and the inside view's. Pseudo-questions count in the first one only where given.
  static func map(_ rows: [Row], pseudo: [Row] = []) -> MonotoneMap? {
    let both = rows + pseudo
    guard both.count >= fewestRows, both.contains(where: \.attained),
      !both.allSatisfy(\.attained)
    else { return nil }
    let empty = standardised(both)
    let inside = TargetContext.scoreNames.count - 1
    let design = Matrix(rows: both.map { empty.row(scores: $0.scores, factors: $0.factors) })
    let count = design.columnCount
    // The last two scores are the inside view's, the log horizon follows them.
    let others = (0..<count).filter { $0 != inside + 1 && $0 != inside }
    func penalty(_ column: Int, _ usual: Double) -> Double {
      column == inside + 2 ? horizonPenalty : usual
    }
    let first = SignConstrainedLogistic(
      design: design.selecting(columns: others), outcomes: both.map { $0.attained ? 1 : 0 },
      weights: both.map(\.weight),
      precision: Matrix(diagonal: others.map { $0 == 0 ? 0 : penalty($0, alonePenalty) }),
      centre: [Double](repeating: 0, count: others.count),
      isConstrained: others.map { empty.constraints[$0] })
    guard let alone = first.fit() else { return nil }
    var centre = [Double](repeating: 0, count: count)
    for (place, column) in others.enumerated() { centre[column] = 0.5 * alone[place] }
    centre[0] += 0.5 * empty.scores[inside].centre
    centre[inside + 1] = 0.5 * empty.scores[inside].spread
    guard rows.count >= fewestRows else { return empty.replacing(centre) }
    let joint = SignConstrainedLogistic(
      design: design.submatrix(rows: 0..<rows.count, columns: 0..<count),
      outcomes: rows.map { $0.attained ? 1 : 0 }, weights: rows.map(\.weight),
      precision: Matrix(diagonal: (0..<count).map { $0 == 0 ? 50 : penalty($0, jointPenalty) }),
      centre: centre, isConstrained: empty.constraints)
    return joint.fit(from: centre).map(empty.replacing)
  }

  /// Columns with the rows' means and standard deviations, none of which counts yet.
  private static func standardised(_ rows: [Row]) -> MonotoneMap {
    let total = rows.reduce(0) { $0 + $1.weight }
    let columns = rows[0].values.indices.map { index in
      let mean = rows.reduce(0) { $0 + $1.weight * $1.values[index] } / total
      let square = rows.reduce(0) { sum, row in
        sum + row.weight * (row.values[index] - mean) * (row.values[index] - mean)
      }
      return MonotoneMap.Column(
        centre: mean, spread: (square / total).squareRoot() + 1e-6, weight: 0)
    }
    let count = TargetContext.scoreNames.count
    return MonotoneMap(
      intercept: 0, scores: Array(columns[..<count]), factors: Array(columns[count...]))
  }
}

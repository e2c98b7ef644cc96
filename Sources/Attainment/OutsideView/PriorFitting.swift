import LinearAlgebra
import RealModule
import TimeSeries

/// Learns the outside view's coefficients from questions whose outcomes are known.
package struct PriorFitting: Sendable {
  /// One answered question.
  package struct Row: Sendable {
    /// The place of the question among those asked.
    package let question: Int
    /// The panel, without the indicator.
    package let panel: String
    /// The last month of the deadline.
    package let deadline: Int
    /// The last month known when asked.
    package let cutoff: Int
    let scores: [Double]
    let factors: [Double]
    /// Whether the target was met.
    package let attained: Bool
    var weight = 1.0

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

  /// The ridge penalty on standardised columns.
  package static let penalty = 20.0
  /// Fewer answered questions than this are not learned from.
  package static let fewestRows = 30

  /// All answered questions, in their order.
  package let rows: [Row]
  /// The names of ``Row/values``.
  package static let columnNames = TargetContext.scoreNames + TargetContext.factorNames

  /// Scores every question at its cutoff.
  package init(
    _ replay: Replay, questions: [PastQuestion], attained: [Bool], threads: Int = 2
  ) async {
    rows = await replay.standings(questions, threads: threads)
      .sorted { $0.question < $1.question }
      .map { standing in
        Row(
          question: standing.question, panel: String(standing.panel.prefix { $0 != "|" }),
          deadline: standing.deadline,
          cutoff: standing.cutoff, scores: standing.context.scores(standing.target),
          factors: standing.context.factors, attained: attained[standing.question])
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
      if let map = PriorFitting.map(known) { before.append((cutoff, map.numbers)) }
    }
    return Sets(
      all: all.numbers, withoutSource: named(sources) { $0.source },
      withoutPanel: named(panels) { $0.panel }, before: before)
  }

  /// The map of these rows; `nil` when they are too few or of one outcome.
  static func map(_ rows: [Row]) -> MonotoneMap? {
    let attained = rows.count { $0.attained }
    guard rows.count >= fewestRows, attained > 0, attained < rows.count else { return nil }
    let scoreCount = rows[0].scores.count
    let total = rows.reduce(0) { $0 + $1.weight }
    var map = MonotoneMap(intercept: 0, scores: [], factors: [])
    for index in 0..<rows[0].values.count {
      let mean = rows.reduce(0) { $0 + $1.weight * $1.values[index] } / total
      let square = rows.reduce(0) { sum, row in
        sum + row.weight * (row.values[index] - mean) * (row.values[index] - mean)
      }
      let column = MonotoneMap.Column(
        centre: mean, spread: (square / total).squareRoot() + 1e-6, weight: 0)
      if index < scoreCount { map.scores.append(column) } else { map.factors.append(column) }
    }
    let columns = map.scores.count + map.factors.count
    let design = Matrix(
      rows: rows.map { row in
        [1]
          + zip(map.scores, row.scores).map {
            MonotoneMap.place($1, $0, limit: MonotoneMap.scoreLimit)
          }
          + zip(map.factors, row.factors).map {
            MonotoneMap.place($1, $0, limit: MonotoneMap.factorLimit)
          }
      })
    let problem = SignConstrainedLogistic(
      design: design, outcomes: rows.map { $0.attained ? 1 : 0 }, weights: rows.map(\.weight),
      penalties: [0] + [Double](repeating: penalty, count: columns),
      centres: [Double](repeating: 0, count: columns + 1),
      isConstrained: (0...columns).map { $0 >= 1 && $0 <= scoreCount })
    guard let beta = problem.fit() else { return nil }
    map.intercept = beta[0]
    for index in map.scores.indices { map.scores[index].weight = beta[1 + index] }
    for index in map.factors.indices { map.factors[index].weight = beta[1 + scoreCount + index] }
    return map
  }
}

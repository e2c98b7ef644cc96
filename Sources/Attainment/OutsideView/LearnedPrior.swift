/// Which answered questions the outside view's slopes were learned from.
public enum LearnedPrior: Hashable, Sendable {
  /// All public panels.
  case all
  /// All but the panels of one source (`fr`, `in`, `my`, `net`); the same as ``all`` for other names.
  case without(source: String)
  /// All but one panel; the same as ``all`` for other names.
  case withoutPanel(String)
  /// For each cutoff, only what had been answered by then.
  case before

  /// Reads `all`, `before`, `without:SOURCE` or `without-panel:PANEL`.
  public init?(_ text: String) {
    switch text {
    case "all": self = .all
    case "before": self = .before
    default:
      let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2, !parts[1].isEmpty else { return nil }
      switch parts[0] {
      case "without": self = .without(source: parts[1])
      case "without-panel": self = .withoutPanel(parts[1])
      default: return nil
      }
    }
  }

  /// The map learned from these questions, for a cutoff given by its last month.
  func map(cutoff: Int) -> MonotoneMap {
    switch self {
    case .all: LearnedCoefficients.all
    case .without(let source):
      LearnedCoefficients.withoutSource.first { $0.name == source }?.map ?? LearnedCoefficients.all
    case .withoutPanel(let panel):
      LearnedCoefficients.withoutPanel.first { $0.name == panel }?.map ?? LearnedCoefficients.all
    case .before:
      LearnedCoefficients.before.last { $0.month <= cutoff }?.map ?? LearnedCoefficients.earliest
    }
  }
}

/// Coefficient sets of the outside view; the numbers are in the generated files beside this one.
enum LearnedCoefficients {}

extension MonotoneMap {
  /// Intercept, then centre, spread and weight of each score and each factor.
  init(_ numbers: [Double]) {
    let scoreCount = TargetContext.scoreNames.count
    precondition(
      numbers.count == 1 + 3 * (scoreCount + TargetContext.factorNames.count),
      "a coefficient set has an intercept and three numbers a column")
    intercept = numbers[0]
    let columns = stride(from: 1, to: numbers.count, by: 3).map {
      Column(centre: numbers[$0], spread: numbers[$0 + 1], weight: numbers[$0 + 2])
    }
    scores = Array(columns[..<scoreCount])
    factors = Array(columns[scoreCount...])
  }

  /// The numbers from which the map can be made again.
  var numbers: [Double] {
    [intercept] + (scores + factors).flatMap { [$0.centre, $0.spread, $0.weight] }
  }
}

extension LearnedCoefficients {
  /// Where nothing has been answered yet: the mean of the inside view's log-odds and of a plain map of the other scores, each
  /// of which counts about a third of its spread.
  static let earliest = MonotoneMap(
    intercept: 0,
    scores: zip([-0.4, -0.2, 0, 0, 0, 0, 0, 0], [0.3, 0.2, 1, 1, 1, 1, 0.6, 1]).map {
      MonotoneMap.Column(centre: $0, spread: $1, weight: 0)
    },
    factors: [(1.9, 0.9), (0, 0.4), (0.3, 0.3), (-0.8, 1)].map {
      MonotoneMap.Column(centre: $0.0, spread: $0.1, weight: 0)
    }
  ).replacing([0, 0.17, 0, 0.17, 0.17, 0.17, 0.17, 0, 0.5, 0, 0, 0, 0])
}

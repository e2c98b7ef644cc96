/// Which series are sums of which: bottom series, and aggregates above them.
///
/// Series are numbered aggregates first, in the order given, then bottom series: the order of a summing matrix
/// S = (A; I) ([HA21] §11.1). Groups that cross (former province and lead department) are aggregates like any other.
public struct Hierarchy: Hashable, Sendable {
  /// How many series have no parts.
  public let bottomCount: Int
  /// For each aggregate, the bottom series it is the sum of, increasing.
  public let aggregates: [[Int]]

  /// Aggregates and bottom series together.
  public var seriesCount: Int { aggregates.count + bottomCount }

  /// Creates a hierarchy.
  ///
  /// - Throws: ``ReconciliationError/unknownPart(aggregate:part:)`` for a part outside `0..<bottomCount` or named twice,
  ///   ``ReconciliationError/emptyAggregate(aggregate:)``.
  public init(bottomCount: Int, aggregates: [[Int]]) throws(ReconciliationError) {
    for (index, parts) in aggregates.enumerated() {
      guard !parts.isEmpty else { throw .emptyAggregate(aggregate: index) }
      var seen: Set<Int> = []
      for part in parts {
        guard (0..<bottomCount).contains(part), seen.insert(part).inserted else {
          throw .unknownPart(aggregate: index, part: part)
        }
      }
    }
    self.bottomCount = bottomCount
    self.aggregates = aggregates.map { $0.sorted() }
  }

  /// The values of all series, aggregates first, given those of the bottom series.
  public func aggregated(_ bottom: [Double]) -> [Double] {
    precondition(bottom.count == bottomCount, "one value for each bottom series")
    return aggregates.map { parts in parts.reduce(0) { $0 + bottom[$1] } } + bottom
  }

  /// The largest absolute difference between an aggregate and the sum of its parts.
  public func incoherence(_ values: [Double]) -> Double {
    let sums = aggregated(Array(values[aggregates.count...]))
    return zip(values, sums).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}

/// Why forecasts could not be reconciled.
public enum ReconciliationError: Error, Hashable, Sendable {
  /// A part is not a bottom series, or is named twice.
  case unknownPart(aggregate: Int, part: Int)
  /// An aggregate without parts.
  case emptyAggregate(aggregate: Int)
  /// One value a series was expected.
  case wrongCount(expected: Int, found: Int)
  /// Residuals are too few, or a series has none.
  case tooFewResiduals(series: Int, found: Int)
  /// The errors' covariance is singular: a series never errs, or repeats another.
  case singularCovariance
  /// A lower bound lies above its upper bound.
  case emptyBounds(series: Int)
}

extension ReconciliationError: CustomStringConvertible {
  /// A short English reason.
  public var description: String {
    switch self {
    case .unknownPart(let aggregate, let part):
      "aggregate \(aggregate + 1) names part \(part + 1), which does not exist or is named twice"
    case .emptyAggregate(let aggregate): "aggregate \(aggregate + 1) has no parts"
    case .wrongCount(let expected, let found): "\(found) values, \(expected) needed"
    case .tooFewResiduals(let series, let found):
      "series \(series + 1) has \(found) residuals, 3 needed"
    case .singularCovariance: "the covariance of forecast errors is singular"
    case .emptyBounds(let series): "the bounds of series \(series + 1) exclude every value"
    }
  }
}

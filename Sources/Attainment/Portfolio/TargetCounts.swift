import Indicators
import RealModule
import Statistics
import TimeSeries

/// How many of a plan's targets of one year will be met, were indicators to move together by so much.
public struct TargetCount: Hashable, Sendable {
  /// The plan.
  public var document: String
  /// The year of the deadlines.
  public var year: Int
  /// ρ between the indicators' outcomes on the normal scale: an assumption, not an estimate.
  public var correlation: Double
  /// The plan's targets of that year with a probability.
  public var targets: Int
  /// Those that data have decided.
  public var decided: Int
  /// The plan's other targets of that year, about which nothing is said.
  public var unknown: Int
  /// The expected number met.
  public var expected: Double
  /// The 10 % quantile of the number met.
  public var p10: Int
  /// The median.
  public var p50: Int
  /// The 90 % quantile.
  public var p90: Int

  /// Creates a count.
  public init(
    document: String, year: Int, correlation: Double, targets: Int, decided: Int, unknown: Int,
    expected: Double, p10: Int, p50: Int, p90: Int
  ) {
    self.document = document
    self.year = year
    self.correlation = correlation
    self.targets = targets
    self.decided = decided
    self.unknown = unknown
    self.expected = expected
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
  }
}

/// Counts a plan's targets over indicators.
///
/// How indicators move together cannot be learned from a few years of one province; the expected number does not depend on it, its
/// interval does. So both ends of what is plausible are given: none, and a one-factor normal copula with ρ = ½ (O. Vasicek,
/// "Loan portfolio value", Risk 15 (2002)): target k is met when √ρ Z + √(1 − ρ) εₖ ≤ Φ⁻¹(pₖ).
public enum TargetCounts {
  /// The correlations assumed.
  public static let correlations = [0, 0.5]
  /// The places of the common factor, each of equal probability.
  static let factorPlaces = 400

  /// One row for each plan, year and assumption, from the rows measured against the plan itself.
  public static func rows(_ attainments: [TargetAttainment]) -> [TargetCount] {
    struct Key: Hashable {
      var document: String
      var year: Int
    }
    var groups: [Key: (chances: [Double], unknown: Int)] = [:]
    for row in attainments where row.basis == .plan && row.target.comparator != .heading {
      guard let year = row.target.deadline?.components.year else { continue }
      let key = Key(document: row.target.document, year: year)
      var group = groups[key] ?? ([], 0)
      if let probability = row.probability {
        group.chances.append(probability)
      } else {
        group.unknown += 1
      }
      groups[key] = group
    }
    let keys = groups.keys.sorted { ($0.document, $0.year) < ($1.document, $1.year) }
    return keys.flatMap { key -> [TargetCount] in
      guard let group = groups[key], !group.chances.isEmpty else { return [] }
      return correlations.map { correlation in
        let masses = distribution(of: group.chances, correlation: correlation)
        func quantile(_ level: Double) -> Int {
          var sum = 0.0
          for (number, mass) in masses.enumerated() {
            sum += mass
            if sum >= level - 1e-12 { return number }
          }
          return masses.count - 1
        }
        return TargetCount(
          document: key.document, year: key.year, correlation: correlation,
          targets: group.chances.count,
          decided: group.chances.count { $0 == 0 || $0 == 1 }, unknown: group.unknown,
          expected: group.chances.reduce(0, +), p10: quantile(0.1), p50: quantile(0.5),
          p90: quantile(0.9))
      }
    }
  }

  /// P(number met = k) for k from 0, of targets with these probabilities.
  public static func distribution(of chances: [Double], correlation: Double) -> [Double] {
    guard correlation > 0 else { return CoinThrows(chances).probabilities }
    let scores = chances.map { chance -> Double? in
      chance > 0 && chance < 1 ? Normal.standardQuantile(chance) : nil
    }
    let shared = correlation.squareRoot()
    let rest = (1 - correlation).squareRoot()
    var masses = [Double](repeating: 0, count: chances.count + 1)
    for place in 0..<factorPlaces {
      let factor = Normal.standardQuantile((Double(place) + 0.5) / Double(factorPlaces))
      let given = chances.indices.map { index in
        scores[index].map { Normal.standardCDF(($0 - shared * factor) / rest) } ?? chances[index]
      }
      for (number, mass) in CoinThrows(given).probabilities.enumerated() {
        masses[number] += mass / Double(factorPlaces)
      }
    }
    return masses
  }
}

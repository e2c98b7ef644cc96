import LinearAlgebra
import RealModule
import Statistics

/// How an indicator's own answered pseudo-questions move the coefficients of the map.
///
/// The learned coefficients β are the centre of a normal prior with covariance diag(v) + s²ββᵀ: the second part says
/// that all log-odds may be too bold or too timid together. With more answers the weight moves from prior to own past.
struct OwnPast: Sendable {
  /// Standard deviation of the intercept: base rates of pseudo-questions do not carry over.
  static let intercept = 0.05
  /// Standard deviation of the weight of a standardised score.
  static let score = 0.15
  /// Standard deviation of the weight of a standardised factor.
  static let factor = 0.05
  /// Standard deviation of the common factor of all coefficients.
  static let common = 0.5
  /// Months after which an answer counts half as much.
  static let halfLife = 36.0
  /// What the answers of one horizon are worth together, in independent ones.
  static let worth = 4.0
  /// Fewer answers than this are not learned from.
  static let fewest = 20

  /// The answers about half to twice the horizon that were known at the cutoff, with their weights.
  ///
  /// Together they count at most four times the number of horizons that fit into their span, for windows overlap and
  /// units move together.
  static func like(
    _ answers: [OutsidePanel.Answer], cutoff: Int, months: Int
  ) -> [(answer: OutsidePanel.Answer, weight: Double)] {
    let like = answers.filter {
      $0.end <= cutoff && $0.end - $0.months >= cutoff - OutsidePanel.memory
        && 2 * $0.months >= months && $0.months <= 2 * months
    }
    guard like.count >= fewest, let first = like.map(\.end).min(),
      let last = like.map(\.end).max()
    else { return [] }
    let middle = median(like.map { Double($0.months) })
    let spans = Double(last - first) / middle + 1
    let fading = like.map { Double.exp2(-Double(cutoff - $0.end) / halfLife) }
    let most = min(worth * spans, Double(like.count)) / fading.reduce(0, +)
    return zip(like, fading).map { ($0, $1 * most) }
  }
}

extension MonotoneMap {
  /// The map with coefficients moved by an indicator's own past, and how unsure they remain; where that past says nothing, as
  /// they were learned and as unsure as the prior has it.
  func adapted(to answers: [OutsidePanel.Answer], cutoff: Int, months: Int) -> MonotoneMap {
    let like = OwnPast.like(answers, cutoff: cutoff, months: months)
    let beta = coefficients
    let variances =
      [OwnPast.intercept] + scores.map { _ in OwnPast.score } + factors.map { _ in OwnPast.factor }
    var covariance = Matrix(diagonal: variances.map { $0 * $0 })
    for i in beta.indices {
      for j in beta.indices {
        covariance[i, j] += OwnPast.common * OwnPast.common * beta[i] * beta[j]
      }
    }
    guard !like.isEmpty else { return doubted(covariance) }
    let precision: Matrix
    do throws(FactorizationError) {
      precision = try CholeskyFactorization(covariance).solve(.identity(beta.count))
    } catch {
      return self
    }
    let problem = SignConstrainedLogistic(
      design: Matrix(rows: like.map { row(scores: $0.answer.scores, factors: $0.answer.factors) }),
      outcomes: like.map { $0.answer.attained ? 1 : 0 }, weights: like.map(\.weight),
      precision: precision, centre: beta, isConstrained: constraints)
    guard let moved = problem.fit(from: beta) else { return doubted(covariance) }
    return replacing(moved).doubted(problem.covariance(at: moved) ?? covariance)
  }

  private func doubted(_ covariance: Matrix) -> MonotoneMap {
    var map = self
    map.doubt = Doubt(coefficients: coefficients, covariance: covariance)
    return map
  }
}

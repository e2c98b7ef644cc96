import LinearAlgebra
import RealModule

/// P(y ≥ τ) for every target τ at once: a logistic regression on scores that fall in τ.
///
/// η(τ) = a + Σ wᵢ·sᵢ(τ) + Σ bⱼ·xⱼ with wᵢ ≥ 0 on standardised columns, so that P = 1/(1 + e^−η) falls in τ and
/// 1 − P is a distribution function: distribution regression (S. Foresi and F. Peracchi, Journal of the
/// American Statistical Association 90, 1995) with a slope for each score that all targets share.
struct MonotoneMap: Sendable, Equatable {
  /// One column of the map: how it is standardised and what it counts.
  struct Column: Sendable, Equatable {
    var centre: Double
    var spread: Double
    var weight: Double
  }

  /// The log-odds where every column is at its centre.
  var intercept: Double
  /// One for each of ``TargetContext/scoreNames``; weights are not negative.
  var scores: [Column]
  /// One for each of ``TargetContext/factorNames``.
  var factors: [Column]

  /// How unsure the coefficients are.
  var doubt = Doubt()

  /// The variance of the log-odds η from what is not known of the coefficients: v(η) = constant + relative·η².
  ///
  /// It is a function of η alone, so that averaging over it keeps the order of targets.
  struct Doubt: Sendable, Equatable {
    var constant = 0.0
    var relative = 0.0

    init() {}

    /// From the covariance V of the coefficients b, on standardised columns.
    ///
    /// `relative` is the variance of a common factor of all of them, bᵀVb/(bᵀb)²; `constant` what is left of the trace: the
    /// mean of xᵀVx over columns of unit mean square.
    init(coefficients: [Double], covariance: Matrix) {
      let size = zip(coefficients, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      let along = zip(coefficients, covariance * coefficients).reduce(0) { $0 + $1.0 * $1.1 }
      guard size > 0 else { return }
      let trace = coefficients.indices.reduce(0) { $0 + covariance[$1, $1] }
      relative = along / (size * size)
      constant = max(trace - along / size, 0)
    }

    /// The part of the variance that counts.
    ///
    /// The learned slopes were fitted to the outcomes of many panels at once and so
    /// average over some of how panels differ already.
    static let part = 0.5

    /// The log-odds of the mean probability, η/√(1 + πv/8).
    ///
    /// D. J. C. MacKay, Neural Computation 4, 1992.
    func averaged(_ eta: Double) -> Double {
      let variance = Doubt.part * (constant + relative * eta * eta)
      return eta / (1 + Double.pi / 8 * variance).squareRoot()
    }
  }

  /// Standardised scores beyond this count as this.
  static let scoreLimit = 6.0
  /// Standardised factors beyond this count as this.
  static let factorLimit = 3.0

  /// The log-odds of these scores and factors, coefficients taken at their estimates.
  func logOdds(scores values: [Double], factors known: [Double]) -> Double {
    var sum = intercept
    for (column, value) in zip(scores, values) {
      sum += column.weight * MonotoneMap.place(value, column, limit: MonotoneMap.scoreLimit)
    }
    for (column, value) in zip(factors, known) {
      sum += column.weight * MonotoneMap.place(value, column, limit: MonotoneMap.factorLimit)
    }
    return sum
  }

  /// Intercept, scores and factors as they enter a regression: a one and values in standard units.
  func row(scores values: [Double], factors known: [Double]) -> [Double] {
    [1] + zip(scores, values).map { MonotoneMap.place($1, $0, limit: MonotoneMap.scoreLimit) }
      + zip(factors, known).map { MonotoneMap.place($1, $0, limit: MonotoneMap.factorLimit) }
  }

  /// Intercept, weights of the scores and of the factors.
  var coefficients: [Double] { [intercept] + (scores + factors).map(\.weight) }

  /// Which coefficients may not be negative.
  var constraints: [Bool] {
    [false] + scores.map { _ in true } + factors.map { _ in false }
  }

  /// The same columns with other coefficients.
  func replacing(_ coefficients: [Double]) -> MonotoneMap {
    var map = self
    map.intercept = coefficients[0]
    for index in scores.indices { map.scores[index].weight = coefficients[1 + index] }
    for index in factors.indices {
      map.factors[index].weight = coefficients[1 + scores.count + index]
    }
    return map
  }

  /// A value in standard units, kept within a limit.
  static func place(_ value: Double, _ column: Column, limit: Double) -> Double {
    min(max((value - column.centre) / column.spread, -limit), limit)
  }

  /// How far beyond what was learned from the factors lie: 0 within two and a half standard units.
  func distance(factors known: [Double]) -> Double {
    var sum = 0.0
    for (column, value) in zip(factors, known) {
      let beyond = max(0, abs(value - column.centre) / column.spread - 2.5)
      sum += beyond * beyond
    }
    return sum
  }
}

/// The probability of log-odds, accurate at both ends.
func probability(ofLogOdds eta: Double) -> Double {
  let e = Double.exp(-abs(eta))
  return eta >= 0 ? 1 / (1 + e) : e / (1 + e)
}

/// The log-odds of a probability that is neither 0 nor 1.
func logOdds(_ probability: Double) -> Double { Double.log(probability / (1 - probability)) }

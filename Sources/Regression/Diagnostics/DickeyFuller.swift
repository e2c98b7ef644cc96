import LinearAlgebra
import RealModule
import Statistics

/// The augmented test of Dickey and Fuller of the hypothesis that a series has a unit root.
///
/// D. A. Dickey and W. A. Fuller, J. American Statistical Association 74 (1979); S. E. Said and D. A.
/// Dickey, Biometrika 71 (1984). The t statistic of yₜ₋₁ in the regression of Δyₜ on it, the
/// deterministic terms and lags of Δyₜ; small values speak against the unit root.
public struct DickeyFuller: Hashable, Sendable {
  /// The deterministic terms of the regression.
  public enum Deterministic: Hashable, Sendable {
    /// None: `none` of R's `urca::ur.df`, `n` of statsmodels.
    case none
    /// A constant: `drift`, `c`.
    case constant
    /// A constant and a linear trend: `trend`, `ct`; what R's `tseries::adf.test` fits.
    case trend
    /// A constant, a linear and a quadratic trend: `ctt`.
    case quadraticTrend

    var count: Int {
      switch self {
      case .none: 0
      case .constant: 1
      case .trend: 2
      case .quadraticTrend: 3
      }
    }
  }

  /// How many lagged differences enter.
  public enum Lags: Hashable, Sendable {
    /// ⌊(n − 1)^⅓⌋, the default of R's `tseries::adf.test`.
    case cubeRoot
    /// So many.
    case fixed(Int)
    /// The number, up to a largest one, with the least AIC on one common sample; `nil` is ⌈12
    /// (n/100)^¼⌉ as in statsmodels, after G. W. Schwert (J. Business & Economic Statistics 7, 1989).
    case aic(maximum: Int?)
    /// Likewise with the least BIC.
    case bic(maximum: Int?)
  }

  /// The t statistic.
  public let statistic: Double
  /// Its lower tail under a unit root, from MacKinnon's response surfaces; accurate to 2 or 3 digits.
  public let pValue: Double
  /// The number of lagged differences.
  public let lags: Int
  /// The number of differences regressed.
  public let observations: Int
  /// The deterministic terms.
  public let deterministic: Deterministic

  /// Runs the test on a series in the order of time.
  ///
  /// - Throws: ``DiagnosticError``; ``DiagnosticError/rankDeficient`` for a series that its own lags
  ///   and trend explain without error.
  public init(
    _ series: [Double], deterministic: Deterministic = .trend, lags: Lags = .cubeRoot
  ) throws(DiagnosticError) {
    for (i, value) in series.enumerated() where !value.isFinite { throw .nonFinite(row: i) }
    let n = series.count
    self.deterministic = deterministic
    let chosen: Int
    switch lags {
    case .cubeRoot:
      // A cube root of a perfect cube must not fall below it.
      chosen = n > 1 ? Int(Double.root(Double(n - 1), 3) + 1e-9) : 0
    case .fixed(let count): chosen = count
    case .aic(let maximum):
      chosen = try Self.best(series, deterministic, maximum) { 2 * $0 }
    case .bic(let maximum):
      chosen = try Self.best(series, deterministic, maximum) { [n] in
        $0 * Double.log(Double(n - 1 - Self.largest(n, deterministic, maximum)))
      }
    }
    guard chosen >= 0 && chosen < n else {
      throw .lagsOutOfRange(lags: chosen, observations: n)
    }
    self.lags = chosen
    let (design, response) = try Self.problem(series, deterministic, lags: chosen, skipping: chosen)
    let fit = try AuxiliaryRegression.solve(design, response)
    guard fit.rank == design.columnCount else { throw .rankDeficient }
    observations = response.count
    let variance = fit.residualSumOfSquares / Double(fit.degreesOfFreedom)
    guard variance > 0 else { throw .zeroResiduals }
    let column = deterministic.count
    statistic =
      fit.coefficients[column] / (variance * fit.unscaledCovariance[column, column]).squareRoot()
    pValue = MacKinnon.pValue(statistic, deterministic)
  }

  /// The critical value at a level of 1, 5 or 10 percent for this many observations; `nil` at others.
  ///
  /// J. G. MacKinnon, Queen's Economics Department Working Paper 1227 (2010), tables 1 and 2.
  public func criticalValue(percent: Int) -> Double? {
    MacKinnon.criticalValue(percent: percent, deterministic, observations: observations)
  }

  /// The regression on lags 1 to `lags`, with the first differences left out.
  private static func problem(
    _ series: [Double], _ deterministic: Deterministic, lags: Int, skipping first: Int
  ) throws(DiagnosticError) -> (Matrix, [Double]) {
    let differences = zip(series.dropFirst(), series).map { $0 - $1 }
    let columns = deterministic.count + 1 + lags
    let count = differences.count - first
    guard count > columns else {
      throw .tooShort(observations: series.count, needed: columns + first + 2)
    }
    guard differences.contains(where: { $0 != 0 }) else { throw .zeroResiduals }
    let rows = first..<differences.count
    var parts: [[Double]] = []
    // Powers of a time that runs from −1 to 1 span what those of 1, 2, … span.
    let half = Double(count - 1) / 2
    for power in 0..<deterministic.count {
      parts.append(
        (0..<count).map { i in
          (0..<power).reduce(1) { product, _ in product * (Double(i) - half) / half }
        })
    }
    parts.append(rows.map { series[$0] })
    for lag in 0..<lags { parts.append(rows.map { differences[$0 - lag - 1] }) }
    return (Matrix(columns: parts), rows.map { differences[$0] })
  }

  private static func largest(_ n: Int, _ terms: Deterministic, _ given: Int?) -> Int {
    if let given { return given }
    let rule = Int((12 * Double.pow(Double(n) / 100, 0.25)).rounded(.up))
    return max(0, min(rule, n / 2 - terms.count - 1))
  }

  private static func best(
    _ series: [Double], _ terms: Deterministic, _ maximum: Int?, penalty: (Double) -> Double
  ) throws(DiagnosticError) -> Int {
    let limit = largest(series.count, terms, maximum)
    guard limit >= 0 && limit < series.count else {
      throw .lagsOutOfRange(lags: limit, observations: series.count)
    }
    var (choice, least) = (0, Double.infinity)
    for lags in 0...limit {
      let (design, response) = try problem(series, terms, lags: lags, skipping: limit)
      let fit = try AuxiliaryRegression.solve(design, response)
      guard fit.rank == design.columnCount, fit.residualSumOfSquares > 0 else { continue }
      let value =
        Double(response.count) * Double.log(fit.residualSumOfSquares)
        + penalty(Double(design.columnCount))
      if value < least { (choice, least) = (lags, value) }
    }
    return choice
  }
}

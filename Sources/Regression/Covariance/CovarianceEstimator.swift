/// How the covariance of least-squares coefficients is estimated.
///
/// Rows are the observations in the order given; for weighted least squares they are those of the
/// weighted problem. Defaults are those of R's packages sandwich and plm.
public enum CovarianceEstimator: Hashable, Sendable {
  /// s² (XᵀX)⁻¹: independent errors of one variance.
  case classical
  /// White's estimator: squared residuals as they are (Econometrica 48, 1980).
  case hc0
  /// HC0 times n/(n − k).
  case hc1
  /// Squared residuals over 1 − h (J. G. MacKinnon and H. White, J. Econometrics 29, 1985).
  case hc2
  /// Squared residuals over (1 − h)², close to the jackknife: the choice for small samples (J. S.
  /// Long and L. H. Ervin, The American Statistician 54, 2000).
  case hc3
  /// Bartlett weights up to so many lags; `nil` chooses them from the data (W. K. Newey and K. D.
  /// West, Econometrica 55, 1987; Review of Economic Studies 61, 1994).
  case neweyWest(lags: Int?)
  /// Errors correlated within groups: one or two groupings, each with the group of every row.
  ///
  /// Two groupings add up and their intersection comes off (A. C. Cameron, J. B. Gelbach and D. L.
  /// Miller, J. Business & Economic Statistics 29, 2011).
  case clustered([[Int]])
  /// Errors of a panel correlated across units and over so many lags of time; `nil` is ⌊T^¼⌋.
  ///
  /// Distinct times, ascending, count as consecutive (J. C. Driscoll and A. C. Kraay, Review of
  /// Economics and Statistics 80, 1998).
  case driscollKraay(times: [Int], lags: Int?)
}

/// The conventions on which packages differ.
public struct SandwichOptions: Hashable, Sendable {
  /// Whether the estimate is enlarged for small samples.
  ///
  /// For lags and Driscoll–Kraay the factor is n/(n − k), by default left out (R's `NeweyWest` with
  /// `adjust = FALSE`, `vcovSCC` with `HC0`). For clusters it is G/(G − 1) · (n − 1)/(n − k), by
  /// default applied (R's `vcovCL` with `HC1`, Stata, statsmodels). HC0–HC3 have their own.
  public var smallSample: Bool?
  /// Whether the scores pass a first-order vector autoregression before Newey and West's sum.
  ///
  /// R's `NeweyWest` does so by default; statsmodels and Stata do not.
  public var prewhitening: Bool
  /// Whether a two-way clustered matrix with negative eigenvalues has them set to zero (`fix` of R's
  /// `vcovCL`, there off by default).
  public var repairsIndefinite: Bool

  /// Creates options; the defaults are R's but for prewhitening and the repair.
  public init(
    smallSample: Bool? = nil, prewhitening: Bool = false, repairsIndefinite: Bool = true
  ) {
    self.smallSample = smallSample
    self.prewhitening = prewhitening
    self.repairsIndefinite = repairsIndefinite
  }
}

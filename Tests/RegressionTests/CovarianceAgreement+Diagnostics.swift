import LinearAlgebra
import Regression
import Statistics

/// What this library finds for the rows on diagnostics.
extension CovarianceAgreement {
  static func diagnostic(_ test: String, _ data: DataSet) throws -> Numbers? {
    let fit = try LinearModel.fit(design: data.design, response: data.response)
    let (x, e) = (data.design, fit.residuals)
    switch test {
    case "leverage":
      return numbers("row", try InfluenceMeasures(design: x, residuals: e).leverages)
    case "cooks_distance":
      return numbers("row", try InfluenceMeasures(design: x, residuals: e).cooksDistances)
    case "standardized_residual":
      return numbers("row", try InfluenceMeasures(design: x, residuals: e).standardizedResiduals)
    case "studentized_residual":
      return numbers("row", try InfluenceMeasures(design: x, residuals: e).studentizedResiduals)
    case "dffits": return numbers("row", try InfluenceMeasures(design: x, residuals: e).dffits)
    case "vif":
      return numbers(
        "column",
        Collinearity.varianceInflationFactors(
          design: x, unscaledCovariance: fit.unscaledCovariance))
    case "condition_number":
      return [
        "scaled": try Collinearity.conditionNumber(of: x),
        "unscaled": try Collinearity.conditionNumber(of: x, scaled: false),
      ]
    case "durbin_watson":
      let exact = try DurbinWatson(design: x, residuals: e, method: .exact)
      let normal = try DurbinWatson(design: x, residuals: e, method: .normal)
      return [
        "statistic": exact.statistic, "p_exact_greater": exact.pValuePositive,
        "p_exact_less": exact.pValueNegative, "p_exact_two.sided": exact.pValueTwoSided,
        "p_normal_greater": normal.pValuePositive, "p_normal_less": normal.pValueNegative,
        "p_normal_two.sided": normal.pValueTwoSided,
      ]
    case "breusch_godfrey_1": return numbers(try breuschGodfrey(design: x, residuals: e))
    case "breusch_godfrey_3": return numbers(try breuschGodfrey(design: x, residuals: e, order: 3))
    case "breusch_pagan":
      return numbers(try Heteroskedasticity.breuschPagan(design: x, residuals: e))
    case "breusch_pagan_original":
      return numbers(
        try Heteroskedasticity.breuschPagan(design: x, residuals: e, studentized: false))
    case "white": return numbers(try Heteroskedasticity.white(design: x, residuals: e))
    case "jarque_bera":
      let result = try JarqueBera(e)
      return [
        "chisq": result.result.statistic, "p_chisq": result.result.pValue,
        "skewness": result.skewness, "kurtosis": result.kurtosis,
      ]
    case "reset", "reset_3":
      let result = try ramseyReset(
        design: x, response: data.response, residuals: e, powers: test == "reset" ? [2, 3] : [3])
      return ["F": result.statistic, "p_F": result.pValue]
    case "ljung_box_4":
      let result = LjungBox(residuals: e, lags: 4)
      return ["chisq": result.statistic, "p_chisq": result.pValue]
    case "ols_cusum":
      let result = try CumulativeSumTest(residuals: e, rank: fit.rank)
      return ["statistic": result.statistic, "p": result.pValue]
    default: return nil
    }
  }

  static func series(_ test: String, _ y: [Double]) throws -> Numbers? {
    let parts = test.split(separator: "_").map(String.init)
    switch parts[0] {
    case "adf":
      let kinds: [String: DickeyFuller.Deterministic] = [
        "none": .none, "drift": .constant, "trend": .trend, "quadratic": .quadraticTrend,
      ]
      let lags: DickeyFuller.Lags =
        switch parts.count > 2 ? parts[2] : "" {
        case "0": .fixed(0)
        case "2": .fixed(2)
        case "aic": .aic(maximum: nil)
        case "bic": .bic(maximum: nil)
        default: .cubeRoot
        }
      guard let kind = kinds[parts[1]] else { return nil }
      let result = try DickeyFuller(y, deterministic: kind, lags: lags)
      var numbers: Numbers = [
        "statistic": result.statistic, "p": result.pValue, "lags": Double(result.lags),
      ]
      for percent in [1, 5, 10] {
        numbers["critical_\(percent)"] = result.criticalValue(percent: percent)
      }
      return numbers
    case "kpss":
      let lags: [String: StationarityTest.Lags] = [
        "short": .short, "long": .long, "automatic": .automatic,
      ]
      guard let lag = lags[parts[2]] else { return nil }
      let result = try StationarityTest(
        y, null: parts[1] == "level" ? .level : .trend, lags: lag)
      return [
        "statistic": result.statistic, "p": result.pValue, "lags": Double(result.lags),
      ]
    case "bai": return try breaks(y, trend: parts[2] == "trend")
    default: return nil
    }
  }

  private static func breaks(_ y: [Double], trend: Bool) throws -> Numbers {
    let ones = [Double](repeating: 1, count: y.count)
    let times = (1...y.count).map(Double.init)
    let found = try StructuralBreaks(
      design: Matrix(columns: trend ? [ones, times] : [ones]), response: y)
    var result: Numbers = ["count_bic": Double(found.chosen().breaks.count)]
    for (m, one) in found.segmentations.enumerated() {
      result["rss[\(m)]"] = one.residualSumOfSquares
      result["bic[\(m)]"] = one.bic
      result["lwz[\(m)]"] = one.lwz
      for (i, interval) in try found.intervals(of: one).enumerated() {
        result["break[\(m);\(i)]"] = Double(interval.point)
        result["lower[\(m);\(i)]"] = interval.interval.map { Double($0.lowerBound) }
        result["upper[\(m);\(i)]"] = interval.interval.map { Double($0.upperBound) }
      }
    }
    return result
  }
}

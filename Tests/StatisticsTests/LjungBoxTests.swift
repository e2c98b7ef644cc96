import Statistics
import TestSupport
import Testing

@Suite struct LjungBoxTests {
  /// statsmodels 0.15.0: acorr_ljungbox([…], lags=[5]), from Reference/ljungbox.py.
  @Test func agreesWithStatsmodels() {
    let values = [0.5, -1.2, 0.3, 2.1, -0.7, 0.9, 1.4, -0.2, -1.1, 0.6, 0.8, -0.4, 1.9, 0.1, -0.9]
    let test = LjungBox(residuals: values, lags: 5)
    expectClose(test.statistic, 12.027694047544985)
    expectClose(test.pValue, 0.034410272240193274)
    let fitted = LjungBox(residuals: values, lags: 5, fittedParameters: 2)
    #expect(fitted.degreesOfFreedom == 3)
    expectClose(fitted.pValue, 0.0072888919869033095)
  }

  @Test func saysNothingOfConstantResiduals() {
    #expect(LjungBox(residuals: [1, 1, 1, 1], lags: 2).pValue.isNaN)
    #expect(LjungBox(residuals: [1, 2, 1, 3], lags: 2, fittedParameters: 2).pValue.isNaN)
  }
}

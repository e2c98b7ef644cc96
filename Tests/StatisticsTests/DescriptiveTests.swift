import RealModule
import Statistics
import TestSupport
import Testing

@Suite struct DescriptiveTests {
  static let nine = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975]

  @Test(
    arguments: [1, 2, 9, 16, 17, 100, 2001, 5000],
    ["random", "sorted", "reversed", "ties", "organ"])
  func selectionAgreesWithSorting(count: Int, shape: String) {
    var stream = RandomStream(StreamKey(seed: 3, purpose: shape))
    var values = (0..<count).map { _ in stream.normal() }
    switch shape {
    case "sorted": values.sort()
    case "reversed": values.sort(by: >)
    case "ties": values = values.map { $0.rounded() }
    case "organ": values = (0..<count).map { Double(min($0, count - $0)) }
    default: break
    }
    let sorted = values.sorted()
    let probabilities = [0] + Self.nine + [1]
    let expected = probabilities.map { p in
      sorted[max(0, Int((p * Double(count) - 1e-9).rounded(.up)) - 1)]
    }
    #expect(inverseCDFQuantiles(&values, probabilities: probabilities) == expected)
    #expect(values.sorted() == sorted)
  }

  @Test func aWholeProductIsNotRoundedUp() {
    // 0.07 × 100 is 7.000000000000001 in doubles; the 7th value is meant.
    var values = (1...100).map(Double.init)
    #expect(inverseCDFQuantiles(&values, probabilities: [0.07, 0.29, 0.57]) == [7, 29, 57])
  }

  /// numpy 2.4.6: quantile([3.1, -2, 7, 0.5, 11, 4], p, method="linear" and "median_unbiased").
  @Test(arguments: [
    (0.0, -2.0, -2.0), (0.1, -0.75, -2.0), (0.25, 1.15, 0.2916666666666665),
    (0.5, 3.55, 3.55), (0.9, 9.0, 11.0), (1.0, 11.0, 11.0),
  ])
  func interpolatedQuantilesAgreeWithNumPy(p: Double, seven: Double, eight: Double) {
    let values = [3.1, -2, 7, 0.5, 11, 4]
    expectClose(quantile(values, probability: p), seven)
    expectClose(quantile(values, probability: p, type: .type8), eight)
  }

  @Test func robustMeasures() {
    #expect(median([5, 1, 3]) == 3)
    #expect(median([4, 1, 3, 2]) == 2.5)
    // scipy 1.17.1: median_abs_deviation([1, 1, 2, 2, 4, 6, 9], scale="normal").
    expectClose(medianAbsoluteDeviation([1, 1, 2, 2, 4, 6, 9]), 1.482602218505602)
    #expect(medianAbsoluteDeviation([7]) == 0)
  }

  @Test func weightedQuantilesGeneraliseTheUnweighted() {
    let values = (1...10).map(Double.init)
    let ones = [Double](repeating: 0.1, count: 10)
    let p = [0, 0.1, 0.15, 0.3, 0.5, 1]
    #expect(
      weightedQuantiles(values, weights: ones, probabilities: p) == [1, 1, 2, 3, 5, 10])
    #expect(
      weightedQuantiles([1, 2, 3], weights: [0, 1, 3], probabilities: [0, 0.25, 0.26, 1])
        == [2, 2, 3, 3])
  }

  @Test func sumsKeepWhatAdditionLoses() {
    #expect(compensatedSum([1, 1e100, 1, -1e100]) == 2)
    #expect(compensatedSum([.infinity, 1]) == .infinity)
    // NIST StRD NumAcc4: mean 10000000.2, standard deviation 0.1.
    let numAcc4 = (0..<1001).map { i in
      i == 0 ? 10_000_000.2 : (i % 2 == 1 ? 10_000_000.1 : 10_000_000.3)
    }
    expectClose(mean(numAcc4), 10_000_000.2, relative: 1e-15)
    // The data themselves are off by half a unit in the last place, 1e-9: 1e-8 of the deviation.
    expectClose(standardDeviation(numAcc4), 0.1, relative: 1e-7)
    #expect(mean([]).isNaN && variance([1]).isNaN)
  }

  @Test func autocorrelationsOfAShortSeries() {
    // By hand: deviations −2, −1, 0, 1, 2; lag 1: (2 + 0 + 0 + 2)/10, lag 2: (0 − 1 + 0)/10.
    let values = [1.0, 2, 3, 4, 5]
    expectClose(autocorrelation(values, lag: 0), 1)
    expectClose(autocorrelation(values, lag: 1), 0.4)
    expectClose(autocorrelation(values, lag: 2), -0.1)
    #expect(autocorrelation(values, lag: 5) == 0)
    #expect(autocorrelation([2, 2, 2], lag: 1).isNaN)
  }
}

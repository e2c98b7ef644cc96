import RealModule
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct LogarithmFitnessTests {
  /// One value near zero, a negative one or a zero keep a series from logarithms, and fewer than 36 values; growth does not.
  @Test func deepFallsHaveNoLogarithms() {
    func suits(_ values: [Double]) -> Bool {
      TrainingData(series: Fixtures.monthly(values)).suitsLogarithms(season: 12)
    }
    #expect(suits((0..<60).map { 100 * Double.exp(0.1 * Double($0)) }))
    #expect(suits(Fixtures.airPassengers))
    #expect(!suits(Array(Fixtures.airPassengers.prefix(35))))
    for low in [0, -5, 30.0] {
      var values = Fixtures.airPassengers
      values[70] = low
      #expect(!suits(values))
      values[70] = .nan
      #expect(suits(values))
    }
  }
}

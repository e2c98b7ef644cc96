import TestSupport
import Testing
import TimeSeries

@testable import Forecasting

@Suite struct StructuralEnsembleTests {
  @Test func seasonalSeriesHaveSixModels() throws {
    let data = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers))
    let fitted = try StructuralEnsemble(season: 12).fit(data)
    let trends = ["level", "drift", "damped_trend"].map { "structural_\($0)_trigonometric" }
    #expect(fitted.members.map(\.name) == trends + trends.map { $0 + "_transformed" })
    #expect(fitted.failures.isEmpty)
  }

  @Test func withoutASeasonThereIsNone() throws {
    let values = (0..<40).map { 50 + Double($0 * $0 * 7 % 31) }
    let fitted = try StructuralEnsemble(season: 12, takesLogarithms: false).fit(
      TrainingData(series: Fixtures.monthly(values)))
    #expect(
      fitted.members.map(\.name) == [
        "structural_level", "structural_drift", "structural_damped_trend",
      ])
  }

  /// Few values carry the level alone; four are too few.
  @Test func shortSeriesHaveWhatTheyCarry() throws {
    let five = TrainingData(series: Fixtures.monthly([3, -1, 4, 1, 5]))
    #expect(try StructuralEnsemble().fit(five).members.map(\.name) == ["structural_level"])
    let four = TrainingData(series: Fixtures.monthly([3, -1, 4, 1]))
    #expect(throws: FitError.tooShort(observations: 4, needed: 5)) {
      try StructuralEnsemble().fit(four)
    }
  }

  /// The rough search of the members is within a tenth of the careful one's deviance.
  @Test func roughSearchesAreGoodEnough() throws {
    let data = TrainingData(series: Fixtures.monthly(Fixtures.airPassengers))
    for member in try StructuralEnsemble(season: 12).fit(data).members {
      let fitted = try #require(member as? FittedStructuralModel)
      let trend: StructuralModel.Trend =
        fitted.form.isDamped ? .damped : fitted.form.hasSlope ? .drift : .localLevel
      let careful = try StructuralModel(
        trend: trend, season: .trigonometric(length: 12), link: fitted.problem.link
      ).fit(data)
      #expect(fitted.deviance < careful.deviance + 0.1, "\(fitted.name)")
    }
  }
}

import Forecasting
import Foundation
import Testing
import TimeSeries

/// Every model of the catalogue on random and adversarial series: a sound forecast or a true reason, never a trap.
///
/// By default 608 series, the slow models on every eighth of them; with `VEDICH_ADVERSARIAL_SERIES=10000` in the environment (`swift test -c
/// release … --filter AdversarialTests`) so many, and every model on each; `VEDICH_ADVERSARIAL_MODELS=growth,arima_full` takes these models only.
@Suite struct AdversarialTests {
  static let wantedCount =
    ProcessInfo.processInfo.environment["VEDICH_ADVERSARIAL_SERIES"].flatMap { Int($0) }
  static let seriesCount = wantedCount ?? 608
  static let wantedNames =
    ProcessInfo.processInfo.environment["VEDICH_ADVERSARIAL_MODELS"].map {
      $0.split(separator: ",").map(String.init)
    }
  /// Models that take a tenth of a second or more for a series.
  static let slowNames: Set<String> = ["growth", "arima_full"]
  static let blockCount = 16

  @Test(arguments: 0..<blockCount)
  func noSeriesBringsAModelDown(block: Int) {
    let check = AdversarialCheck()
    let names = Self.wantedNames ?? ForecasterCatalogue.names
    var fittedCounts = [Int](repeating: 0, count: names.count)
    for number in stride(from: block, to: Self.seriesCount, by: Self.blockCount) {
      let series = AdversarialSeries(number)
      let catalogue = ForecasterCatalogue(season: series.season)
      for (index, name) in names.enumerated() {
        let isLeftOut =
          Self.wantedCount == nil && Self.slowNames.contains(name)
          && number / Self.blockCount % 8 != 0
        if isLeftOut { continue }
        guard let model = try? catalogue.forecaster(named: name) else {
          Issue.record("\(name) is not in the catalogue")
          continue
        }
        let (fault, isFitted) = check.fault(model, series)
        if isFitted { fittedCounts[index] += 1 }
        #expect(
          fault == nil,
          "\(name), series \(number) (\(series.kind)): \(series.data.series.values)")
      }
    }
    // Reasons are no way out: what should carry nearly anything carries some of the series of every block (a block may hold no
    // series that is whole counts, or long enough for a growth curve).
    let carried = Set(zip(names, fittedCounts).filter { $0.1 > 0 }.map(\.0))
    for name in ["auto", "combination", "naive", "mean", "drift", "damped"]
    where names.contains(name) {
      #expect(carried.contains(name), "\(name)")
    }
  }
}

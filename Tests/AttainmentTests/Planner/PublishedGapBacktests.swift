import Forecasting
import Foundation
import Indicators
import Statistics
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// The gap between a published figure and its units against what came.
///
/// Rolling origins on the bundled province, whose five published shares have up to 16 months beside their 95 communes. The province is invented, its gaps are not this model's.
@Suite("The published gap on the bundled province")
struct PublishedGapBacktests {
  static let province = "TINH_MAU"
  static let fewest = 6
  static let horizons = [1, 2, 3, 6]

  /// Last vintage of each key: period and value, denominators beside.
  private struct Figures {
    var values: [String: [Period: Double]] = [:]
    var denominators: [String: Double] = [:]
  }

  private static func figures() throws -> [String: Figures] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../../datasets/demo/observations.csv")
    var found: [String: Figures] = [:]
    for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n").dropFirst() {
      // No comma stands in the first six columns; vintages follow each other in time.
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count > 6, let period = Period(cells[2]), period.frequency == .month,
        let value = Double(cells[3])
      else { continue }
      found[cells[0], default: Figures()].values[cells[1], default: [:]][period] = value
      if let size = Double(cells[5]), size > 0 {
        found[cells[0], default: Figures()].denominators[cells[1]] = size
      }
    }
    return found
  }

  /// Published shares and their communes added up by denominators, month by month where all but a tenth reported.
  private static func pairs(_ figures: Figures) -> (published: Series, added: Series)? {
    let communes = figures.values.keys.filter { $0.hasPrefix("M") && !$0.hasPrefix("MAU") }.sorted()
    let known = figures.denominators.values
    guard let own = figures.values[province], let first = own.keys.min(), let last = own.keys.max(),
      let length = first.distance(to: last), communes.count > 50, !known.isEmpty
    else { return nil }
    let typical = known.sorted().reduce(0, +) / Double(known.count)
    var published: [Double] = []
    var added: [Double] = []
    for step in 0...length {
      let period = first.advanced(by: step)
      var (sum, weight, count) = (0.0, 0.0, 0)
      for commune in communes {
        guard let value = figures.values[commune]?[period] else { continue }
        let size = figures.denominators[commune] ?? typical
        sum += size * value
        weight += size
        count += 1
      }
      published.append(own[period] ?? .nan)
      added.append(10 * count >= 9 * communes.count ? sum / weight : .nan)
    }
    return (Series(start: first, values: published), Series(start: first, values: added))
  }

  private struct Tally {
    var count = 0
    var inside80 = 0
    var inside95 = 0
    /// Those where the units alone, unmoved, are within the same distance of their own sum.
    var width = 0.0
  }

  private static func ask(
    _ indicator: String, _ published: Series, _ added: Series, _ tally: inout Tally
  ) {
    let range = ValueRange(lower: 0, upper: 100)
    for end in 0..<published.count {
      let origin = published.period(at: end)
      let known = published.through(origin)
      guard
        let process = GapProcess(
          published: known, aggregate: added.through(origin), link: .bounded(range)),
        process.gaps.count >= fewest
      else { continue }
      let gap = SettlingGap(
        link: process.link, range: range, isWholeNumber: false,
        gaps: process.paths(
          origin: origin, steps: horizons, pathCount: 1001,
          key: StreamKey(seed: UInt64(end), purpose: "gap-backtest", indicator: indicator)))
      for (row, horizon) in horizons.enumerated() {
        let period = origin.advanced(by: horizon)
        let (settled, units) = (published[period], added[period])
        guard !settled.isNaN, !units.isNaN else { continue }
        var paths = SamplePaths(stepCount: horizons.count, pathCount: 1001)
        for place in paths.values.indices { paths.values[place] = units }
        let sorted = gap.settle(paths).row(row).sorted()
        tally.count += 1
        tally.width += sorted[900] - sorted[100]
        if sorted[100] <= settled, settled <= sorted[900] { tally.inside80 += 1 }
        if sorted[25] <= settled, settled <= sorted[975] { tally.inside95 += 1 }
      }
    }
  }

  /// Given what the units came to, the published figure lies in its 80 % and 95 % interval about as often as they say.
  ///
  /// About 130 questions, but windows overlap and a large gap spoils all that begin or end in it: as many as there are
  /// origins of one horizon and indicator (about 40) count, which makes 3 standard errors 19 points of 80 and 10 of 95.
  @Test func theSettledFigureIsCovered() throws {
    var tally = Tally()
    var indicators = 0
    for (indicator, figures) in try Self.figures().sorted(by: { $0.key < $1.key }) {
      guard let (published, added) = Self.pairs(figures) else { continue }
      let before = tally.count
      Self.ask(indicator, published, added, &tally)
      if tally.count > before { indicators += 1 }
    }
    print(
      "PublishedGapBacktests: \(indicators) indicators, \(tally.count) questions, 80 %: "
        + "\(tally.inside80), 95 %: \(tally.inside95), mean width \(tally.width / Double(tally.count))"
    )
    #expect(indicators == 5 && tally.count >= 100)
    expectInside(Double(tally.inside80) / Double(tally.count), 0.61...0.99)
    expectInside(Double(tally.inside95) / Double(tally.count), 0.85...1)
  }
}

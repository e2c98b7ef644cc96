import Forecasting
import Indicators
import TimeSeries

extension LearnedPanels {
  /// What a late unit may report of the origin, and where its paths would then lead.
  ///
  /// The unit's history gets the report, its joint scores stay, as they would in a run that knew it. What the report teaches of
  /// the other units: ``taught(by:of:middles:step:origin:sharedError:)``.
  ///
  /// - Parameters:
  ///   - series: A unit that has not reported up to the origin.
  ///   - scores: Its joint scores; rows are `steps`.
  ///   - index: The row of the deadline.
  ///   - steps: All steps of the projection.
  ///   - origin: The origin on the series' axis.
  ///   - count: So many equally likely reports are looked at.
  ///   - isBelieved: Whether the run would believe a report, or wait for the next to confirm it.
  ///   - sharedError: As in ``carry(_:of:steps:origin:sharedError:)``.
  /// - Returns: For each report the values at the deadline by path, `nil` where the report would not be believed.
  func afterReports(
    of series: UnitSeries, scores: SamplePaths, index: Int, steps: [Int], origin: Period,
    count: Int, isBelieved: (Double) -> Bool, sharedError: (Int) -> Double
  ) -> [(report: Double, values: [Double]?)]? {
    guard let found = views[series.reported.frequency], let unit = found.places[series.unit.code],
      let last = series.modelled.lastObservedValue, index < steps.count
    else { return nil }
    let late = Self.late(series, origin: origin)
    let learned = ProjectionSteps.learned(
      steps, origin: origin, isSeasonal: found.seasonal?.hasModel(of: unit) ?? false)
    guard late > 0, let below = learned.last(where: { $0 <= index }),
      let reports = quantiles(
        found, unit: unit, last: last, step: 0, late: late, count: count,
        revision: series.revisionStandardDeviation, sharedError: sharedError(late))
    else { return nil }
    let above = learned.first { $0 >= index } ?? below
    let span = steps[above] - steps[below]
    let share = span > 0 ? Double(steps[index] - steps[below]) / Double(span) : 0
    var order = RadixOrder<UInt32>(count: scores.pathCount)
    let first = scores.pathCount * (neverFalls(found) ? Self.rankRow(steps, origin: origin) : index)
    order.sort(by: scores.values.span.extracting(first..<(first + scores.pathCount)))
    var result: [(report: Double, values: [Double]?)] = []
    for report in reports {
      guard isBelieved(report) else {
        result.append((report, nil))
        continue
      }
      guard let view = found.view.knowing(report, stepsLater: late, unit: unit) else { return nil }
      let after = View(
        view: view, map: found.map?.knowing(report, stepsLater: late, unit: unit),
        places: found.places, calibration: found.calibration,
        seasonal: found.seasonal?.knowing(report, stepsLater: late, unit: unit))
      func values(_ row: Int) -> [Double]? {
        quantiles(
          after, unit: unit, last: report, step: steps[row], late: 0, count: scores.pathCount,
          revision: series.revisionStandardDeviation, sharedError: sharedError(steps[row]))
      }
      guard let here = values(below), let next = above == below ? here : values(above) else {
        return nil
      }
      var moved = [Double](repeating: 0, count: here.count)
      for rank in here.indices {
        let value = here[rank] + share * (next[rank] - here[rank])
        moved[Int(order.order[rank])] = isWholeNumber ? value.rounded() : value
      }
      result.append((report, moved))
    }
    return result
  }

  /// Where a unit's paths lie at a deadline: their median, and the distance from the 40 % to the 60 % quantile.
  struct Middle: Sendable {
    let series: UnitSeries
    let median: Double
    let width: Double
  }

  /// By how much a report of one unit moves the medians of the others, whose panel learns from it.
  ///
  /// The panel is learned anew with the report; the distribution function at each unit's old median, over the density
  /// there, tells how far the median moves. Maps learned from outcomes keep what they had learned.
  ///
  /// - Parameters:
  ///   - report: The value at the origin.
  ///   - series: The unit that reports it.
  ///   - middles: The units whose medians are asked for, all on the series' frequency.
  ///   - step: Steps after the origin.
  ///   - origin: The origin on the series' axis.
  ///   - sharedError: As in ``carry(_:of:steps:origin:sharedError:)``.
  /// - Returns: One number a unit, 0 for the reporting one; `nil` where nothing is learned.
  func taught(
    by report: Double, of series: UnitSeries, middles: [Middle], step: Int, origin: Period,
    sharedError: Double
  ) -> [Double]? {
    guard let found = views[series.reported.frequency], let unit = found.places[series.unit.code]
    else { return nil }
    let late = Self.late(series, origin: origin)
    let horizons = Set(middles.map { step + Self.late($0.series, origin: origin) }).sorted()
    let panel = found.view.panel.knowing(report, stepsLater: late, unit: unit)
    let after = View(
      view: InsideView(panel: panel, horizons: horizons, settings: found.view.settings),
      map: found.map, places: found.places, calibration: found.calibration,
      seasonal: found.seasonal)
    return middles.map { middle in
      guard middle.series.unit.code != series.unit.code, middle.width > 0,
        let place = found.places[middle.series.unit.code],
        let last = middle.series.modelled.lastObservedValue
      else { return 0 }
      func below(_ found: View) -> Double? {
        published(
          found, unit: place, last: last, step: step,
          late: Self.late(middle.series, origin: origin), revision: 0, sharedError: sharedError
        )?.probabilities(atMost: [middle.median])[0]
      }
      guard let then = below(found), let now = below(after) else { return 0 }
      return (then - now) * middle.width / 0.2
    }
  }
}

import Indicators
import RealModule
import Statistics
import TimeSeries

/// How reports of true figures come in: gaps, delays, mistakes and revisions.
struct Reporting {
  let streams: Streams

  /// One figure before it is reported: a period and its true numerator and denominator.
  struct Figure {
    let step: Int
    let numerator: Int
    let denominator: Int
  }

  /// The rows that one unit's reports of a share leave behind.
  func observations(
    _ indicator: String, unit: String, figures: [Figure], isLate: Bool, outage: Range<Int>,
    noteFrom: (step: Int, note: String)? = nil
  ) -> [Observation] {
    var stream = streams("reporting", indicator, unit)
    var rows: [Observation] = []
    for (index, figure) in figures.enumerated() {
      let draw = (
        gap: stream.uniform(), late: stream.uniform(), delay: stream.uniform(),
        fault: stream.uniform(), correction: stream.uniform(), size: stream.normal()
      )
      if draw.gap < 0.012 && index > 0 || outage.contains(figure.step) { continue }
      let isLate = isLate ? draw.late < 0.8 : draw.late < 0.03
      let delay = isLate ? 12 + Int(draw.delay * 60) : -Int(draw.delay * 4)
      let reported = DemoCalendar.lastDay(ofStep: figure.step).advanced(by: delay)
      let corrected = reported.advanced(by: 25 + Int(draw.correction * 60))
      var versions: [(numerator: Int, status: ObservationStatus, day: Day, note: String)] = []
      if draw.fault < 0.004, let wrong = mistyped(figure) {
        versions.append((wrong, .official, reported, ""))
        if draw.correction < 0.5 {
          versions.append((figure.numerator, .official, corrected, "typing error corrected"))
        }
      } else if draw.fault < 0.03, figure.numerator < figure.denominator {
        let factor = 1 - 0.015 + 0.012 * draw.size
        let first = Int((Double(figure.numerator) * factor).rounded())
        versions.append((min(first, figure.denominator), .preliminary, reported, ""))
        versions.append((figure.numerator, .official, corrected, "revised"))
      } else {
        versions.append((figure.numerator, .official, reported, ""))
      }
      for version in versions where version.day <= DemoCalendar.cutoff {
        var note = version.note
        if note.isEmpty, let from = noteFrom, figure.step == from.step { note = from.note }
        rows.append(
          share(indicator, unit, figure, version.numerator, version.status, version.day, note))
      }
    }
    return rows
  }

  private func share(
    _ indicator: String, _ unit: String, _ figure: Figure, _ numerator: Int,
    _ status: ObservationStatus, _ day: Day, _ note: String
  ) -> Observation {
    Observation(
      indicator: indicator, unit: unit, period: DemoCalendar.month(figure.step),
      value: 100 * Double(numerator) / Double(figure.denominator), numerator: Double(numerator),
      denominator: Double(figure.denominator), status: status, reportedAt: day,
      source: "synthetic", note: note)
  }

  /// A slip of the keyboard: the last digit lost, or the first two exchanged.
  private func mistyped(_ figure: Figure) -> Int? {
    let digits = Array(String(figure.numerator))
    guard digits.count > 2 else { return nil }
    if figure.step % 2 == 0 || digits[0] == digits[1] || digits[1] == "0" {
      return figure.numerator / 10
    }
    let swapped = String([digits[1], digits[0]] + digits[2...])
    guard let wrong = Int(swapped), wrong <= figure.denominator else {
      return figure.numerator / 10
    }
    return wrong
  }
}

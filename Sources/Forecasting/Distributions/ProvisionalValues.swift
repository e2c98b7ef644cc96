import Statistics
import TimeSeries

/// The values that stand after the forecast origin already, and what their revision may still do to them.
///
/// Whether a model is linear, resamples changes or counts: such a period is forecast by its own value, never by the
/// model, and without a revision it is known exactly.
struct ProvisionalValues: Sendable {
  /// The value `ahead` ≤ 0 periods after the last observed one stands at −`ahead`.
  private let values: [Double]
  private let link: Link
  /// Standard deviation of the revision on the scale of `link`.
  let revision: Double

  /// - Parameters:
  ///   - data: The training data; a missing value between two observed ones is put on the line between them.
  ///   - late: Periods between the last observed value and the origin, negative for provisional ones.
  ///   - link: The scale of the revision.
  init(_ data: TrainingData, late: Int, link: Link) {
    self.link = link
    revision = data.revision(on: link)
    guard late < 0, let last = data.series.lastObservedIndex else {
      values = []
      return
    }
    values = (0..<(-late)).map { data.series.interpolatedValue(at: last - $0) }
  }

  /// The distribution of a value that is known but for its revision.
  func component(ahead: Int, distribution: StudentT) -> PredictiveDistribution.Component {
    // Without a revision the value must come back to the last bit: it may stand exactly on a target.
    let scale = revision > 0 ? link : .identity
    return PredictiveDistribution.Component(
      weight: 1, link: scale, location: scale.forward(values[-ahead]), scale: revision,
      distribution: distribution)
  }

  /// The value on a path whose revision is `deviation` standard deviations.
  func path(ahead: Int, deviation: Double) -> Double {
    guard revision > 0 else { return values[-ahead] }
    return link.inverse(link.forward(values[-ahead]) + revision * deviation)
  }
}

extension Series {
  /// The value at an index, or where it is missing the one on the line between its observed neighbours.
  fileprivate func interpolatedValue(at index: Int) -> Double {
    guard let after = values[index...].firstIndex(where: { !$0.isNaN }) else {
      return lastObservedValue ?? .nan
    }
    guard after > index, let before = values[..<index].lastIndex(where: { !$0.isNaN }) else {
      return values[after]
    }
    let share = Double(index - before) / Double(after - before)
    return values[before] + share * (values[after] - values[before])
  }
}

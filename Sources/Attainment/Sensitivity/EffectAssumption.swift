import Statistics

/// An elasticity that a user assumes where the data cannot tell: percent of the indicator for one percent
/// of the driver, at present values.
public struct EffectAssumption: Hashable, Sendable {
  /// What is assumed of its size.
  public enum Distribution: Hashable, Sendable {
    /// One number.
    case point(Double)
    /// A normal distribution.
    case normal(mean: Double, standardDeviation: Double)
    /// Any number of an interval, none more likely than another.
    case uniform(ClosedRange<Double>)
  }

  /// The indicator it is meant for; `nil` for all that have no estimate.
  public var indicator: String?
  /// Its size.
  public var distribution: Distribution
  /// Who assumes it.
  public var author: String

  /// Creates an assumption.
  public init(indicator: String? = nil, distribution: Distribution, author: String) {
    self.indicator = indicator
    self.distribution = distribution
    self.author = author
  }

  /// Reads `0.2`, `0.1:0.3` (uniform), `0.2~0.05` (normal), each also as `indicator=0.2`; `nil` for
  /// anything else.
  public init?(_ text: String, author: String) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let body = halves.last.map(String.init) ?? ""
    var indicator: String?
    if halves.count == 2 {
      guard let name = halves.first, !name.isEmpty else { return nil }
      indicator = String(name)
    }
    if body.contains(":") {
      let ends = body.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
      guard ends.count == 2, let low = ends[0], let high = ends[1], low < high, low.isFinite,
        high.isFinite
      else { return nil }
      self.init(indicator: indicator, distribution: .uniform(low...high), author: author)
    } else if body.contains("~") {
      let parts = body.split(separator: "~", omittingEmptySubsequences: false).map { Double($0) }
      guard parts.count == 2, let mean = parts[0], let deviation = parts[1], mean.isFinite,
        deviation > 0, deviation.isFinite
      else { return nil }
      self.init(
        indicator: indicator, distribution: .normal(mean: mean, standardDeviation: deviation),
        author: author)
    } else {
      guard let value = Double(body), value.isFinite else { return nil }
      self.init(indicator: indicator, distribution: .point(value), author: author)
    }
  }

  /// The quantile at a probability.
  func quantile(_ probability: Double) -> Double {
    switch distribution {
    case .point(let value): value
    case .normal(let mean, let deviation):
      mean + deviation * Normal.standardQuantile(probability)
    case .uniform(let range):
      range.lowerBound + (range.upperBound - range.lowerBound) * probability
    }
  }

  /// The size as it was written: `0.2`, `0.1:0.3`, `0.2~0.05`.
  public var sizeText: String {
    switch distribution {
    case .point(let value): "\(value)"
    case .normal(let mean, let deviation): "\(mean)~\(deviation)"
    case .uniform(let range): "\(range.lowerBound):\(range.upperBound)"
    }
  }
}

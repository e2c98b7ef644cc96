import RealModule
public import Statistics

/// How a made-up province of units evolves, month by month: the first as the models suppose, the others not.
public enum ProvinceGenerator: String, ProvinceSource, Hashable, CaseIterable {
  /// Random walks with drift on the logit scale; 0.3 of each step's variance is common.
  case walk
  /// The same with common steps of a Student t with three degrees of freedom.
  case heavy
  /// Growth on the logit scale follows a common autoregression with coefficient 0.7, units with loadings from 0.4 to 1.6.
  case factor
  /// Logistic growth to a ceiling of each unit; the common rate is drawn anew about every 30 months.
  case breaks
  /// Slow growth with jumps: about one a year, taken part in by seven units of ten, each with a size of its own.
  case jumps
  /// Growth that comes at year ends: common yearly amounts, most of them in November and December.
  case rush

  /// As written on the command line.
  public var name: String { rawValue }

  /// Monthly values in 0...100 by unit (``ProvinceSource/values(unitCount:months:firstMonth:stream:)``).
  public func values(
    unitCount: Int, months: Int, firstMonth: Int, stream: inout RandomStream
  ) -> [[Double]] {
    let common = commonSteps(months: months, firstMonth: firstMonth, stream: &stream)
    return (0..<unitCount).map { _ in
      unit(common, firstMonth: firstMonth, stream: &stream)
    }
  }

  /// What all units share, by month.
  private func commonSteps(
    months: Int, firstMonth: Int, stream: inout RandomStream
  ) -> [Double] {
    switch self {
    case .walk:
      return (0..<months).map { _ in 0.02 + 0.06 * 0.3.squareRoot() * stream.normal() }
    case .heavy:
      // A t₃ has variance 3.
      return (0..<months).map { _ in
        let tail = (3 / stream.chiSquared(degreesOfFreedom: 3)).squareRoot()
        return 0.02 + 0.06 * 0.1.squareRoot() * tail * stream.normal()
      }
    case .factor:
      var level = 0.02 * stream.normal() / (1 - 0.49).squareRoot()
      return (0..<months).map { _ in
        level = 0.7 * level + 0.02 * stream.normal()
        return 0.02 + level
      }
    case .breaks:
      var rate = 0.09 * stream.uniform()
      return (0..<months).map { _ in
        if stream.uniform() < 1.0 / 30 { rate = 0.09 * stream.uniform() }
        return rate + 0.01 * stream.normal()
      }
    case .jumps:
      return (0..<months).map { _ in stream.uniform() < 1.0 / 12 ? 0.25 : 0 }
    case .rush:
      var yearly = 0.0
      let shape = [0.02, 0.02, 0.03, 0.03, 0.04, 0.06, 0.04, 0.05, 0.08, 0.1, 0.2, 0.33]
      return (0..<months).map { month in
        let place = (firstMonth + month) % 12
        if month == 0 || place == 0 { yearly = 0.25 + 0.12 * stream.normal() }
        return yearly * shape[place]
      }
    }
  }

  private func unit(
    _ common: [Double], firstMonth: Int, stream: inout RandomStream
  ) -> [Double] {
    var level = -0.3 + 0.6 * stream.normal()
    let loading = self == .factor ? 0.4 + 1.2 * stream.uniform() : 1
    let ceiling = self == .breaks ? 60 + 40 * stream.uniform() : 100
    let drift = self == .breaks ? 0.5 + stream.uniform() : 1
    return common.map { shared in
      switch self {
      case .walk, .heavy:
        level += shared + 0.06 * 0.7.squareRoot() * stream.normal()
      case .factor:
        level += loading * shared + 0.03 * stream.normal()
      case .breaks:
        level += drift * shared + 0.03 * stream.normal()
      case .jumps:
        let takesPart = stream.uniform() < 0.7
        let size = 2 * stream.uniform()
        level += 0.01 + (takesPart ? shared * size : 0) + 0.02 * stream.normal()
      case .rush:
        level += shared * (0.5 + stream.uniform()) + 0.02 * stream.normal()
      }
      return ceiling / (1 + Double.exp(-level))
    }
  }
}

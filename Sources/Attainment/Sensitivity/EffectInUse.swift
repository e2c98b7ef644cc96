import Forecasting
import Statistics

/// On what ground an effect is used.
public enum EffectBasis: String, Hashable, Sendable, CaseIterable {
  /// Estimated from the data, which can tell it.
  case estimated
  /// Assumed by a user.
  case assumed
}

/// The effect that an indicator's paths are shifted by: one draw for each path, and how it spreads over time.
///
/// Where the 95 % interval of an estimate excludes zero its sign counts as certain, and the few draws of
/// the other sign count as no effect: every path, and so every probability, is then monotone in the driver.
/// Where the interval holds zero, draws are kept as they are, of both signs, and every row says that the
/// sign is open: to cut them off would turn doubt into a small effect. A user's distribution is taken as
/// given.
public struct EffectInUse: Sendable {
  /// The ground.
  public let basis: EffectBasis
  /// Who assumes it; empty where it is estimated.
  public let author: String
  /// The assumed elasticity as written; empty where it is estimated.
  public let assumption: String
  /// By path: the long-run effect on the link scale of one unit of the driver.
  public let draws: [Double]
  /// The share of it that has come after 0, 1, … periods.
  public let profile: [Double]
  /// The effect at its tenth, fiftieth and ninetieth percent.
  public let quantiles: (low: Double, middle: Double, high: Double)
  /// Whether the 95 % interval of an estimate holds zero.
  public let isSignOpen: Bool

  /// An estimated effect.
  init(_ fit: EffectFit, key: StreamKey, pathCount: Int) {
    basis = .estimated
    author = ""
    assumption = ""
    profile = fit.profile
    let t = StudentT(degreesOfFreedom: fit.degreesOfFreedom)
    let isOpen = fit.interval().contains(0)
    let isPositive = fit.longRun >= 0
    func effect(_ probability: Double) -> Double {
      let drawn = fit.longRun + fit.standardError * t.quantile(probability)
      guard !isOpen else { return drawn }
      return isPositive ? max(0, drawn) : min(0, drawn)
    }
    var stream = RandomStream(key)
    draws = (0..<pathCount).map { _ in effect(stream.openUniform()) }
    quantiles = (effect(0.1), effect(0.5), effect(0.9))
    isSignOpen = isOpen
  }

  /// An assumed elasticity times a sign; `nil` where indicator or driver stands at 0.
  init?(
    _ assumption: EffectAssumption, sign: Double, link: Link, value: Double, driver: Double,
    profile: [Double], key: StreamKey, pathCount: Int
  ) {
    guard
      let one = EffectSize.effect(elasticity: sign, link: link, value: value, driver: driver)
    else { return nil }
    basis = .assumed
    author = assumption.author
    self.assumption = assumption.sizeText
    self.profile = profile
    var stream = RandomStream(key)
    draws = (0..<pathCount).map { _ in one * assumption.quantile(stream.openUniform()) }
    func effect(_ probability: Double) -> Double { one * assumption.quantile(probability) }
    quantiles = (effect(0.1), effect(0.5), effect(0.9))
    isSignOpen = quantiles.low * quantiles.high < 0
  }

  private init(_ other: EffectInUse, draws: [Double], profile: [Double]) {
    basis = other.basis
    author = other.author
    assumption = other.assumption
    self.draws = draws
    self.profile = profile
    quantiles = other.quantiles
    isSignOpen = other.isSignOpen
  }

  /// The same effect with another spread over time.
  func spread(_ profile: [Double]) -> EffectInUse {
    EffectInUse(self, draws: draws, profile: profile)
  }

  /// The same effect at one size for all paths.
  func fixed(at effect: Double) -> EffectInUse {
    EffectInUse(self, draws: draws.map { _ in effect }, profile: profile)
  }

  /// Months over which an assumed effect builds up: evenly over a year.
  static func assumedProfile(periodsPerYear: Int) -> [Double] {
    let count = max(1, periodsPerYear)
    return (1...count).map { Double($0) / Double(count) }
  }
}

extension RandomStream {
  /// A uniform number that is neither 0 nor 1.
  fileprivate mutating func openUniform() -> Double {
    min(max(uniform(), 1e-12), 1 - 1e-12)
  }
}

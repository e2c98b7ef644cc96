public import Indicators

/// The shares at which answers are given.
public struct ShareGrid: Hashable, Sendable {
  /// In ascending order, at least two.
  public let shares: [Double]

  /// The grid from one share to another; `nil` unless it has 2 to 200 shares.
  public init?(low: Double, high: Double, step: Double) {
    guard low.isFinite, high.isFinite, step > 0, low >= 0, high > low else { return nil }
    let count = ((high - low) / step + 1e-9).rounded(.down)
    guard count >= 1, count < 200 else { return nil }
    shares = (0...Int(count)).map { Self.rounded(low + Double($0) * step) }
  }

  /// Reads `LOW:HIGH:STEP`.
  public init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Double($0) }
    guard parts.count == 3, let low = parts[0], let high = parts[1], let step = parts[2] else {
      return nil
    }
    self.init(low: low, high: high, step: step)
  }

  /// The default: up to 15 round shares that start at about half the present value and end at 4 % of budget
  /// spending, at 2.5 % of GRDP, or at twice the present value of any other driver (further if the present
  /// value lies beyond), but never above `upper`.
  public init(present: Double, denominator: DriverDenominator, upper: Double? = nil) {
    let present = present > 0 ? present : 1
    let limit: Double =
      switch denominator {
      case .budgetSpending: 4
      case .grossProduct: 2.5
      default: 2 * present
      }
    let high = min(max(limit, 1.5 * present), max(upper ?? .infinity, present))
    var unit = 1e-6
    var step = 0.0
    // The smallest of 1, 2, 2.5, 5 × 10^k with which 15 shares reach from half the present value to the end.
    search: while true {
      for factor in [1, 2, 2.5, 5] {
        step = factor * unit
        let low = (0.5 * present / step).rounded(.down) * step
        if (high - low) / step < 14.001 { break search }
      }
      unit *= 10
    }
    let low = (0.5 * present / step).rounded(.down) * step
    let count = Int(((high - low) / step + 1e-9).rounded(.down))
    shares = (0...max(1, count)).map { Self.rounded(low + Double($0) * step) }
  }

  private static func rounded(_ share: Double) -> Double { (share * 1e9).rounded() / 1e9 }
}

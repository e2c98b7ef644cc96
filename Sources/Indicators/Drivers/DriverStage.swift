/// At what stage of the budget's year a share was counted; stages are never mixed.
public enum DriverStage: String, Hashable, Sendable, CaseIterable {
  /// *Dự toán*: planned.
  case planned
  /// *Giải ngân*: disbursed.
  case disbursed
  /// *Quyết toán*: settled.
  case settled
}

/// What a share is a share of; denominators are never mixed.
///
/// Two are known to the budget; a driver that is no share of the budget has any other code, or none.
public struct DriverDenominator: Hashable, Sendable {
  /// The code as it stands in the file.
  public let code: String

  /// Creates a denominator from its code; an empty code is none.
  public init(_ code: String) { self.code = code }

  /// The province's gross regional domestic product.
  public static let grossProduct = DriverDenominator("grdp")
  /// The yearly spending of the budget.
  public static let budgetSpending = DriverDenominator("budget_spending")

  /// Whether a share of it is a share of money that `budget.csv` knows.
  public var isMoney: Bool { self == .grossProduct || self == .budgetSpending }
}

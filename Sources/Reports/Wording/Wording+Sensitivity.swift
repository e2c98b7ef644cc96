import Attainment
public import Indicators

extension Wording {
  /// *Giả định của …*: who assumes which elasticity; empty where nothing is assumed.
  public func assumption(_ label: String) -> String {
    label.isEmpty
      ? ""
      : pick("Giả định của \(label) (độ co giãn)", "Assumed by \(label) (elasticity)")
  }

  /// What a share beyond all that the driver ever was carries.
  public var beyondHistory: String { pick("ngoài phạm vi quan sát", "beyond what was observed") }

  /// What an effect whose interval holds zero carries.
  public var openSign: String {
    pick("chưa chắc dấu của tác động", "the sign of the effect is not certain")
  }

  /// What `note` of `sensitivity.csv` says.
  func note(_ row: SensitivityRow) -> String {
    [
      assumption(row.assumption), row.isBeyondHistory ? beyondHistory : "",
      row.isSignOpen ? openSign : "",
    ].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  /// The stage of a budget share.
  public func stage(_ stage: DriverStage?) -> String {
    switch stage {
    case .planned: pick("dự toán", "planned")
    case .disbursed: pick("giải ngân", "disbursed")
    case .settled: pick("quyết toán", "settled")
    case nil: ""
    }
  }

  /// What a share is a share of.
  public func denominator(_ denominator: DriverDenominator) -> String {
    switch denominator {
    case .grossProduct: "GRDP"
    case .budgetSpending: pick("chi ngân sách", "budget spending")
    default: denominator.code
    }
  }

  /// An amount of VND in thousands of millions.
  func billions(_ amount: Double?) -> String {
    amount.map { number($0 / 1e9, decimals: 0) + pick(" tỷ đồng", " billion VND") } ?? "–"
  }
}

/// What the denominator of a share counts.
enum ShareBase: String, Sendable {
  case residents
  case adults
  case residents15Plus = "residents_15_plus"
  case households
  case transactions
  case dossiers
  case payments

  /// Flows are counted anew each month, so their shares carry counting noise and seasons.
  var isFlow: Bool {
    switch self {
    case .residents, .adults, .residents15Plus, .households: false
    case .transactions, .dossiers, .payments: true
    }
  }

  /// How many of them there are for each resident (in a month, for flows).
  var perResident: Double {
    switch self {
    case .residents: 1
    case .adults: 0.71
    case .residents15Plus: 0.77
    case .households: 0.28
    case .transactions: 7.5
    case .dossiers: 0.055
    case .payments: 0.021
    }
  }
}

/// The shape of an adoption curve.
enum AdoptionCurve: String, Sendable {
  case logistic
  case gompertz
}

/// How one share of the demo comes about.
struct ShareSpecification: Sendable {
  let code: String
  let base: ShareBase
  let curve: AdoptionCurve
  /// The share of a middling unit in October 2026.
  let level: Double
  /// What the curve tends to; above 1 a unit arrives at exactly 100 % and stays there.
  let ceiling: Double
  /// Progress on the curve's scale (logit, or complementary log-log) a month.
  let pace: Double
  /// Standard deviation of units on that scale.
  let unitSpread: Double
  /// By how much wards are ahead of communes on that scale.
  let wardLead: Double
  /// Bias of the lead department's published figure on the logit scale; `nil` when it publishes none.
  var published: Double?
  /// Months after the period at which the published figure comes out.
  var publicationLag = 0
  /// First step reported by communes.
  var firstReported = DemoCalendar.communeStart
  /// A change of definition: from this step on the curve stands higher by `shiftSize`.
  var shiftStep: Int?
  var shiftSize = 0.0

  static let all: [ShareSpecification] = [
    ShareSpecification(
      code: "cashless_share", base: .transactions, curve: .logistic, level: 0.70, ceiling: 0.96,
      pace: 0.03, unitSpread: 0.45, wardLead: 0.5, published: 0.07, publicationLag: 1),
    ShareSpecification(
      code: "vneid_accounts_share", base: .residents, curve: .logistic, level: 0.785,
      ceiling: 0.94, pace: 0.035, unitSpread: 0.4, wardLead: 0.3, published: -0.02),
    ShareSpecification(
      code: "ehealth_record_share", base: .residents, curve: .logistic, level: 0.78,
      ceiling: 0.975, pace: 0.045, unitSpread: 0.5, wardLead: 0.2, published: 0.04),
    ShareSpecification(
      code: "online_service_use_share", base: .dossiers, curve: .logistic, level: 0.79,
      ceiling: 0.92, pace: 0.03, unitSpread: 0.4, wardLead: 0.3),
    ShareSpecification(
      code: "digital_signature_share", base: .adults, curve: .gompertz, level: 0.41,
      ceiling: 0.85, pace: 0.03, unitSpread: 0.3, wardLead: 0.3,
      shiftStep: DemoCalendar.step(year: 2026, month: 3), shiftSize: 0.14),
    ShareSpecification(
      code: "bank_account_share", base: .residents15Plus, curve: .logistic, level: 0.945,
      ceiling: 0.985, pace: 0.03, unitSpread: 0.35, wardLead: 0.5, published: -0.05,
      publicationLag: 1),
    ShareSpecification(
      code: "digitised_records_share", base: .dossiers, curve: .logistic, level: 0.91,
      ceiling: 1.02, pace: 0.06, unitSpread: 1.15, wardLead: 0.9),
    ShareSpecification(
      code: "coverage_5g", base: .residents, curve: .gompertz, level: 0.6, ceiling: 0.995,
      pace: 0.065, unitSpread: 0.55, wardLead: 0.6, published: 0.03),
    ShareSpecification(
      code: "household_1gbps", base: .households, curve: .logistic, level: 0.52, ceiling: 0.98,
      pace: 0.035, unitSpread: 0.55, wardLead: 0.6,
      firstReported: DemoCalendar.step(year: 2025, month: 9)),
    ShareSpecification(
      code: "online_payment_share", base: .payments, curve: .logistic, level: 0.62,
      ceiling: 0.88, pace: 0.035, unitSpread: 0.45, wardLead: 0.3),
    ShareSpecification(
      code: "electronic_results_share", base: .dossiers, curve: .logistic, level: 0.892,
      ceiling: 1, pace: 0.03, unitSpread: 0.5, wardLead: 0.2),
    ShareSpecification(
      code: "data_reuse_share", base: .dossiers, curve: .gompertz, level: 0.47, ceiling: 0.86,
      pace: 0.04, unitSpread: 0.35, wardLead: 0.2),
  ]
}

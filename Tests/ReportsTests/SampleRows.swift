import Attainment
import Indicators
import TimeSeries

/// A few rows of every output, with the cases that are hard to write: nil, quotes, commas, line ends,
/// diacritics in decomposed form, tiny and huge numbers.
enum Sample {
  static let origin = Period(.month, ordinal: 12 * 2_026 + 9)
  static let december = Period(.month, ordinal: 12 * 2_026 + 11)
  /// 2026-12-31.
  static let deadline = Day(ordinal: 20_818)

  static let projections: [ProjectionRow] = [
    ProjectionRow(
      indicator: "cashless_share", unit: "TINH_MAU", period: origin, step: 0, kind: .history,
      mean: 71.25, quantiles: [], model: "", origin: origin),
    ProjectionRow(
      indicator: "cashless_share", unit: "TINH_MAU", period: origin.advanced(by: 1), step: 1,
      kind: .forecast, mean: 72.000_000_4,
      quantiles: [-0.000_000_1, 0.5, 1.0 / 3, 1e-7, 72, 1e9 + 0.25, 99.999_999_9, 100, 1e20],
      model: "combination (4), damped", origin: origin),
    ProjectionRow(
      indicator: "digital_economy", unit: "VN", period: Period(year: 2_030), step: 5,
      kind: .forecast, mean: .nan, quantiles: [Double](repeating: 30.123_456_7, count: 9),
      model: "drift", origin: Period(.quarter, ordinal: 4 * 2_026 + 2)),
  ]

  static let cashless = Target(
    id: "603-1.5-15", document: "603", indicator: "cashless_share",
    titleVietnamese: "Tỷ lệ giao dịch thanh toán không dùng tiền mặt trên tổng số giao dịch",
    titleEnglish: "Share of cashless payments in all payments", comparator: .atLeast, value: 80,
    unitOfMeasure: "percent", deadline: deadline)
  static let digitalEconomy = Target(
    id: "603-1.5-23", document: "603", indicator: "digital_economy",
    titleVietnamese: "Tỷ trọng kinh tế số/GRDP", titleEnglish: "Digital economy share of GDP",
    comparator: .range, value: 15, highValue: 17, unitOfMeasure: "percent", deadline: deadline)
  static let signatures = Target(
    id: "603-1.5-21", document: "603", indicator: "digital_signature",
    titleVietnamese: "Tỷ lệ người dân trưởng thành có chữ ký số",
    titleEnglish: "Adults with a digital signature", comparator: .atLeast, value: 50,
    unitOfMeasure: "percent", deadline: deadline)
  static let rank = Target(
    id: "92-43", document: "92", indicator: "pii_rank",
    titleVietnamese: "Xếp hạng chỉ số đổi mới sáng tạo (PII)", titleEnglish: "PII rank",
    comparator: .atMost, value: 10, unitOfMeasure: "rank", deadline: Day(ordinal: 27_758))
  static let firms = Target(
    id: "603-1.4-1", document: "603", indicator: "startups",
    titleVietnamese: "Số doanh nghiệp khởi nghiệp sáng tạo", titleEnglish: "Innovative start-ups",
    comparator: .atLeast, value: 1_250, unitOfMeasure: "firms", deadline: deadline)
  static let inWords = Target(
    id: "603-1.3-7", document: "603", indicator: "ecosystem",
    titleVietnamese: "Hình thành hệ sinh thái", comparator: .qualitative, value: nil,
    deadline: deadline)
  static let noData = Target(
    id: "603-1.2-7", document: "603", indicator: "rd_personnel",
    titleVietnamese: "Nhân lực nghiên cứu và phát triển trên 10.000 dân",
    titleEnglish: "R&D personnel", comparator: .equal, value: 12, unitOfMeasure: "per_10000",
    deadline: deadline)

  static func row(
    _ target: Target, unit: String = "TINH_MAU", basis: TargetBasis = .plan,
    _ status: AttainmentStatus, _ grade: ForecastGrade = .b, last: Double? = nil,
    probability: Double? = nil, note: String = ""
  ) -> TargetAttainment {
    var row = TargetAttainment(
      indicator: target.indicator, unit: unit, target: target, basis: basis, status: status,
      note: note)
    row.grade = grade
    row.lastValue = last
    row.lastPeriod = last == nil ? nil : origin
    row.probability = probability
    row.origin = origin
    row.isSynthetic = true
    return row
  }

  static let attainments: [TargetAttainment] = {
    var full = row(cashless, .atRisk, .a, last: 71.25, probability: 0.412_345_678)
    full.baselinePeriod = Period(year: 2_025)
    full.baselineValue = 60
    full.settlementStatus = .estimate
    full.gap = 8.75
    full.probabilityReachBy = 0.45
    full.expected = 79.1
    full.p10 = 70.5
    full.p90 = 86
    full.reachDateP10 = december.advanced(by: -1)
    full.reachDateP50 = december.advanced(by: 2)
    full.requiredPace = 4.375
    full.recentPace = 0.9
    full.pacePercentile = 12.5
    full.roadmapCompletion = 0.75
    full.checkedQuestions = 118
    full.model = "combination"
    return [
      row(inWords, .qualitative, .d), full,
      row(
        cashless, unit: "XA_001", basis: .provinceApplied, .offTrack, last: 40.5,
        probability: 1e-12, note: "kiểm tra \"dấu\", dòng\nmới; Toa\u{0300} nha\u{0300}"),
      row(digitalEconomy, .onTrack, last: 14.02, probability: 0.999_999_9),
      row(signatures, .offTrack, last: 18.4, probability: 0.002),
      row(rank, .attained, last: 9, probability: 1),
      row(
        firms, .atRisk, .d, last: 1_034, probability: 0.659_9,
        note: "chuỗi ngắn: 7 quan sát"),
      row(noData, .insufficientData, .d, note: "không có quan sát"),
    ]
  }()

  static let rejected: [Diagnostic] = [
    Diagnostic(
      file: "observations.csv", line: 41, column: 17, found: "\"n/a\" in column \"value\"",
      expected: "a number or an empty cell", fix: "leave the cell empty if the value is not known"),
    Diagnostic(
      file: "quan sát.csv", line: 0, found: "tệp rỗng", expected: "a header row", fix: "a, b"),
  ]

  static let contributions: [ContributionRow] = [
    contribution("XA_001", weight: 0.4, gap: 20, difference: -6.5, rank: 3, 3, 3),
    contribution("XA_002", weight: 0.35, gap: 2, difference: 0.25, rank: 2, 1, 2, named: false),
    contribution("XA_003", weight: 0.25, gap: -3, difference: 4, rank: 1, 1, 2),
  ]

  private static func contribution(
    _ unit: String, weight: Double, gap: Double, difference: Double, rank: Int, _ low: Int,
    _ high: Int, named: Bool = true
  ) -> ContributionRow {
    ContributionRow(
      indicator: "cashless_share", targetID: "603-1.5-15", unit: unit, weight: weight, gap: gap,
      contribution: weight * gap, differenceFromPeers: difference, rank: rank, rankLow: low,
      rankHigh: high, isNamed: named)
  }

  static let alerts: [TaskAlert] = [
    alert("603-II.4", .overdue, isRed: true, completion: 0.4, elapsed: 1, days: 31),
    alert("603-III.2", .behindRoadmap, isRed: true, completion: 0.1, elapsed: 0.6, days: nil),
    alert("603-V.6", .evidenceInsufficient, isRed: true, completion: 0, elapsed: 0.3, days: nil),
    alert("92-19", .notReported, isRed: false, completion: nil, elapsed: nil, days: nil),
  ]

  private static func alert(
    _ id: String, _ state: TaskAlert.State, isRed: Bool, completion: Double?, elapsed: Double?,
    days: Int?
  ) -> TaskAlert {
    let document = id.hasPrefix("603") ? "603" : "92"
    let task = PlanTask(
      id: id, document: document, number: String(id.dropFirst(document.count + 1)),
      title: "Xây dựng \"Quy hoạch phân khu\", tỷ lệ 1/2000", leads: ["so_xay_dung", "so_khcn"],
      deadline: completion == nil ? nil : Day(ordinal: 20_787))
    return TaskAlert(
      task: task, unit: "so_xay_dung", state: state, isRed: isRed, completion: completion,
      elapsedShare: elapsed, daysOverdue: days,
      reportedAt: completion == nil ? nil : Day(ordinal: 20_700), note: "")
  }

  static let calibration: [CalibrationRow] = {
    var row = CalibrationRow(
      indicator: "cashless_share", horizon: 6, questions: 118, attainedShare: 0.5,
      meanProbability: 0.487_654_32, brier: 0.201_5, brierBaseRate: 0.25, logScore: 0.601_234_567_8,
      coverage80: 78.813_559_322)
    let plain = row
    var detail = CalibrationDetail()
    detail.coverage50 = 48.3
    detail.coverage95 = 97.457_627_1
    detail.crps = 1.25
    detail.calibrationError = 0.031
    detail.calibrationNoise = 0.087_5
    detail.sharpness = 0.19
    detail.skillOverBaseRate = 0.194
    detail.skillOverEurostat = -0.05
    detail.reliability = [
      ReliabilityTable.Row(lower: 0, upper: 0.1, count: 0),
      ReliabilityTable.Row(
        lower: 0.1, upper: 0.2, count: 7, meanProbability: 0.151, attainedShare: 1.0 / 7,
        consistency: 0...(3.0 / 7)),
    ]
    row.detail = detail
    row.horizon = 12
    return [plain, row]
  }()

  static let reconciliation: [ReconciliationRow] = {
    var used = ReconciliationRow(
      indicator: "cashless_share", method: .minimumTrace, horizon: 3, origins: 8,
      aggregateError: 1.234_567_89, unitError: 4.321, gain: 0.123_456_789, gainError: 0.05)
    used.isUsed = true
    return [
      ReconciliationRow(
        indicator: "cashless_share", method: .bottomUp, horizon: 3, origins: 8,
        aggregateError: 1.5, unitError: 4.5), used,
    ]
  }()

  static let targetCounts: [TargetCount] = [
    TargetCount(
      document: "603", year: 2_026, correlation: 0, targets: 12, decided: 2, unknown: 5,
      expected: 6.812_345_67, p10: 5, p50: 7, p90: 9),
    TargetCount(
      document: "603", year: 2_026, correlation: 0.5, targets: 12, decided: 2, unknown: 5,
      expected: 6.812_345_67, p10: 3, p50: 7, p90: 10),
  ]

  static let quality: [DataQualityRow] = [
    DataQualityRow(
      indicator: "cashless_share", unit: "XA_001", firstPeriod: Period(.month, ordinal: 24_306),
      lastPeriod: origin, observed: 15, missing: 1, revised: 2, outliers: 1, aboveBound: 0,
      periodsLate: 0, note: ""),
    DataQualityRow(
      indicator: "digital_economy", unit: "XA_001", firstPeriod: nil, lastPeriod: nil, observed: 0,
      missing: 0, revised: 0, outliers: 0, aboveBound: 0, periodsLate: 12,
      note: "không có số liệu, chờ báo cáo"),
  ]

  static let counts: [UnitCount] = [
    UnitCount(
      indicator: "cashless_share", targetID: "603-1.5-15", units: 95, p10: 12, p50: 20, p90: 31)
  ]

  static let planner: [PlannerRow] = {
    var full = PlannerRow(
      indicator: "cashless_share", unit: "TINH_MAU", targetID: "603-1.5-15", deadline: deadline)
    full.probability = 0.412_345_678
    full.deadlineP80 = december.advanced(by: 7)
    full.requiredPace = 4.375
    full.recentPace = 0.9
    full.paceRatio = 4.375 / 0.9
    full.pacePercentile = 12.5
    full.roadmapCompletion = 0.75
    full.roadmap = .slow
    full.escap = .insufficient
    full.eurostat = .moderate
    full.linearExtrapolation = false
    return [
      full,
      PlannerRow(indicator: "rd_personnel", unit: "VN", targetID: "603-1.2-7", deadline: nil),
    ]
  }()

  static let allocations: [AllocationRow] = {
    let province = AllocationRow(
      indicator: "cashless_share", targetID: "603-1.5-15", unit: "TINH_MAU", deadline: deadline,
      status: .needed, probability: 0.412_345_678, probabilityReached: 0.800_45)
    var unit = province
    unit.unit = "XA_001"
    unit.required = 81.333_333_3
    unit.percentile = 62.418_790_6
    unit.lastValue = 70.5
    unit.requiredPace = 5.416_666_65
    unit.pacePercentile = 0
    unit.floor = 68
    unit.ceiling = 90.25
    return [province, unit]
  }()

  static let priorities: [PriorityRow] = [
    PriorityRow(
      indicator: "cashless_share", targetID: "603-1.5-15", unit: "XA_002",
      reason: .missingReport, rank: 1, probability: 0.412_345_678, expectedChange: 0.031,
      periodsLate: 3),
    PriorityRow(
      indicator: "cashless_share", targetID: "603-1.5-15", unit: "XA_001", reason: .laggingUnit,
      rank: 2, probability: 0.412_345_678, expectedChange: 0.012, probabilityIf: 0.424_345_678,
      paceDifference: -1.25),
    PriorityRow(
      indicator: "cashless_share", targetID: "603-1.5-15", unit: "XA_003",
      reason: .uncertainDenominator, rank: 3, probability: 0.412_345_678, expectedChange: 0.002),
  ]

  static let warnings: [EarlyWarning] = [
    EarlyWarning(
      indicator: "cashless_share", unit: "TINH_MAU", targetID: "603-1.5-15", previous: 0.75,
      probability: 0.412_345_678, newData: -0.25, revision: -0.1, passingTime: 0.002,
      changedModel: 0.010_345_678),
    EarlyWarning(
      indicator: "cashless_share", unit: "XA_001", targetID: "603-1.5-15", previous: 0.5,
      probability: 0.25, newData: -0.25, revision: 0, passingTime: 0, changedModel: 0),
  ]

  static let catalogue = Catalogue(
    indicators: [
      Indicator(
        code: "cashless_share", nameVietnamese: "Giao dịch không dùng tiền mặt",
        nameEnglish: "Cashless payments", kind: .monthlyShare, unitOfMeasure: "percent"),
      Indicator(code: "pii_rank", kind: .rank, unitOfMeasure: "rank", direction: .down),
    ],
    units: [
      ReportingUnit(code: "TINH_MAU", nameVietnamese: "Tỉnh Mẫu", level: .province),
      ReportingUnit(
        code: "XA_001", nameVietnamese: "Xã Mẫu 001", nameEnglish: "Sample commune 001",
        level: .commune),
    ])
}

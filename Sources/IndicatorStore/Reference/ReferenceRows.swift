import Indicators
import TimeSeries

// One reader a table: from the cells of a row to a value of `Indicators`.

extension Indicator {
  static let neededColumns = ["indicator", "kind"]
  static let numberColumns = ["lower", "upper"]

  init(_ cells: TableCells) throws(CellFault) {
    self.init(
      code: try cells.code("indicator"), nameVietnamese: cells.text("name_vi"),
      nameEnglish: cells.text("name_en"), theme: cells.text("theme"),
      kind: try cells.choice("kind", default: nil),
      unitOfMeasure: cells.text("unit_of_measure"),
      bounds: Bounds(lower: try cells.number("lower"), upper: try cells.number("upper")),
      direction: try cells.choice("direction", default: .up),
      aggregation: try cells.choice("aggregation", default: Aggregation.none),
      weight: cells.text("weight"),
      lowestLevel: try cells.choice("lowest_level", default: .province),
      frequency: try cells.choice("frequency", default: .month),
      settlingSource: cells.text("settling_source"),
      publicationLagMonths: try cells.whole("publication_lag_months", default: 0),
      denominator: cells.text("denominator"), lead: cells.text("lead"),
      isWeaklyDefined: try cells.choice("data_quality", default: DataQuality.good) == .weak,
      note: cells.text("note"))
  }
}

/// The words of the column `data_quality`.
enum DataQuality: String, CaseIterable {
  case good
  case weak
}

extension Target {
  static let neededColumns = ["target_id", "comparator", "value_low", "deadline"]
  static let numberColumns = ["value_low", "value_high"]

  /// Reads a row; in a file without the column `indicator` the target is about the one given.
  init(_ cells: TableCells, indicator: String?) throws(CellFault) {
    let printed = [cells.text("comparator_printed"), cells.text("value_printed")]
    self.init(
      id: try cells.code("target_id"), document: cells.text("document"),
      section: cells.text("section"), itemNumber: cells.text("item_no"),
      indicator: cells.table.index(of: "indicator") == nil
        ? indicator ?? "" : cells.text("indicator"),
      titleVietnamese: cells.text("title_vi"), titleEnglish: cells.text("title_en"),
      comparator: try Self.comparator(cells),
      // The printed value mostly holds the printed sign already.
      printed: printed[1].isEmpty ? printed[0] : printed[1],
      value: try cells.number("value_low"), highValue: try cells.number("value_high"),
      unitOfMeasure: cells.text("unit_of_measure"), deadline: try Self.deadline(cells),
      denominator: cells.text("denominator"), conflict: cells.text("conflict"),
      lead: cells.text("lead"), coLeads: cells.codes("co_leads"),
      uncertain: cells.codes("uncertain"),
      definitionVersion: try cells.whole("definition_version", default: 1),
      validFrom: try cells.day("valid_from"), validTo: try cells.day("valid_to"),
      amendedBy: cells.text("amended_by"), note: cells.text("note"))
  }

  /// The sign as it is written in code or in print.
  private static func comparator(_ cells: TableCells) throws(CellFault) -> Comparator {
    switch cells.text("comparator") {
    case "≥": .atLeast
    case "≤": .atMost
    default: try cells.choice("comparator", default: nil)
    }
  }

  /// A day, or a period, which is due on its last day.
  private static func deadline(_ cells: TableCells) throws(CellFault) -> Day? {
    if case .period(let period) = PeriodSpelling(cells.text("deadline")) { return period.lastDay }
    return try cells.day("deadline")
  }
}

extension ReportingUnit {
  static let neededColumns = ["unit"]

  init(_ cells: TableCells) throws(CellFault) {
    self.init(
      code: try cells.code("unit"), nameVietnamese: cells.text("name_vi"),
      nameEnglish: cells.text("name_en"), level: try cells.choice("level", default: .commune),
      kind: cells.text("kind"), parent: cells.text("parent"),
      officialCode: cells.text("official_code"), validFrom: try cells.day("valid_from"),
      validTo: try cells.day("valid_to"), nameVariant: cells.text("name_vi_variant"),
      note: cells.text("note"))
  }
}

extension Organisation {
  static let neededColumns = ["organisation"]

  init(_ cells: TableCells) throws(CellFault) {
    self.init(
      code: try cells.code("organisation"), nameVietnamese: cells.text("name_vi"),
      nameEnglish: cells.text("name_en"), kind: cells.text("kind"),
      abbreviation: cells.text("abbreviation"))
  }
}

extension PlanTask {
  static let neededColumns = ["task_id", "deadline"]

  init(_ cells: TableCells) throws(CellFault) {
    self.init(
      id: try cells.code("task_id"), document: cells.text("document"), group: cells.text("group"),
      number: cells.text("number"), parent: cells.text("parent"), title: cells.text("title"),
      leads: cells.codes("lead"), leadPrinted: cells.text("lead_printed"),
      coordinating: cells.codes("coordinating"), output: cells.text("output"),
      keyPerformanceIndicator: cells.text("kpi"),
      deadlinePrinted: cells.text("deadline_printed"), deadline: try cells.day("deadline"),
      deadlineBasis: try cells.choice(
        "deadline_basis", default: cells.text("deadline").isEmpty ? DeadlineBasis.none : .printed),
      recurrence: try cells.choice("recurrence", default: .once),
      isMarkedDone: cells.text("state_printed") == "đã thực hiện",
      isLeaf: try cells.choice("leaf", default: YesNo.yes) == .yes, start: try cells.day("start"),
      note: cells.text("note"))
  }
}

/// 1 or 0.
enum YesNo: String, CaseIterable {
  case yes = "1"
  case no = "0"
}

extension Baseline {
  static let neededColumns = ["indicator", "unit", "period", "value"]
  static let numberColumns = ["value"]

  init(_ cells: TableCells) throws(CellFault) {
    self.init(
      indicator: try cells.code("indicator"), unit: try cells.code("unit"),
      period: try cells.period("period"), value: try cells.neededNumber("value"))
  }
}

extension Assignment {
  static let neededColumns = ["target_id", "unit", "year", "value"]
  static let numberColumns = ["value"]

  init(_ cells: TableCells) throws(CellFault) {
    let year = try cells.whole("year", default: 0)
    guard (1900...2200).contains(year) else {
      throw cells.fault(
        "year", expected: "a year such as 2026", fix: "write the year in four digits")
    }
    self.init(
      target: try cells.code("target_id"), unit: try cells.code("unit"), year: year,
      value: try cells.neededNumber("value"))
  }
}

extension TaskReport {
  static let neededColumns = ["task_id", "unit", "reported_at", "completion"]
  static let numberColumns = ["completion"]

  init(_ cells: TableCells) throws(CellFault) {
    guard let day = try cells.day("reported_at") else {
      throw cells.fault(
        "reported_at", expected: "a day such as 2026-05-31", fix: "say when this was reported")
    }
    self.init(
      task: try cells.code("task_id"), unit: try cells.code("unit"), reportedAt: day,
      completion: try Self.completion(cells), evidence: cells.text("evidence"),
      evidenceStatus: try cells.choice(
        "evidence_status", default: cells.text("evidence").isEmpty ? EvidenceStatus.none : .pending)
    )
  }

  /// A share from 0 to 1, or a percentage with its sign.
  private static func completion(_ cells: TableCells) throws(CellFault) -> Double {
    let text = cells.text("completion")
    var value: Double?
    if text.hasSuffix("%") {
      let bytes = Array(text.dropLast().utf8)
      if case .value(let percent) = cells.habit.read(NumberShape(bytes, 0..<bytes.count)) {
        value = percent / 100
      }
    } else {
      value = try cells.number("completion")
    }
    guard let value, (0...1).contains(value) else {
      throw cells.fault(
        "completion", expected: "a share from 0 to 1, or a percentage from 0% to 100%",
        fix: "write 0.45 or 45%")
    }
    return value
  }
}

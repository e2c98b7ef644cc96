public import Indicators
import TimeSeries

/// Indicators with their targets, as `vedich catalogue` lists them.
public struct CatalogueListing: Sendable {
  /// An indicator and those of its targets that are listed, earliest deadline first.
  public struct Entry: Sendable {
    /// The indicator.
    public var indicator: Indicator
    /// Its targets.
    public var targets: [Target]

    /// Creates an entry.
    public init(indicator: Indicator, targets: [Target]) {
      self.indicator = indicator
      self.targets = targets
    }
  }

  /// In the order of the catalogue.
  public var entries: [Entry]
  /// Headings over other targets: listed, never counted.
  public var headings: [Target]
  /// The organisations, for the names of leads.
  public var organisations: [Organisation]

  /// Creates a listing.
  public init(entries: [Entry], headings: [Target] = [], organisations: [Organisation] = []) {
    self.entries = entries
    self.headings = headings
    self.organisations = organisations
  }
}

// MARK: For programs

extension CatalogueListing {
  /// A row a target; an indicator without a target has one row too, a heading one without an indicator.
  public var csv: [UInt8] {
    let rows = entries.flatMap { entry in
      entry.targets.isEmpty
        ? [TargetLine(indicator: entry.indicator, target: nil)]
        : entry.targets.map { TargetLine(indicator: entry.indicator, target: $0) }
    }
    return CSVTable<TargetLine>.catalogue.bytes(
      rows + headings.map { TargetLine(indicator: nil, target: $0) })
  }

  /// `indicators`, each with its `targets`, and `headings`.
  public var json: JSONValue {
    .object([
      "indicators": .array(entries.map(json)), "headings": .array(headings.map(json)),
    ])
  }

  /// One indicator with its targets.
  public func json(_ entry: Entry) -> JSONValue {
    let indicator = entry.indicator
    return .object([
      "indicator": .string(indicator.code), "name_vi": .string(indicator.nameVietnamese),
      "name_en": .string(indicator.nameEnglish), "theme": .string(indicator.theme),
      "kind": .string(indicator.kind.rawValue),
      "unit_of_measure": .string(indicator.unitOfMeasure),
      "lower": indicator.bounds.lower.map { .number($0) } ?? .null,
      "upper": indicator.bounds.upper.map { .number($0) } ?? .null,
      "direction": .string(indicator.direction.rawValue),
      "aggregation": .string(indicator.aggregation.rawValue), "weight": .string(indicator.weight),
      "lowest_level": .string(indicator.lowestLevel.rawValue),
      "frequency": .string(indicator.frequency.rawValue),
      "settling_source": .string(indicator.settlingSource),
      "publication_lag_months": .integer(indicator.publicationLagMonths),
      "denominator": .string(indicator.denominator), "lead": .string(indicator.lead),
      "data_quality": .string(indicator.isWeaklyDefined ? "weak" : "good"),
      "note": .string(indicator.note), "targets": .array(entry.targets.map(json)),
    ])
  }

  private func json(_ target: Target) -> JSONValue {
    .object([
      "target_id": .string(target.id), "document": .string(target.document),
      "section": .string(target.section), "item_no": .string(target.itemNumber),
      "title_vi": .string(target.titleVietnamese), "title_en": .string(target.titleEnglish),
      "comparator": .string(target.comparator.rawValue), "printed": .string(target.printed),
      "value_low": target.value.map { .number($0) } ?? .null,
      "value_high": target.highValue.map { .number($0) } ?? .null,
      "unit_of_measure": .string(target.unitOfMeasure),
      "deadline": target.deadline.map { .string($0.description) } ?? .null,
      "denominator": .string(target.denominator), "conflict": .string(target.conflict),
      "lead": .string(target.lead), "co_leads": .array(target.coLeads.map { .string($0) }),
      "definition_version": .integer(target.definitionVersion),
      "uncertain": .array(target.uncertain.map { .string($0) }), "note": .string(target.note),
    ])
  }
}

/// A row of the listing as CSV.
private struct TargetLine: Sendable {
  let indicator: Indicator?
  let target: Target?
}

extension CSVTable where Row == TargetLine {
  fileprivate static var catalogue: CSVTable {
    func text(_ name: String, _ value: @escaping @Sendable (TargetLine) -> String) -> Column<Row> {
      Column(text: .string(name, ""), value)
    }
    return CSVTable(
      name: "catalogue.csv", description: "Indicators and their targets.", isSynthetic: false,
      columns: [
        text("indicator") { $0.indicator?.code ?? "" },
        text("name_vi") { $0.indicator?.nameVietnamese ?? $0.target?.titleVietnamese ?? "" },
        text("name_en") { $0.indicator?.nameEnglish ?? $0.target?.titleEnglish ?? "" },
        text("theme") { $0.indicator?.theme ?? "" },
        text("kind") { $0.indicator?.kind.rawValue ?? "heading" },
        text("unit_of_measure") { $0.indicator?.unitOfMeasure ?? "" },
        text("lowest_level") { $0.indicator?.lowestLevel.rawValue ?? "" },
        text("frequency") { $0.indicator?.frequency.rawValue ?? "" },
        text("lead") { $0.indicator?.lead ?? $0.target?.lead ?? "" },
        text("target_id") { $0.target?.id ?? "" },
        Column(day: .date("deadline", "")) { $0.target?.deadline },
        text("comparator") { $0.target?.comparator.rawValue ?? "" },
        Column(number: .value("value_low", "")) { $0.target?.value },
        Column(number: .value("value_high", "")) { $0.target?.highValue },
        text("value_printed") { $0.target?.printed ?? "" },
        text("uncertain") { $0.target?.uncertain.joined(separator: ";") ?? "" },
        text("note") { $0.target?.note ?? "" },
      ])
  }
}

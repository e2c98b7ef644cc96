import IndicatorStore
import Indicators
import Reports
import TimeSeries

/// Which indicators and targets of a catalogue are asked for.
struct CatalogueSelection {
  private let year: Int?
  private let theme: String?
  private let lead: String?
  private let kind: IndicatorKind?
  private let words: [String]

  /// Checks the filters against what the catalogue knows.
  ///
  /// - Throws: ``Failure`` with the nearest right name for a year, theme or lead that does not occur.
  init(
    _ catalogue: Catalogue, year: Int?, theme: String?, lead: String?, kind: IndicatorKind?,
    search: String?
  ) throws {
    let years = Set(catalogue.targets.compactMap { $0.deadline?.components.year }).sorted()
    if let year, !years.contains(year) {
      throw Failure(
        .usage,
        "no target is due in \(year)\n  fix: --year takes "
          + years.map(String.init).joined(separator: ", "))
    }
    let themes = Set(catalogue.indicators.map(\.theme)).subtracting([""]).sorted()
    if let theme, !themes.contains(theme) {
      throw Self.unknown("theme", theme, among: themes, showAll: true)
    }
    self.year = year
    self.theme = theme
    self.lead = try lead.map { try Self.organisation($0, in: catalogue) }
    self.kind = kind
    words = folded(search ?? "").split(whereSeparator: \.isWhitespace).map(String.init)
  }

  private static func organisation(_ text: String, in catalogue: Catalogue) throws -> String {
    let wanted = folded(text)
    let found = catalogue.organisations.first { organisation in
      [
        organisation.code, organisation.abbreviation, organisation.nameVietnamese,
        organisation.nameEnglish,
      ].contains { !$0.isEmpty && folded($0) == wanted }
    }
    if let found { return found.code }
    let leads = Set(
      catalogue.indicators.map(\.lead) + catalogue.targets.flatMap { [$0.lead] + $0.coLeads }
    ).subtracting([""]).sorted()
    if leads.contains(text) { return text }
    throw unknown("lead", text, among: leads, showAll: false)
  }

  private static func unknown(
    _ option: String, _ text: String, among names: [String], showAll: Bool
  ) -> Failure {
    let nearest = nearestName(to: text, among: names)
    let fix =
      nearest.map { "--\(option) \($0), if that is meant" }
      ?? (showAll
        ? "--\(option) takes \(names.joined(separator: ", "))"
        : "use a code of organisations.csv, such as \(names.first ?? "so_khcn")")
    return Failure(.usage, "there is no \(option) \(quoted(text)) in the catalogue\n  fix: \(fix)")
  }

  /// What is asked for, in the order of the catalogue.
  func listing(of catalogue: Catalogue) -> CatalogueListing {
    let entries = catalogue.indicators.compactMap { indicator -> CatalogueListing.Entry? in
      let chain = catalogue.chain(of: indicator.code)
      let due = chain.filter { year == nil || $0.deadline?.components.year == year }
      guard year == nil || !due.isEmpty, theme == nil || indicator.theme == theme,
        kind == nil || indicator.kind == kind, isLed(indicator, due),
        isFound(
          [indicator.code, indicator.nameVietnamese, indicator.nameEnglish]
            + chain.flatMap { [$0.titleVietnamese, $0.titleEnglish] })
      else { return nil }
      return CatalogueListing.Entry(indicator: indicator, targets: due)
    }
    let headings = catalogue.targets.filter { target in
      target.comparator == .heading && theme == nil && (kind == nil || kind == .heading)
        && (year == nil || target.deadline?.components.year == year)
        && (lead.map { ([target.lead] + target.coLeads).contains($0) } ?? true)
        && isFound([target.id, target.titleVietnamese, target.titleEnglish])
    }
    return CatalogueListing(
      entries: entries, headings: headings, organisations: catalogue.organisations)
  }

  private func isLed(_ indicator: Indicator, _ targets: [Target]) -> Bool {
    guard let lead else { return true }
    return indicator.lead == lead
      || targets.contains { $0.lead == lead || $0.coLeads.contains(lead) }
  }

  private func isFound(_ texts: [String]) -> Bool {
    guard !words.isEmpty else { return true }
    let text = folded(texts.joined(separator: " "))
    return words.allSatisfy { text.contains($0) }
  }
}

/// `1 indicator`, `2 indicators`.
func counted(_ number: Int, _ noun: String) -> String {
  "\(number) \(noun)\(number == 1 ? "" : "s")"
}

import ArgumentParser
import IndicatorStore
import Indicators
import Reports

/// What is measured and promised: the indicators and their targets.
struct CatalogueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "List indicators and their targets, or show one with its chain of targets.",
    discussion: """
      Filters narrow the list together. --search takes words of the code, the names or the titles, with \
      or without diacritics.

      Examples:
        vedich catalogue --year 2030 --theme digital_society
        vedich catalogue --search "chu ky so"
        vedich catalogue show digital_economy_share
      """,
    subcommands: [Show.self])

  @Option(help: "Only targets due in this year, such as 2026, 2030 or 2045.")
  var year: Int?
  @Option(help: "Only this theme, such as digital_society.")
  var theme: String?
  @Option(help: "Only what this organisation leads: its code or its abbreviation.")
  var lead: String?
  @Option(help: "Only this kind.")
  var kind: IndicatorKind?
  @Option(help: "Only what has these words in its code, names or titles.")
  var search: String?
  @OptionGroup var place: WorkspaceOptions
  @OptionGroup var form: CatalogueForm

  func run() async throws {
    try await reportingFailures {
      let catalogue = try place.catalogue()
      let selection = try CatalogueSelection(
        catalogue, year: year, theme: theme, lead: lead, kind: kind, search: search)
      let listing = selection.listing(of: catalogue)
      guard !listing.entries.isEmpty || !listing.headings.isEmpty else {
        throw Failure(.incomplete, "no indicator of the catalogue fits")
      }
      switch form.format {
      case .table:
        try Console.write(listing.text(form.wording, width: Terminal.width))
      case .csv: try Console.write(listing.csv)
      case .json: try Console.write(listing.json.bytes())
      }
      let targets = listing.entries.reduce(0) { $0 + $1.targets.count }
      Console.note(
        "\(counted(listing.entries.count, "indicator")), \(counted(targets, "target"))"
          + (listing.headings.isEmpty ? "" : ", \(counted(listing.headings.count, "heading"))"))
    }
  }

  /// One indicator.
  struct Show: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show",
      abstract: "Show one indicator: what is known of it, and its targets 2026 → 2030 → 2045.",
      discussion: """
        A target is shown as it was read and as the plan prints it, with what is unclear about it: the \
        codes are those of the ambiguities in the README of the reference data.

        Example:
          vedich catalogue show digital_economy_share --language en
        """)

    @Argument(help: "The code of the indicator.")
    var indicator: String
    @OptionGroup var place: WorkspaceOptions
    @OptionGroup var form: CatalogueForm

    func run() async throws {
      try await reportingFailures {
        let catalogue = try place.catalogue()
        guard let found = catalogue.indicator(indicator) else {
          let nearest = nearestName(to: indicator, among: catalogue.indicators.map(\.code))
          throw Failure(
            .usage,
            "there is no indicator \(quoted(indicator)) in the catalogue\n  fix: "
              + (nearest.map { "vedich catalogue show \($0), if that is meant" }
                ?? "vedich catalogue lists the codes, --search finds words of a name"))
        }
        let entry = CatalogueListing.Entry(
          indicator: found, targets: catalogue.chain(of: found.code))
        let listing = CatalogueListing(entries: [entry], organisations: catalogue.organisations)
        switch form.format {
        case .table: try Console.write(listing.text(entry, form.wording, width: Terminal.width))
        case .csv: try Console.write(listing.csv)
        case .json: try Console.write(listing.json(entry).bytes())
        }
      }
    }
  }
}

/// How the catalogue is written.
struct CatalogueForm: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table
    case csv
    case json
  }

  @Option(help: "How to write it.")
  var format = Format.table
  @Option(help: "The language of the table.")
  var language = Language.vietnamese

  var wording: Wording { Wording(language) }
}

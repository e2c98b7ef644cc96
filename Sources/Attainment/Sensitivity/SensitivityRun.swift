import Forecasting
import Indicators
import TimeSeries

/// The whole question of one driver and denominator, indicator by indicator.
public struct SensitivityRun: Sendable {
  let input: AssessmentInput
  let settings: AssessmentSettings
  let question: SensitivityQuestion

  /// Prepares a run.
  public init(
    input: AssessmentInput, settings: AssessmentSettings, question: SensitivityQuestion
  ) {
    self.input = input
    self.settings = settings
    self.question = question
  }

  /// Answers for every indicator that has values.
  ///
  /// - Parameter progress: Told the indicator's code, how many were begun and how many there are.
  /// - Returns: The rows of every output.
  public func run(
    progress: @escaping @Sendable (_ indicator: String, _ index: Int, _ count: Int) -> Void = {
      _, _, _ in
    }
  ) async -> SensitivityResult {
    let byIndicator = Dictionary(grouping: input.observations, by: \.indicator)
    let revisions = Dictionary(grouping: input.revisions, by: \.indicator)
    let codes = byIndicator.keys.filter { input.catalogue.indicator($0) != nil }
      .sorted { (byIndicator[$1]?.count ?? 0, $0) < (byIndicator[$0]?.count ?? 0, $1) }
    var parts: [String: IndicatorSensitivity.Part] = [:]
    await inOrder(codes.count, width: settings.threads) { place in
      progress(codes[place], place + 1, codes.count)
      return (
        codes[place],
        part(codes[place], byIndicator[codes[place]] ?? [], revisions[codes[place]] ?? [])
      )
    } take: { code, part in
      if let part { parts[code] = part }
    }
    var result = SensitivityResult()
    var portfolio = Portfolio(question: question, settings: settings, province: province)
    for code in codes.sorted() {
      guard let part = parts[code] else { continue }
      if let effect = part.effect { result.effects.append(effect) }
      result.rows += part.rows
      result.breakEvens += part.breakEvens
      result.tornado += part.tornado
      for met in part.met { portfolio.add(met, assumption: part.assumption) }
    }
    result.portfolio = portfolio.rows()
    return result
  }

  private var province: String {
    input.catalogue.units.last { $0.level == .province }?.code ?? ""
  }

  private func part(
    _ code: String, _ observations: [Observation], _ revisions: [AssessmentInput.Revision]
  ) -> IndicatorSensitivity.Part? {
    guard let indicator = input.catalogue.indicator(code) else { return nil }
    let panel = IndicatorPanel(
      indicator: indicator, observations: observations,
      revisions: revisions.map { ($0.unit, $0.first, $0.last) }, catalogue: input.catalogue,
      origin: settings.origin)
    return IndicatorSensitivity(
      catalogue: input.catalogue, baseline: BaselinePaths(panel: panel, settings: settings),
      settings: settings, question: question, province: province
    ).run()
  }
}

/// Counts, path by path, how many of the province's targets are met at each share.
struct Portfolio {
  let question: SensitivityQuestion
  let settings: AssessmentSettings
  let province: String
  private var counts: [Int: [[Int32]]] = [:]
  private var targets: [Int: Int] = [:]
  private var moved: [Int: Int] = [:]
  /// By year: the share's place and the target that becomes likely there.
  private var likely: [Int: [(place: Int, target: String)]] = [:]
  private var assumptions: Set<String> = []

  /// The probability from which a target counts as likely (the table of words).
  static let likelyProbability = 0.66

  init(question: SensitivityQuestion, settings: AssessmentSettings, province: String) {
    self.question = question
    self.settings = settings
    self.province = province
  }

  mutating func add(_ met: IndicatorSensitivity.Met, assumption: String) {
    guard let year = met.target.deadline?.components.year else { return }
    let shares = question.grid.shares.count
    var own =
      counts.removeValue(forKey: year)
      ?? Array(repeating: Array(repeating: 0, count: settings.pathCount), count: shares)
    for place in 0..<shares {
      let row = met.byShare[met.byShare.count == 1 ? 0 : place]
      for path in row.indices where row[path] { own[place][path] += 1 }
    }
    counts[year] = own
    targets[year, default: 0] += 1
    guard met.isMoved else { return }
    moved[year, default: 0] += 1
    if !assumption.isEmpty { assumptions.insert(assumption) }
    if let place = met.probabilities.firstIndex(where: { $0 >= Self.likelyProbability }), place > 0
    {
      likely[year, default: []].append((place, met.target.id))
    }
  }

  func rows() -> [PortfolioRow] {
    counts.keys.sorted().flatMap { year in
      question.grid.shares.indices.map { place in
        let sorted = (counts[year]?[place] ?? []).sorted()
        func quantile(_ probability: Double) -> Int {
          Int(sorted[max(1, Int((probability * Double(sorted.count)).rounded(.up))) - 1])
        }
        let share = question.grid.shares[place]
        return PortfolioRow(
          driver: question.driver.driver, denominator: question.driver.denominator, year: year,
          share: share, targets: targets[year] ?? 0, movedTargets: moved[year] ?? 0,
          expected: sorted.reduce(0) { $0 + Double($1) } / Double(max(1, sorted.count)),
          p10: quantile(0.1), p90: quantile(0.9),
          cost: question.budget.cost(
            share: share, unit: province, year: year, denominator: question.driver.denominator),
          firstLikely: (likely[year] ?? []).filter { $0.place == place }.map(\.target).sorted(),
          assumption: assumptions.sorted().joined(separator: "; "),
          isSynthetic: settings.isSynthetic)
      }
    }
  }
}

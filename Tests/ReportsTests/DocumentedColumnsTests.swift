import Attainment
import Foundation
import Indicators
import Reports
import TestSupport
import Testing

@Suite("Columns in docs/files.md")
struct DocumentedColumnsTests {
  static let schemas: [TableSchema] = [
    CSVTable<ProjectionRow>.projections(isSynthetic: true).schema,
    CSVTable<TargetAttainment>.attainment(isSynthetic: true).schema,
    CSVTable<ContributionRow>.contributions(isSynthetic: true).schema,
    CSVTable<UnitCount>.unitCounts(isSynthetic: true).schema,
    CSVTable<PlannerRow>.planner(isSynthetic: true).schema,
    CSVTable<AllocationRow>.allocation(isSynthetic: true).schema,
    CSVTable<PriorityRow>.priorities(isSynthetic: true).schema,
    CSVTable<EarlyWarning>.warnings(isSynthetic: true).schema,
    CSVTable<TaskAlert>.alerts(isSynthetic: true).schema,
    CSVTable<CalibrationRow>.calibration(isSynthetic: true).schema,
    CSVTable<ReliabilityRow>.reliability(isSynthetic: true).schema,
    CSVTable<ReconciliationRow>.reconciliation(isSynthetic: true).schema,
    CSVTable<TargetCount>.targetCounts(isSynthetic: true).schema,
    CSVTable<DataQualityRow>.dataQuality(isSynthetic: true).schema,
    CSVTable<Diagnostic>.rejected(isSynthetic: true).schema,
    CSVTable<EffectRow>.effects(isSynthetic: true, wording: Wording()).schema,
    CSVTable<SensitivityRow>.sensitivity(isSynthetic: true, wording: Wording()).schema,
    CSVTable<BreakEvenRow>.breakEven(isSynthetic: true, wording: Wording()).schema,
    CSVTable<PortfolioRow>.portfolio(isSynthetic: true, wording: Wording()).schema,
    CSVTable<TornadoRow>.tornado(isSynthetic: true, wording: Wording()).schema,
    CSVTable<ScenarioRow>.scenarios(isSynthetic: true, wording: Wording()).schema,
    CSVTable<ScenarioCountRow>.scenarioCounts(isSynthetic: true).schema,
  ]

  @Test("every column of an output stands under the name of its file", arguments: schemas)
  func columns(schema: TableSchema) throws {
    let text = try String(
      contentsOf: Files.repository.appending(path: "docs/files.md"), encoding: .utf8)
    let sections = text.components(separatedBy: "\n### ")
    let section = try #require(
      sections.first { $0.hasPrefix("`\(schema.name)`") }, "no section on \(schema.name)")
    let missing = schema.fields.map(\.name).filter { !section.contains("`\($0)`") }
    #expect(missing.isEmpty, "\(schema.name)")
  }
}

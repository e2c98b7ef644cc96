public import Indicators
import TimeSeries

/// The synthetic province "Tỉnh Mẫu": invented units and numbers on the real targets and tasks.
///
/// Nothing here stands for a real place: a real commune must never stand in red on invented numbers.
/// The process is described in the `README.md` that ``generate(seed:catalogue:)`` writes.
public enum DemoProvince {
  /// Generates the whole dataset; the same seed gives the same bytes.
  ///
  /// - Parameters:
  ///   - seed: Any number; the bundled data have 2026.
  ///   - catalogue: The reference data: the targets whose outcome is told, the tasks reported on and
  ///     the direction of the indicators.
  /// - Returns: Complete CSV and Markdown texts, UTF-8, NFC, LF.
  public static func generate(seed: UInt64, catalogue: Catalogue) -> DemoDataset {
    let streams = Streams(seed: seed)
    let world = DemoWorld(streams: streams)
    let points = StartingPoints(world: world)
    let truth = TruthFiles(world: world)
    let assignments = points.assignments(catalogue.targets)
    return DemoDataset(files: [
      ("README.md", DemoReadme.text(seed: seed, world: world)),
      ("units.csv", DemoGeography.file(world.units)),
      ("observations.csv", ObservationFile.text(world)),
      ("baselines.csv", points.baselines()),
      ("assignments.csv", StartingPoints.file(assignments)),
      ("task_reports.csv", TaskReports(streams: streams).file(catalogue.tasks)),
      ("drivers.csv", world.drivers.drivers(world)),
      ("budget.csv", world.drivers.budget(world)),
      ("scenarios.yaml", DemoScenarios.text),
      ("truth.csv", truth.values()),
      ("truth_outcomes.csv", truth.outcomes(catalogue, assignments: assignments)),
      ("truth_parameters.csv", truth.parameters()),
    ])
  }
}

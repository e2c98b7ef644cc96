import Foundation
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

@Suite("The same numbers whatever the order, the threads, the process")
struct EngineDeterminismTests {
  private static let units = EngineFixture.communes(37)

  private struct Workspace {
    var catalogue: Catalogue
    var observations: [Observation]

    func fingerprint(threads: Int, seed: UInt64 = 2026) async throws -> [String] {
      await Assessment(
        input: AssessmentInput(
          catalogue: catalogue, observations: observations,
          revisions: observations.prefix(40).map {
            .init(
              indicator: $0.indicator, unit: $0.unit, first: $0.value + 1, last: $0.value)
          }),
        settings: try EngineFixture.settings(
          threads: threads, paths: 101, seed: seed, fineUntil: "2027-03", yearlyUntil: "2030-12")
      ).run().fingerprint
    }
  }

  /// A share with gaps and an unpublished province, a count, an annual share with estimates, a rank.
  private static func workspace() throws -> Workspace {
    var share = try EngineFixture.walks(units, months: 16)
    share.removeAll { $0.unit == "U107" && $0.period.positionInYear == 5 }
    share.removeAll { $0.unit == "U120" && $0.period.ordinal > 12 * 2026 + 6 }
    var count: [Observation] = []
    for (index, unit) in units.enumerated() {
      let pace = Double(2 + index % 5)
      let values = (6..<22).map { month in pace * Double(month % 12 + 1) }
      count += try EngineFixture.observations("count", unit: unit.code, from: "2025-07", values)
    }
    count.removeAll { $0.unit == "U111" && $0.period.ordinal > 12 * 2026 + 7 }
    let yearly = try EngineFixture.observations(
      "economy", unit: "P", from: "2017", [8, 9, 9.5, 11, 12, 12.4, 13.9, 15, 16])
    let estimates = try EngineFixture.observations(
      "economy", unit: "P", from: "2026-02", [16.4, 16.5, 16.9], status: .estimate)
    let ranks = try EngineFixture.observations(
      "rank", unit: "P", from: "2019", [40, 35, 36, 30, 22, 25, 19])
    let indicators: [Indicator] = [
      EngineFixture.share(),
      Indicator(
        code: "count", kind: .yearToDateCount, bounds: Bounds(lower: 0, upper: nil),
        aggregation: .sum, lowestLevel: .commune),
      Indicator(code: "economy", kind: .annual, bounds: Bounds(lower: 0, upper: 100)),
      Indicator(
        code: "rank", kind: .rank, bounds: Bounds(lower: 1, upper: 34), direction: .down),
    ]
    let targets: [Target] = try [
      EngineFixture.target("a", .atLeast, 60),
      EngineFixture.target("b", .atLeast, 70, by: "2030-12-31"),
      EngineFixture.target("c", .atLeast, 900, indicator: "count"),
      EngineFixture.target("d", .range, 17, high: 19, indicator: "economy"),
      EngineFixture.target("e", .equal, 15, by: "2030-12-31", indicator: "rank"),
      EngineFixture.target("f", .atLeast, 900, by: "2030-12-31", indicator: "count"),
    ]
    return Workspace(
      catalogue: Catalogue(
        indicators: indicators, targets: targets, units: [EngineFixture.province] + units,
        assignments: [
          Assignment(target: "a", unit: "U104", year: 2026, value: 50),
          Assignment(target: "b", unit: "U104", year: 2030, value: 65),
        ]),
      observations: share + count + yearly + estimates + ranks)
  }

  @Test func threadsChangeNothing() async throws {
    let workspace = try Self.workspace()
    let one = try await workspace.fingerprint(threads: 1)
    #expect(one.count > 1000)
    for threads in [2, 5] {
      #expect(try await workspace.fingerprint(threads: threads) == one)
    }
    // The comparison can tell a difference.
    #expect(try await workspace.fingerprint(threads: 2, seed: 2027) != one)
  }

  @Test func theOrderOfRowsChangesNothing() async throws {
    let workspace = try Self.workspace()
    let expected = try await workspace.fingerprint(threads: 2)
    var numbers = TestNumbers(seed: 11)
    var shuffled = workspace
    shuffled.observations = numbers.shuffled(workspace.observations)
    // The revisions of Workspace are a prefix: the same ones, in another order of observations.
    let revised = workspace.observations.prefix(40)
    shuffled.observations =
      numbers.shuffled(Array(revised))
      + shuffled.observations.filter { !revised.contains($0) }
    #expect(try await shuffled.fingerprint(threads: 2) == expected)
    shuffled.catalogue.indicators = numbers.shuffled(workspace.catalogue.indicators)
    shuffled.catalogue.targets = numbers.shuffled(workspace.catalogue.targets)
    shuffled.catalogue.units = numbers.shuffled(workspace.catalogue.units)
    shuffled.catalogue.assignments.reverse()
    #expect(try await shuffled.fingerprint(threads: 5) == expected)
  }

  @Test func aUnitsPathsDoNotDependOnWhoElseIsAskedAbout() async throws {
    let workspace = try Self.workspace()
    var fewer = workspace
    fewer.catalogue.targets.removeAll { $0.indicator == "share" }
    fewer.catalogue.indicators.removeAll { $0.code == "rank" }
    let lines = { (workspace: Workspace) in
      try await workspace.fingerprint(threads: 2)
        .filter { $0.hasPrefix("ProjectionRow(indicator: \"share\"") }
    }
    #expect(try await lines(fewer) == lines(workspace))
  }

  /// Every process hashes with a seed of its own, so that an order taken from a dictionary would show.
  @Test func twoProcessesGiveTheSameNumbers() async throws {
    guard let child = ProcessInfo.processInfo.environment["VEDICH_FINGERPRINT"] else {
      let expected = try await Self.workspace().fingerprint(threads: 2)
      let file = FileManager.default.temporaryDirectory
        .appending(path: "vedich-fingerprint-\(ProcessInfo.processInfo.processIdentifier)")
      defer { try? FileManager.default.removeItem(at: file) }
      let process = Process()
      process.executableURL =
        URL(filePath: CommandLine.arguments[0])
        .standardizedFileURL
      process.arguments =
        CommandLine.arguments.dropFirst().filter { !$0.hasPrefix("--filter") }
        + ["--filter", "twoProcessesGiveTheSameNumbers"]
      process.environment = ProcessInfo.processInfo.environment.merging(
        ["VEDICH_FINGERPRINT": file.path]) { $1 }
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      let found = try String(contentsOf: file, encoding: .utf8)
      #expect(found == expected.joined(separator: "\n"))
      return
    }
    let lines = try await Self.workspace().fingerprint(threads: 1)
    try lines.joined(separator: "\n").write(
      to: URL(filePath: child), atomically: true, encoding: .utf8)
  }
}

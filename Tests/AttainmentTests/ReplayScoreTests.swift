import Forecasting
import Foundation
import Indicators
import TestSupport
import Testing
import TimeSeries

@testable import Attainment

/// The shared development questions; their outcomes are read here and nowhere else.
@Suite("Replay on the shared questions") struct ReplayScoreTests {
  private struct Case {
    var question: PastQuestion
    var isAttained: Bool
  }

  private static func rows(_ name: String, in folder: URL) throws -> [[String: String]] {
    let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    let header = try #require(lines.first)
    return lines.dropFirst().map { line in
      Dictionary(zip(header, line)) { first, _ in first }
    }
  }

  private static func period(_ text: String?) throws -> Period {
    try #require(text.flatMap { Period($0) }, "\(text ?? "") is no period")
  }

  private static func comparator(_ text: String?) throws -> Indicators.Comparator {
    let comparator = Indicators.Comparator(rawValue: text ?? "")
    return try #require(comparator)
  }

  private static func load(_ folder: URL) throws -> (series: [PastSeries], cases: [Case]) {
    var values: [String: [PastSeries.DatedValue]] = [:]
    for row in try rows("history.csv", in: folder) {
      guard let id = row["series_id"], let value = row["value"].flatMap({ Double($0) }) else {
        continue
      }
      values[id, default: []].append(
        .init(period: try period(row["period"]), value: value))
    }
    let frequencies: [String: Frequency] = ["M": .month, "Q": .quarter, "Y": .year]
    let series = try rows("series.csv", in: folder).map { row in
      let id = try #require(row["series_id"])
      return PastSeries(
        id: id, panel: "\(row["panel"] ?? "")|\(row["indicator"] ?? "")",
        family: row["panel"] ?? "",
        range: ValueRange(lower: 0, upper: row["upper"].flatMap { Double($0) }),
        values: values[id] ?? [], frequency: try #require(frequencies[row["freq"] ?? ""]),
        direction: row["direction"] == "down" ? .down : .up)
    }
    let cases = try rows("cases.csv", in: folder).map { row in
      Case(
        question: PastQuestion(
          id: row["case_id"] ?? "", series: row["series_id"] ?? "",
          cutoff: try period(row["cutoff"]),
          target: try #require(row["target"].flatMap { Double($0) }),
          deadline: try period(row["target_period"]),
          comparator: try comparator(row["comparator"])),
        isAttained: row["attained"] == "1")
    }
    return (series, cases)
  }

  /// 0.2485 and 0.690 are the scores of always saying the base rate, 0.2340 and 0.661 those of the
  /// linear-extrapolation status turned into its past frequency (peers.md beside the data).
  @Test func theDefaultBeatsTheBaseRateAndTheExtrapolatedStatus() async throws {
    guard let data = Files.sharedData else {
      print("ReplayScoreTests: VEDICH_SHARED_DATA is absent, the shared questions were not asked")
      return
    }
    let (series, cases) = try Self.load(data.appending(path: "attainment"))
    #expect(cases.count > 1000)
    let replay = Replay(series: series)
    let answers = await replay.answer(cases.map(\.question))
    var brier = 0.0
    var logs = 0.0
    for (one, answer) in zip(cases, answers) {
      let probability = try #require(answer)
      #expect(probability > 0 && probability < 1)
      brier += (probability - (one.isAttained ? 1 : 0)) * (probability - (one.isAttained ? 1 : 0))
      logs -= log(one.isAttained ? probability : 1 - probability)
    }
    let count = Double(cases.count)
    let share = Double(cases.count { $0.isAttained }) / count
    // The base rate scores what the files' own description says, so the questions are the same.
    #expect(abs(share * (1 - share) - 0.2485) < 0.0001)
    print("ReplayScoreTests: Brier \(brier / count), log \(logs / count), \(cases.count) questions")
    #expect(brier / count < 0.2340 && brier / count < share * (1 - share))
    #expect(logs / count < 0.661 && logs / count < 0.690)
    // The mean of the nine standard methods of peers.md has 0.2077 and 0.623: half of the way from there to what the inside view
    // has here (0.180 and 0.55) is the least that a change may leave.
    #expect(brier / count < 0.194 && logs / count < 0.587)

    // The same answers from a file cut at each question's cutoff.
    for cutoff in Set(cases.map(\.question.cutoff)).sorted().prefix(2) {
      let cut = series.map { one in
        var known = one
        known.values.removeAll { $0.period.lastMonthOrdinal > cutoff.lastMonthOrdinal }
        return known
      }
      let indices = cases.indices.filter { cases[$0].question.cutoff == cutoff }
      let again = await Replay(series: cut).answer(indices.map { cases[$0].question })
      #expect(again == indices.map { answers[$0] })
    }
  }

  /// The generated sources hold what `vedich fit-prior` finds in these questions.
  @Test func theCommittedCoefficientsAreLearnedFromTheseQuestions() async throws {
    guard let data = Files.sharedData else {
      print("ReplayScoreTests: VEDICH_SHARED_DATA is absent, no coefficients were learned")
      return
    }
    let (series, cases) = try Self.load(data.appending(path: "attainment"))
    let fitting = await PriorFitting(
      Replay(series: series), questions: cases.map(\.question), attained: cases.map(\.isAttained))
    let sets = try #require(fitting.sets())
    func expectEqual(_ found: [Double], _ map: MonotoneMap, _ label: String) {
      #expect(found.count == map.numbers.count)
      // Written with seven digits; another processor's BLAS moves the last ones of an iterated fit.
      for (ours, committed) in zip(found, map.numbers) {
        expectClose(ours, committed, relative: 1e-5, absolute: 1e-6, label)
      }
    }
    expectEqual(sets.all, LearnedCoefficients.all, "all")
    #expect(sets.withoutSource.map(\.name) == LearnedCoefficients.withoutSource.map(\.name))
    for (found, committed) in zip(sets.withoutSource, LearnedCoefficients.withoutSource) {
      expectEqual(found.numbers, committed.map, committed.name)
    }
    #expect(sets.withoutPanel.map(\.name) == LearnedCoefficients.withoutPanel.map(\.name))
    for (found, committed) in zip(sets.withoutPanel, LearnedCoefficients.withoutPanel) {
      expectEqual(found.numbers, committed.map, committed.name)
    }
    #expect(sets.before.map(\.month) == LearnedCoefficients.before.map(\.month))
    for (found, committed) in zip(sets.before, LearnedCoefficients.before) {
      expectEqual(found.numbers, committed.map, "\(committed.month)")
    }
  }

  /// With whole sources left out: 0.172 and 0.522 are what the product asks for.
  @Test func leftOutSourcesAreAnsweredBetterThanTheBaseRate() async throws {
    guard let data = Files.sharedData else {
      print("ReplayScoreTests: VEDICH_SHARED_DATA is absent, no source was left out")
      return
    }
    let (series, cases) = try Self.load(data.appending(path: "attainment"))
    let panels = Dictionary(series.map { ($0.id, $0.panel) }) { first, _ in first }
    var brier = 0.0
    var logs = 0.0
    for source in ["fr", "in", "my", "net"] {
      let asked = cases.filter { panels[$0.question.series]?.hasPrefix(source + "_") == true }
      var settings = ReplaySettings()
      settings.prior = .without(source: source)
      let answers = await Replay(series: series, settings: settings).answer(asked.map(\.question))
      for (one, answer) in zip(asked, answers) {
        let probability = try #require(answer)
        let miss = probability - (one.isAttained ? 1 : 0)
        brier += miss * miss
        logs -= log(one.isAttained ? probability : 1 - probability)
      }
    }
    let count = Double(cases.count)
    print("ReplayScoreTests: sources left out: Brier \(brier / count), log \(logs / count)")
    #expect(brier / count <= 0.172)
    #expect(logs / count <= 0.522)
  }
}

import Attainment
import Forecasting
import Indicators
import Testing
import TimeSeries

@Suite("Past questions are answered from their past")
struct ReplayTests {
  private static let share = ValueRange(lower: 0, upper: 100)

  /// Eight units of one panel, rising by one or two points a month from 2022-01 on, with noise.
  private static func panel(
    months: Int = 30, range: ValueRange = share, frequency: Frequency = .month
  ) throws -> [PastSeries] {
    var numbers = TestNumbers(seed: 5)
    let start = try period("2022-01")
    return (0..<8).map { unit in
      var level = 20 + 10 * numbers.next()
      let values = (0..<months).map { month in
        level += 1 + 2 * (numbers.next() - 0.5) + 0.1 * Double(unit)
        return PastSeries.DatedValue(period: start.advanced(by: month), value: level)
      }
      return PastSeries(
        id: "s\(unit)", panel: "p", range: range, values: values, frequency: frequency)
    }
  }

  private static func question(
    _ series: String, at cutoff: String, _ comparator: Comparator = .atLeast, _ target: Double,
    by deadline: String
  ) throws -> PastQuestion {
    PastQuestion(
      id: "q", series: series, cutoff: try period(cutoff), target: target,
      deadline: try period(deadline), comparator: comparator)
  }

  /// Questions of every comparator about every unit, at several cutoffs and horizons.
  private static func questions() throws -> [PastQuestion] {
    var questions: [PastQuestion] = []
    for unit in 0..<8 {
      for cutoff in ["2022-04", "2023-01", "2023-07"] {
        for deadline in ["2023-09", "2024-06"] {
          for (comparator, target) in [(Comparator.atLeast, 45.0), (.atMost, 45), (.equal, 60)] {
            questions.append(
              try question("s\(unit)", at: cutoff, comparator, target, by: deadline))
          }
        }
      }
    }
    return questions
  }

  @Test func answersAreOpenProbabilities() async throws {
    for answer in await Replay(series: try Self.panel()).answer(try Self.questions()) {
      let probability = try #require(answer)
      #expect(probability > 0 && probability < 1)
    }
  }

  @Test func onlyValuesUpToTheCutoffAreUsed() async throws {
    let series = try Self.panel()
    let questions = try Self.questions()
    let honest = await Replay(series: series).answer(questions)
    for cutoff in Set(questions.map(\.cutoff)).sorted() {
      var changed = series
      for unit in changed.indices {
        // Changed, dropped, or doubled in number: whatever lies after the cutoff.
        changed[unit].values = changed[unit].values.compactMap { value in
          guard value.period > cutoff else { return value }
          return unit % 3 == 0
            ? nil : PastSeries.DatedValue(period: value.period, value: Double(unit % 2) * 99)
        }
      }
      let answers = await Replay(series: changed).answer(questions)
      for (index, question) in questions.enumerated() where question.cutoff == cutoff {
        #expect(answers[index] == honest[index])
      }
      #expect(answers != honest || cutoff == questions.map(\.cutoff).max())
    }
  }

  @Test func orderThreadsAndCompanyChangeNoAnswer() async throws {
    let series = try Self.panel()
    let questions = try Self.questions()
    let expected = await Replay(series: series).answer(questions, threads: 1)
    var numbers = TestNumbers(seed: 9)
    let shuffled = numbers.shuffled(series).map { one in
      var other = one
      other.values = numbers.shuffled(one.values)
      return other
    }
    #expect(await Replay(series: shuffled).answer(questions, threads: 5) == expected)
    let order = numbers.shuffled(Array(questions.indices))
    let answers = await Replay(series: series).answer(order.map { questions[$0] }, threads: 2)
    #expect(answers == order.map { expected[$0] })
    for index in [0, 17, 100] {
      let alone = await Replay(series: series).answer([questions[index]])
      let probability = try #require(alone[0])
      let company = try #require(expected[index])
      // Other horizons asked about give the panel other windows, and only those.
      #expect(abs(probability - company) < 0.1)
    }
  }

  @Test func aMonthInsideAQuarterCountsInItsQuarterAndTheLastOneWins() async throws {
    func series(_ values: [(String, Double)]) throws -> PastSeries {
      PastSeries(
        id: "s", panel: "", range: Self.share,
        values: try values.map { .init(period: try period($0.0), value: $0.1) },
        frequency: .quarter)
    }
    let base: [(String, Double)] = [
      ("2021-03", 20), ("2021-06", 22), ("2021-09", 25), ("2021-12", 26), ("2022-03", 29),
      ("2022-06", 31), ("2022-09", 33),
    ]
    func ask(_ values: [(String, Double)]) async throws -> Double? {
      await Replay(series: [try series(values)]).answer([
        try Self.question("s", at: "2022-12", .atLeast, 38, by: "2023-06")
      ])[0]
    }
    let expected = try #require(try await ask(base + [("2022-11", 36)]))
    // The same quarter, named by another month or by itself.
    #expect(try await ask(base + [("2022-10", 36)]) == expected)
    #expect(try await ask(base + [("2022-Q4", 36)]) == expected)
    // The last month given counts, in whatever order the file has them.
    #expect(try await ask(base + [("2022-10", 10), ("2022-11", 36)]) == expected)
    #expect(try await ask([("2022-11", 36), ("2022-10", 10)] + base) == expected)
    #expect(try await ask(base + [("2022-11", 36), ("2022-12", 30)]) != expected)
    // A missing quarter is missing: neither 0 nor the one before.
    let gap = try #require(try await ask(base.filter { $0.0 != "2022-03" } + [("2022-11", 36)]))
    #expect(gap != expected && abs(gap - expected) < 0.15)
    // After the cutoff, even in the cutoff's own quarter, nothing is known.
    func early(_ values: [(String, Double)]) async throws -> Double? {
      await Replay(series: [try series(values)]).answer([
        try Self.question("s", at: "2022-10", .atLeast, 38, by: "2023-06")
      ])[0]
    }
    #expect(
      try await early(base + [("2022-10", 34), ("2022-11", 90)]) == early(base + [("2022-10", 34)]))
  }

  @Test func aKnownValueIsCertainAndAnUnfinishedQuarterIsNot() async throws {
    let series = try Self.panel()
    let at = { (deadline: String) in
      try #require(
        try series[0].values.first { $0.period == (try period(deadline)) }
      ).value
    }
    let before = try at("2022-08")
    let answers = await Replay(series: series).answer([
      try Self.question("s0", at: "2023-01", .atLeast, before, by: "2022-08"),
      try Self.question("s0", at: "2023-01", .moreThan, before, by: "2022-08"),
      try Self.question("s0", at: "2023-01", .atMost, before, by: "2022-08"),
      // The value at the deadline, not the last one known.
      try Self.question("s0", at: "2023-01", .atLeast, before + 0.01, by: "2022-08"),
    ])
    #expect(answers == [1, 0, 1, 0])
    let quarter = PastSeries(
      id: "q", panel: "", range: Self.share,
      values: try [("2022-03", 20.0), ("2022-06", 25), ("2022-07", 40)].map {
        .init(period: try period($0.0), value: $0.1)
      }, frequency: .quarter)
    let open = await Replay(series: [quarter]).answer([
      try Self.question("q", at: "2022-07", .atLeast, 30, by: "2022-09"),
      try Self.question("q", at: "2022-09", .atLeast, 30, by: "2022-09"),
    ])
    expectInside(open[0], 0.9...0.9999)
    #expect(open[1] == 1)
  }

  @Test func atMostIsTheOtherSideOfMoreThan() async throws {
    let replay = Replay(series: try Self.panel())
    let answers = await replay.answer([
      try Self.question("s0", at: "2023-01", .atMost, 45, by: "2023-12"),
      try Self.question("s0", at: "2023-01", .moreThan, 45, by: "2023-12"),
      try Self.question("s0", at: "2023-01", .lessThan, 45, by: "2023-12"),
      try Self.question("s0", at: "2023-01", .atLeast, 45, by: "2023-12"),
      try Self.question("s0", at: "2023-01", .atLeast, 55, by: "2023-12"),
      try Self.question("s0", at: "2023-01", .atMost, 55, by: "2023-12"),
    ])
    let known = answers.compactMap { $0 }
    #expect(known.count == 6)
    #expect(abs(known[0] + known[1] - 1) < 1e-12 && abs(known[2] + known[3] - 1) < 1e-12)
    #expect(known[4] < known[3] && known[5] > known[0])
  }

  @Test func strictComparatorsLeaveOutTheTargetItself() async throws {
    // Whole numbers: more than 12 is at least 13; and 100 % cannot be exceeded.
    let counts = PastSeries(
      id: "c", panel: "", range: ValueRange(lower: 0),
      values: try [3.0, 5, 4, 7, 8, 8, 10, 11].enumerated().map {
        .init(period: try period("2022-01").advanced(by: $0.offset), value: $0.element)
      }, frequency: .month)
    let full = PastSeries(
      id: "f", panel: "", range: Self.share,
      values: try [90.0, 93, 95, 97, 98, 99, 99.5, 100].enumerated().map {
        .init(period: try period("2022-01").advanced(by: $0.offset), value: $0.element)
      }, frequency: .month)
    let answers = await Replay(series: [counts, full]).answer([
      try Self.question("c", at: "2022-08", .moreThan, 12, by: "2022-10"),
      try Self.question("c", at: "2022-08", .atLeast, 13, by: "2022-10"),
      try Self.question("c", at: "2022-08", .lessThan, 12, by: "2022-10"),
      try Self.question("c", at: "2022-08", .atMost, 11, by: "2022-10"),
      try Self.question("f", at: "2022-08", .atLeast, 100, by: "2022-10"),
      try Self.question("f", at: "2022-08", .lessThan, 100, by: "2022-10"),
      try Self.question("f", at: "2022-08", .moreThan, 100, by: "2022-10"),
    ])
    let known = answers.compactMap { $0 }
    #expect(known.count == 7)
    #expect(abs(known[0] - known[1]) < 1e-12 && abs(known[2] - known[3]) < 1e-12)
    #expect(known[4] > 0.3 && abs(known[4] + known[5] - 1) < 1e-12)
    #expect(known[6] <= 0.001 + 1e-12)
  }

  @Test func withoutASeriesFileValuesHaveAFloorAndNoCap() async throws {
    var series = try Self.panel(range: ValueRange(lower: 0))
    for index in series.indices { series[index].panel = "" }
    let answers = await Replay(series: series).answer([
      try Self.question("s0", at: "2023-06", .atLeast, 150, by: "2024-06"),
      try Self.question("s0", at: "2023-06", .atMost, -1, by: "2024-06"),
      try Self.question("none", at: "2023-06", .atLeast, 1, by: "2024-06"),
      try Self.question("s0", at: "2021-12", .atLeast, 1, by: "2024-06"),
    ])
    // 150 is possible, below zero is not; nothing is said of what nobody has seen.
    #expect(try #require(answers[0]) > 0.001)
    #expect(try #require(answers[1]) <= 0.001 + 1e-12)
    #expect(answers[2] == nil && answers[3] == nil)
  }
}

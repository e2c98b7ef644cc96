import Forecasting
import Indicators
import TimeSeries

/// Answers past questions as a user would have had them answered at their cutoff.
///
/// A question sees its own series and the other series of its panel up to its cutoff, nothing else. Questions of one panel and
/// cutoff share what the panel teaches; groups are answered concurrently, and no answer depends on how many are.
public struct Replay: Sendable {
  let panels: [String: [PastSeries]]
  let byID: [String: PastSeries]

  /// Prepares the series; panels are kept in the order of series names.
  public init(series: [PastSeries]) {
    let sorted = series.sorted { $0.id < $1.id }
    panels = Dictionary(grouping: sorted) { "\($0.panel)|\($0.frequency.rawValue)" }
    byID = Dictionary(sorted.map { ($0.id, $0) }) { first, _ in first }
  }

  /// One answer for each question, in the order of the questions: P(the comparator holds), in (0, 1); 0 or 1 only where
  /// the value at the deadline is known at the cutoff.
  ///
  /// `nil` where the series is unknown or has no value up to the cutoff.
  func insideAnswers(_ questions: [PastQuestion], threads: Int = 2) async -> [Double?] {
    var groups: [GroupKey: [Int]] = [:]
    for (index, question) in questions.enumerated() {
      guard let series = byID[question.series] else { continue }
      let key = GroupKey(
        panel: "\(series.panel)|\(series.frequency.rawValue)", cutoff: question.cutoff)
      groups[key, default: []].append(index)
    }
    let keys = groups.keys.sorted { ($0.panel, $0.cutoff) < ($1.panel, $1.cutoff) }
    var answers = [Double?](repeating: nil, count: questions.count)
    await withTaskGroup(of: [(Int, Double)].self) { tasks in
      var next = 0
      func add() {
        guard next < keys.count else { return }
        let key = keys[next]
        let members = groups[key] ?? []
        next += 1
        tasks.addTask { answerGroup(key, members.map { ($0, questions[$0]) }) }
      }
      for _ in 0..<max(1, threads) { add() }
      for await part in tasks {
        for (index, probability) in part { answers[index] = probability }
        add()
      }
    }
    return answers
  }

  private struct GroupKey: Hashable, Sendable {
    let panel: String
    let cutoff: Period
  }

  private func answerGroup(
    _ key: GroupKey, _ questions: [(index: Int, question: PastQuestion)]
  ) -> [(Int, Double)] {
    let members = panels[key.panel] ?? []
    guard let first = members.first else { return [] }
    let known = members.compactMap { $0.known(at: key.cutoff) }
    let origin = first.place(key.cutoff)
    let horizons = questions.compactMap {
      origin.distance(to: first.place($0.question.deadline))
    }
    let prior = PanelPrior(
      series: known, range: first.range, horizons: Array(Set(horizons.filter { $0 > 0 })).sorted())
    return questions.compactMap { index, question in
      guard let series = byID[question.series], let past = series.known(at: key.cutoff),
        let probability = answer(question, past: past, series: series, prior: prior)
      else { return nil }
      return (index, probability)
    }
  }

  private func answer(
    _ question: PastQuestion, past: Series, series: PastSeries, prior: PanelPrior
  ) -> Double? {
    guard let end = past.lastObservedPeriod, let last = past.lastObservedValue,
      let rule = TargetRule(
        comparator: question.comparator, value: question.target, highValue: nil, direction: .up)
    else { return nil }
    let deadline = series.place(question.deadline)
    guard let ahead = end.distance(to: deadline), ahead > 0 else {
      let value = past[deadline].isNaN ? past.through(deadline).lastObservedValue : past[deadline]
      let isMet = rule.isMet(by: value ?? last) ? 1.0 : 0
      // Known for good only once the deadline is over: later months of its quarter may still change it.
      let isOver = question.deadline.lastMonthOrdinal <= question.cutoff.lastMonthOrdinal
      return isOver && !past[deadline].isNaN ? isMet : ProbabilityFloor.apply(isMet)
    }
    let isWhole =
      series.range.upper == nil && question.target == question.target.rounded()
      && past.values.allSatisfy { $0.isNaN || $0 == $0.rounded() }
    let data = TrainingData(
      series: past, range: series.range, isWholeNumber: isWhole, prior: prior)
    let fitted: FittedCombination
    do throws(FitError) { fitted = try DefaultForecaster().fit(data) } catch { return nil }
    let distribution = fitted.forecast(FutureData(steps: [ahead])).marginals[0]
    // What lies exactly at the target (whole numbers, ends of the range) does not meet a strict comparator.
    let probability =
      switch (rule.isUpward, rule.isStrict) {
      case (true, false): distribution.probability(atLeast: question.target)
      case (true, true): 1 - distribution.probability(atMost: question.target)
      case (false, false): distribution.probability(atMost: question.target)
      case (false, true): 1 - distribution.probability(atLeast: question.target)
      }
    return ProbabilityFloor.apply(probability)
  }
}

/// Keeps probabilities off 0 and 1: a thousandth is left for what no model of the panel foresees.
enum ProbabilityFloor {
  static let floor = 0.001

  static func apply(_ probability: Double) -> Double {
    floor + (1 - 2 * floor) * min(max(probability, 0), 1)
  }
}

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
  /// The panels of one source and frequency, in order.
  let families: [String: [String]]
  var settings: ReplaySettings

  /// Prepares the series; panels are kept in the order of series names.
  public init(series: [PastSeries], settings: ReplaySettings = ReplaySettings()) {
    let sorted = series.sorted { $0.id < $1.id }
    let panels = Dictionary(grouping: sorted, by: \.panelKey)
    self.panels = panels
    byID = Dictionary(sorted.map { ($0.id, $0) }) { first, _ in first }
    families = Dictionary(grouping: panels.keys.sorted()) { key in
      panels[key]?.first?.familyKey ?? ""
    }
    self.settings = settings
  }

  /// What the models of each unit say, without the outside view.
  func modelAnswers(_ questions: [PastQuestion], threads: Int = 2) async -> [Double?] {
    await byGroup(questions, threads: threads) { answerGroup($0, $1) }
  }

  /// Answers the questions of each panel and cutoff together, groups concurrently.
  func byGroup<Answer: Sendable>(
    _ questions: [PastQuestion], threads: Int,
    _ answer:
      @escaping @Sendable (GroupKey, [(index: Int, question: PastQuestion)]) -> [(Int, Answer)]
  ) async -> [Answer?] {
    var groups: [GroupKey: [Int]] = [:]
    for (index, question) in questions.enumerated() {
      guard let series = byID[question.series] else { continue }
      let key = GroupKey(panel: series.panelKey, cutoff: question.cutoff)
      groups[key, default: []].append(index)
    }
    let keys = groups.keys.sorted { ($0.panel, $0.cutoff) < ($1.panel, $1.cutoff) }
    var answers = [Answer?](repeating: nil, count: questions.count)
    await withTaskGroup(of: [(Int, Answer)].self) { tasks in
      var next = 0
      func add() {
        guard next < keys.count else { return }
        let key = keys[next]
        let members = groups[key] ?? []
        next += 1
        tasks.addTask { answer(key, members.map { ($0, questions[$0]) }) }
      }
      for _ in 0..<max(1, threads) { add() }
      for await part in tasks {
        for (index, probability) in part { answers[index] = probability }
        add()
      }
    }
    return answers
  }

  struct GroupKey: Hashable, Sendable {
    let panel: String
    let cutoff: Period
  }

  private func answerGroup(
    _ key: GroupKey, _ questions: [(index: Int, question: PastQuestion)]
  ) -> [(Int, Double)] {
    switch settings.view {
    case .combination: combinationAnswers(key, questions)
    default: insideAnswers(key, questions)
    }
  }

  private func combinationAnswers(
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
    guard let asked = AskedQuestion(question, past: past, series: series) else { return nil }
    if let decided = asked.decided { return decided }
    let data = TrainingData(
      series: past, range: series.range, isWholeNumber: asked.isWhole, prior: prior)
    let fitted: FittedCombination
    do throws(FitError) { fitted = try DefaultForecaster().fit(data) } catch { return nil }
    let distribution = fitted.forecast(FutureData(steps: [asked.ahead])).marginals[0]
    return asked.probability(distribution)
  }
}

/// Keeps probabilities off 0 and 1: a thousandth is left for what no model of the panel foresees.
enum ProbabilityFloor {
  static let floor = 0.001

  static func apply(_ probability: Double) -> Double {
    floor + (1 - 2 * floor) * min(max(probability, 0), 1)
  }
}

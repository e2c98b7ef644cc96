import Forecasting
import Indicators
import TimeSeries

extension Replay {
  /// One answer for each question, in the order of the questions: P(the comparator holds), in (0, 1); 0 or 1 only where
  /// the value at the deadline is known at the cutoff.
  ///
  /// `nil` where the series is unknown or has no value up to the cutoff.
  public func answer(_ questions: [PastQuestion], threads: Int = 2) async -> [Double?] {
    switch settings.view {
    case .combination, .inside:
      return await modelAnswers(questions, threads: threads)
    case .outside:
      return await outsideAnswers(questions, threads: threads).map { answer in
        answer.map { ProbabilityFloor.apply($0.probability) }
      }
    case .combined:
      let outside = await outsideAnswers(questions, threads: threads)
      let inside = await modelAnswers(questions, threads: threads)
      return zip(inside, outside).map { inside, outside in
        guard let inside, let outside else { return inside }
        return ViewCombination.probability(
          inside: inside, outside: ProbabilityFloor.apply(outside.probability))
      }
    }
  }

  /// What the outside view says of one question.
  package struct OutsideAnswer: Sendable {
    /// P(the comparator holds).
    package var probability: Double
    /// How near the question is to what was seen, from 0 to 1.
    package var familiarity: Double
  }

  /// A question turned for the map, with all that is known at its cutoff.
  struct Standing: Sendable {
    let question: Int
    let panel: String
    let context: TargetContext
    /// The target, times −1 where it is met from above.
    let target: Double
    let months: Int
    let cutoff: Int
    let deadline: Int
    let isUpward: Bool
  }

  /// The outside view's answers, in the order of the questions; `nil` where nothing lies ahead or nothing is known.
  package func outsideAnswers(
    _ questions: [PastQuestion], threads: Int = 2
  ) async -> [OutsideAnswer?] {
    let byPanel = grouped(questions)
    let parts = await inOrder(byPanel, threads: threads) { key, members in
      outsideAnswers(panel: key, members)
    }
    var answers = [OutsideAnswer?](repeating: nil, count: questions.count)
    for part in parts {
      for (index, answer) in part { answers[index] = answer }
    }
    return answers
  }

  /// The standings of all questions that ask about the future, panel by panel in the order of names.
  func standings(_ questions: [PastQuestion], threads: Int = 2) async -> [Standing] {
    await inOrder(grouped(questions), threads: threads) { key, members in
      standings(panel: key, members)
    }.flatMap { $0 }
  }

  typealias Members = [(index: Int, question: PastQuestion)]

  func grouped(_ questions: [PastQuestion]) -> [(key: String, members: Members)] {
    var groups: [String: Members] = [:]
    for (index, question) in questions.enumerated() {
      guard let series = byID[question.series] else { continue }
      groups["\(series.panel)|\(series.frequency.rawValue)", default: []].append((index, question))
    }
    return groups.keys.sorted().map { ($0, groups[$0] ?? []) }
  }

  /// Works on panels concurrently and gives the results in their order.
  private func inOrder<Part: Sendable>(
    _ groups: [(key: String, members: Members)], threads: Int,
    _ work: @escaping @Sendable (String, Members) -> Part
  ) async -> [Part] {
    var parts = [Part?](repeating: nil, count: groups.count)
    await withTaskGroup(of: (Int, Part).self) { tasks in
      var next = 0
      func add() {
        guard next < groups.count else { return }
        let (place, group) = (next, groups[next])
        next += 1
        tasks.addTask { (place, work(group.key, group.members)) }
      }
      for _ in 0..<max(1, threads) { add() }
      for await (place, part) in tasks {
        parts[place] = part
        add()
      }
    }
    return parts.compactMap { $0 }
  }

  private func outsideAnswers(
    panel key: String, _ members: Members
  ) -> [(Int, OutsideAnswer)] {
    guard let panel = outsidePanel(key) else { return [] }
    var answered: [Bool: [OutsidePanel.Answer]] = [:]
    return standings(panel: key, members).map { standing in
      let past = answered[standing.isUpward] ?? panel.answers(isUpward: standing.isUpward)
      answered[standing.isUpward] = past
      let map = settings.prior.map(cutoff: standing.cutoff)
      let distribution = OutsideDistribution(
        context: standing.context, map: map,
        ownPast: OwnPast(past, map: map, cutoff: standing.cutoff, months: standing.months))
      return (
        standing.question,
        OutsideAnswer(
          probability: distribution.probability(atLeast: standing.target),
          familiarity: distribution.familiarity)
      )
    }
  }

  /// All values of a panel's series; what may be used of them is cut by each question.
  func outsidePanel(_ key: String) -> OutsidePanel? {
    guard let members = panels[key], let first = members.first else { return nil }
    let units = members.compactMap { member in
      member.values.map(\.period).max().flatMap { member.known(at: $0) }
        .map { OutsidePanel.Unit(name: member.id, series: $0) }
    }
    return OutsidePanel(units: units, range: first.range)
  }

  func standings(panel key: String, _ members: Members) -> [Standing] {
    guard let panel = outsidePanel(key) else { return [] }
    var tables = PanelWindowTables(series: panel.units.map(\.series))
    return members.compactMap { index, question in
      guard let series = byID[question.series], let past = series.known(at: question.cutoff),
        let end = past.lastObservedPeriod,
        let rule = TargetRule(
          comparator: question.comparator, value: question.target, highValue: nil, direction: .up)
      else { return nil }
      let deadline = series.place(question.deadline).lastMonthOrdinal
      guard deadline > end.lastMonthOrdinal else { return nil }
      let cutoff = question.cutoff.lastMonthOrdinal
      let history = OrientedHistory(past, isUpward: rule.isUpward)
      let context = TargetContext(
        history, range: panel.range, isUpward: rule.isUpward, deadline: deadline, cutoff: cutoff,
        tables: &tables)
      return Standing(
        question: index, panel: series.panel, context: context,
        target: rule.isUpward ? question.target : -question.target,
        months: deadline - end.lastMonthOrdinal, cutoff: cutoff, deadline: deadline,
        isUpward: rule.isUpward)
    }
  }
}

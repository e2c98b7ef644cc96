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
    case .combined:
      let inside = await modelAnswers(questions, threads: threads)
      let learned = await outsideAnswers(questions, inside: inside, threads: threads)
      let seasonal = await seasonalAnswers(questions, threads: threads)
      return questions.indices.map { index in
        let known = learned[index].map { ProbabilityFloor.apply($0.probability) } ?? inside[index]
        guard let known, let own = seasonal[index] else { return known }
        return LogOddsPool.probability(known, own.probability, weight: own.weight)
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

  /// A question made ready for the map, with all that is known at its cutoff.
  struct Standing: Sendable {
    let question: Int
    let panel: String
    let context: TargetContext
    let event: TurnedEvent
    let months: Int
    let cutoff: Int
    let deadline: Int
  }

  /// The outside view's answers, in the order of the questions; `nil` where nothing lies ahead or nothing is known.
  package func outsideAnswers(
    _ questions: [PastQuestion], inside: [Double?], threads: Int = 2
  ) async -> [OutsideAnswer?] {
    let parts = await inOrder(grouped(questions), threads: threads) { key, members in
      outsideAnswers(panel: key, members, inside: inside)
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
      groups[series.panelKey, default: []].append((index, question))
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
    panel key: String, _ members: Members, inside: [Double?]
  ) -> [(Int, OutsideAnswer)] {
    guard let panel = outsidePanel(key) else { return [] }
    var maps: [MapKey: MonotoneMap] = [:]
    let standings = standings(panel: key, members)
    let cutoffs = standings.map(\.cutoff)
    guard let first = cutoffs.min(), let last = cutoffs.max() else { return [] }
    let answers = panel.answers(origins: (first - OutsidePanel.memory)...last)
    return standings.compactMap { standing in
      guard let base = inside[standing.question] else { return nil }
      let mapKey = MapKey(cutoff: standing.cutoff, months: standing.months)
      let map =
        maps[mapKey]
        ?? settings.prior.map(cutoff: standing.cutoff)
        .adapted(to: answers, cutoff: standing.cutoff, months: standing.months)
      maps[mapKey] = map
      let distribution = OutsideDistribution(context: standing.context, map: map)
      return (
        standing.question,
        OutsideAnswer(
          probability: distribution.probability(of: standing.event, inside: base),
          familiarity: distribution.familiarity)
      )
    }
  }

  private struct MapKey: Hashable {
    let cutoff: Int
    let months: Int
  }

  /// The pseudo-questions of panels, in the order of the panels.
  func pastAnswers(
    _ keys: [String], threads: Int
  ) async -> [(key: String, answers: [OutsidePanel.Answer])] {
    await inOrder(keys.map { ($0, []) }, threads: threads) { key, _ in
      (key, outsidePanel(key)?.answers(origins: 0...Int.max / 2) ?? [])
    }
  }

  /// All values of a panel's series; what may be used of them is cut by each question.
  func outsidePanel(_ key: String) -> OutsidePanel? {
    guard let members = panels[key], let first = members.first else { return nil }
    let units = members.compactMap { member in
      member.values.map(\.period).max().flatMap { member.known(at: $0) }
        .map { OutsidePanel.Unit(name: member.id, series: $0) }
    }
    return OutsidePanel(
      units: units, range: first.range, isUpward: first.direction == .up, inside: settings.inside)
  }

  func standings(panel key: String, _ members: Members) -> [Standing] {
    guard let panel = outsidePanel(key) else { return [] }
    var tables = PanelWindowTables(series: panel.units.map(\.series))
    return members.compactMap { index, question in
      guard let series = byID[question.series], let past = series.known(at: question.cutoff),
        let end = past.lastObservedPeriod,
        let asked = AskedQuestion(question, past: past, series: series), asked.decided == nil
      else { return nil }
      let deadline = series.place(question.deadline).lastMonthOrdinal
      let cutoff = question.cutoff.lastMonthOrdinal
      let isUpward = panel.isUpward
      let context = TargetContext(
        OrientedHistory(past, isUpward: isUpward), range: panel.range, isUpward: isUpward,
        deadline: deadline, cutoff: cutoff, tables: &tables)
      return Standing(
        question: index, panel: key, context: context,
        event: TurnedEvent(asked.rule, isWholeNumber: asked.isWhole, isUpward: isUpward),
        months: deadline - end.lastMonthOrdinal, cutoff: cutoff, deadline: deadline)
    }
  }
}

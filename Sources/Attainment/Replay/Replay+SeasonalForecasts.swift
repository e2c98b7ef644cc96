import Forecasting
import Indicators
import TimeSeries

extension Replay {
  /// What models of trend and season say of one question, and what they count.
  struct SeasonalAnswer: Sendable {
    let probability: Double
    let weight: Double
  }

  /// What they say of each question about a long monthly series; `nil` of others and of what is decided.
  func seasonalAnswers(_ questions: [PastQuestion], threads: Int) async -> [SeasonalAnswer?] {
    await byGroup(questions, threads: threads) { key, asked in
      guard let members = panels[key.panel], let first = members.first,
        let (panel, known) = insidePanel(key.panel, cutoff: key.cutoff), !panel.neverFalls
      else { return [] }
      // Only series that are asked about are fitted.
      let wanted = Set(asked.map(\.question.series))
      let origin = first.place(key.cutoff)
      let series = zip(members, known).map { member, past in
        wanted.contains(member.id)
          ? past ?? Series(start: origin, values: []) : Series(start: origin, values: [])
      }
      let places = Dictionary(members.indices.map { (members[$0].id, $0) }) { first, _ in first }
      var ready: [(index: Int, unit: Int, question: AskedQuestion)] = []
      for (index, question) in asked {
        guard let unit = places[question.series], let past = known[unit],
          let one = AskedQuestion(question, past: past, series: members[unit]), one.decided == nil
        else { continue }
        ready.append((index, unit, one))
      }
      guard
        let forecasts = SeasonalForecasts(
          series: series, range: first.range, horizons: ready.map(\.question.ahead),
          units: known.count { $0 != nil })
      else { return [] }
      return ready.compactMap { index, unit, question in
        guard var distribution = forecasts.distribution(unit: unit, horizon: question.ahead)
        else { return nil }
        distribution.isWholeNumber = question.isWhole
        return (
          index,
          SeasonalAnswer(
            probability: question.probability(distribution), weight: distribution.weight)
        )
      }
    }
  }
}

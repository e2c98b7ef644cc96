import Forecasting
import Indicators
import TimeSeries

extension Replay {
  /// The panel as it was known at a cutoff; members without a value keep their place.
  func insidePanel(_ key: String, cutoff: Period) -> (panel: InsidePanel, known: [Series?])? {
    guard let members = panels[key], let first = members.first else { return nil }
    let origin = first.place(cutoff)
    let known = members.map { $0.known(at: cutoff) }
    let series = known.map { $0 ?? Series(start: origin, values: []) }
    return (InsidePanel(series: series, range: first.range, origin: origin), known)
  }

  /// The other panels of the same source and frequency, as they were known at a cutoff.
  func family(of key: String, cutoff: Period) -> [InsidePanel] {
    guard let first = panels[key]?.first, !first.family.isEmpty, first.range.upper != nil else {
      return []
    }
    return (families[first.familyKey] ?? []).filter { $0 != key }.compactMap { other in
      insidePanel(other, cutoff: cutoff)?.panel
    }
  }

  func insideAnswers(
    _ key: GroupKey, _ questions: [(index: Int, question: PastQuestion)]
  ) -> [(Int, Double)] {
    guard let members = panels[key.panel],
      let (panel, known) = insidePanel(key.panel, cutoff: key.cutoff)
    else { return [] }
    let places = Dictionary(members.indices.map { (members[$0].id, $0) }) { first, _ in first }
    var asked: [(index: Int, unit: Int, question: AskedQuestion)] = []
    var answers: [(Int, Double)] = []
    for (index, question) in questions {
      guard let unit = places[question.series], let past = known[unit],
        let ready = AskedQuestion(question, past: past, series: members[unit])
      else { continue }
      if let decided = ready.decided {
        answers.append((index, decided))
      } else {
        asked.append((index, unit, ready))
      }
    }
    let view = InsideView(
      panel: panel, family: family(of: key.panel, cutoff: key.cutoff),
      horizons: asked.map(\.question.ahead), settings: settings.inside)
    for (index, unit, question) in asked {
      guard
        let distribution = view.distribution(
          unit: unit, horizon: question.ahead, isWholeNumber: question.isWhole)
      else { continue }
      answers.append((index, question.probability(distribution)))
    }
    return answers
  }
}

extension PastSeries {
  /// What the series that teach each other share.
  var panelKey: String {
    let upper = range.upper.map { "\($0)" } ?? ""
    return "\(panel)|\(frequency.rawValue)|\(upper)"
  }

  /// What the panels of one source and frequency share.
  var familyKey: String { "\(family)|\(frequency.rawValue)" }
}

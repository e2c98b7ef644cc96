import Forecasting
import Indicators

extension Assessment {
  /// Checks the forecasts that a run with these settings publishes of every indicator against its own past, without making any of the future.
  ///
  /// - Returns: A row for each indicator and horizon that could be asked about, by code and horizon.
  public func calibrate() async -> [CalibrationRow] {
    let byIndicator = Dictionary(grouping: input.observations, by: \.indicator)
    let indicators = byIndicator.keys.sorted().compactMap { input.catalogue.indicator($0) }
    var rows: [CalibrationRow] = []
    await inOrder(indicators.count, width: settings.threads) { place in
      let indicator = indicators[place]
      let panel = IndicatorPanel(
        indicator: indicator, observations: byIndicator[indicator.code] ?? [], revisions: [],
        catalogue: input.catalogue, origin: settings.origin)
      return await PseudoQuestions.check(panel, settings: settings, threads: 1)
    } take: {
      rows += $0
    }
    return rows
  }
}

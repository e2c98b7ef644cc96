import Forecasting
import Indicators
import TimeSeries

extension IndicatorPanel {
  /// By frequency, how far the units below the province may move.
  var growth: [Frequency: PanelGrowth] {
    var found: [Frequency: PanelGrowth] = [:]
    for frequency in Frequency.allCases {
      let below = units.filter {
        $0.reported.frequency == frequency && $0.unit.level.depth > UnitLevel.province.depth
      }
      found[frequency] = growth(of: below.map(\.modelled))
    }
    return found
  }

  /// How far some units may move; only for shares: levels without a ceiling were not tried.
  func growth(of series: [Series]) -> PanelGrowth? {
    guard indicator.kind != .yearToDateCount, range.lower != nil, range.upper != nil else {
      return nil
    }
    return PanelGrowth(of: series, link: .bounded(range))
  }
}

import Forecasting
import Indicators
import TimeSeries

extension IndicatorPanel {
  /// By frequency, how far the units below the province may move; only for shares: levels without a ceiling were not tried.
  var growth: [Frequency: PanelGrowth] {
    guard indicator.kind != .yearToDateCount, range.lower != nil, range.upper != nil else {
      return [:]
    }
    var found: [Frequency: PanelGrowth] = [:]
    for frequency in Frequency.allCases {
      let below = units.filter {
        $0.reported.frequency == frequency && $0.unit.level.depth > UnitLevel.province.depth
      }
      found[frequency] = PanelGrowth(of: below.map(\.modelled), link: .bounded(range))
    }
    return found
  }
}

import Forecasting
import Indicators
import TimeSeries

/// The engine as sensitivity sees it: the joint paths of a unit's indicator, and how units make the province.
///
/// All that shifts paths depends on the engine through this type alone.
struct BaselinePaths: Sendable {
  let panel: IndicatorPanel
  private let context: ProjectionContext

  init(panel: IndicatorPanel, settings: AssessmentSettings) {
    self.panel = panel
    context = ProjectionContext(panel: panel, settings: settings)
  }

  /// The scale on which effects act.
  var link: Link { Link.bounded(panel.range) }

  /// The series that are still reported, by unit code.
  func live(at origin: Period) -> [UnitSeries] {
    panel.units.filter { series in
      guard let end = series.unit.validTo, let last = origin.lastDay else { return true }
      return end >= last
    }
  }

  /// The joint paths of one unit; `nil` where nothing can be fitted.
  func paths(of series: UnitSeries) -> UnitProjection? { context.project(series) }

  /// The province's sums, empty.
  func aggregate(of units: [UnitSeries]) -> ProvinceAggregate {
    ProvinceAggregate(panel: panel, units: units, context: context)
  }
}

import Forecasting
import Indicators
import TimeSeries

/// What moves the units' joint paths so that they agree with what is forecast above them.
struct PathReconciliation: Sendable {
  let method: ReconciliationMethod
  let note: String
  private let range: ValueRange
  private let grid: (origin: Period, steps: [Int])
  /// By unit code: for each thing above, what one unit of its excess does to the unit's value.
  private let factors: [String: [Double]]
  /// By thing above, by path and step: its own forecast less the units' sum, on the scale on which values add up.
  private let excess: [[Double]]

  /// `nil` where the grids differ.
  ///
  /// - Parameters:
  ///   - hierarchy: What adds up to what.
  ///   - units: The units, in the hierarchy's order.
  ///   - reconciliation: How excess is shared.
  ///   - own: What is forecast above the units, by its own history.
  ///   - added: The units added up; on the grid of `own`.
  ///   - method: The way, for the note.
  ///   - note: What has to be said of it.
  init?(
    _ hierarchy: UnitHierarchy, units: [UnitSeries], reconciliation: Reconciliation,
    own: [UnitProjection], added: [UnitProjection], method: ReconciliationMethod, note: String
  ) {
    guard let first = added.first, own.count == added.count,
      (own + added).allSatisfy({ $0.origin == first.origin && $0.steps == first.steps })
    else { return nil }
    self.method = method
    self.note = note
    range = hierarchy.range
    grid = (first.origin, first.steps)
    excess = own.indices.map { place in
      zip(own[place].paths.values, added[place].paths.values).map {
        hierarchy.divisors[place] * ($0 - $1)
      }
    }
    // A unit's share of an excess of 1, one thing above at a time.
    var shares = [[Double]](repeating: [], count: units.count)
    for place in own.indices {
      var one = [Double](repeating: 0, count: own.count)
      one[place] = 1
      let moves = reconciliation.bottomMoves(excess: one)
      for unit in units.indices { shares[unit].append(moves[unit] / hierarchy.weights[unit]) }
    }
    factors = Dictionary(zip(units.map(\.unit.code), shares)) { first, _ in first }
  }

  /// A unit's paths after the excess is shared out, none outside the bounds; unchanged for other units.
  func moved(_ projection: UnitProjection, of unit: String) -> UnitProjection {
    guard let factors = factors[unit], projection.origin == grid.origin,
      projection.steps == grid.steps
    else { return projection }
    var moved = projection
    for (factor, excess) in zip(factors, excess) where factor != 0 {
      addProduct(of: factor, excess.span, to: &moved.paths.values)
    }
    for place in moved.paths.values.indices {
      moved.paths.values[place] = range.clamp(moved.paths.values[place])
    }
    moved.notes.append(note)
    return moved
  }
}

extension IndicatorRun {
  /// What adds up to what; `nil` where nothing does, or where values could not be moved freely.
  func unitHierarchy(
    _ units: [UnitSeries], formers: [ReportingUnit], like aggregate: ProvinceAggregate
  ) -> UnitHierarchy? {
    guard panel.indicator.aggregation != .none, panel.indicator.kind != .yearToDateCount,
      panel.indicator.kind != .milestone, !panel.isWholeNumber,
      Set(units.map(\.reported.frequency)).count == 1
    else { return nil }
    return UnitHierarchy(
      province: catalogue.units.last { $0.level == .province }, formers: formers, units: units,
      weights: units.map(aggregate.weight), isSum: panel.indicator.aggregation == .sum,
      range: panel.range)
  }

  /// Compares the ways of making province and units agree, and prepares the one that has won; `nil` where the units are
  /// simply added up.
  func reconcile(
    _ units: [UnitSeries], _ aggregate: inout ProvinceAggregate,
    _ formers: inout [(unit: ReportingUnit, aggregate: ProvinceAggregate)],
    rows: inout [ReconciliationRow]
  ) -> PathReconciliation? {
    guard
      let hierarchy = unitHierarchy(units, formers: formers.map(\.unit), like: aggregate)
    else { return nil }
    let backtest = ReconciliationBacktest(
      hierarchy, units: units.map(\.confirmed), indicator: panel.indicator.code)
    rows = backtest.rows
    let found = pathReconciliation(
      hierarchy, units: units, backtest: backtest, like: aggregate, formers: formers)
    guard let found else { return nil }
    aggregate.note = found.note
    for place in formers.indices { formers[place].aggregate.note = found.note }
    return found
  }

  /// The paths' reconciliation where a method has won on the past; makes the units' paths once more.
  func pathReconciliation(
    _ hierarchy: UnitHierarchy, units: [UnitSeries], backtest: ReconciliationBacktest,
    like aggregate: ProvinceAggregate,
    formers: [(unit: ReportingUnit, aggregate: ProvinceAggregate)]
  ) -> PathReconciliation? {
    guard backtest.chosen != .bottomUp, let row = backtest.rows.first(where: \.isUsed),
      let start = units.map(\.reported.start).min(), let some = units.first,
      let length = start.distance(to: some.origin(panel.origin)),
      let reconciliation = hierarchy.reconciliation(
        backtest.chosen,
        residuals: hierarchy.residuals(
          units.map(\.confirmed), from: start, count: length + 1))
    else { return nil }
    let codes = Set(hierarchy.above.map(\.code))
    var sums = [aggregate] + formers.filter { codes.contains($0.unit.code) }.map(\.aggregate)
    for series in units {
      guard let projection = context.project(series) else { return nil }
      for place in sums.indices
      where place == 0 || hierarchy.above[place].code == series.unit.parent {
        sums[place].add(projection, of: series)
      }
    }
    let histories = zip(hierarchy.above, sums).compactMap { $1.history(of: $0) }
    let added = sums.compactMap { $0.projection() }
    guard histories.count == sums.count, added.count == sums.count,
      sums[0].members.count == units.count
    else { return nil }
    let own = context.projectAbove(
      IndicatorPanel(panel, replacing: histories), settings: settings)
    guard own.count == sums.count else { return nil }
    func percent(_ value: Double?) -> String { "\(Int((100 * (value ?? 0)).rounded())) %" }
    return PathReconciliation(
      hierarchy, units: units, reconciliation: reconciliation, own: own, added: added,
      method: backtest.chosen,
      note: "reconciled by \(row.method.rawValue): loss \(percent(row.gain)) below bottom-up's, "
        + "standard error \(percent(row.gainError)), over \(row.origins) past origins")
  }
}

extension ProjectionContext {
  /// The paths of series that are sums of units, forecast by their own history; they share the units' common scores.
  func projectAbove(_ above: IndicatorPanel, settings: AssessmentSettings) -> [UnitProjection] {
    let learned = LearnedPanels(
      above, grid: grid, learnedMap: settings.learnedMap, outsidePrior: settings.outsidePrior)
    return above.units.compactMap { series in
      let origin = series.origin(self.origin)
      let steps = grid.steps(after: origin)
      guard var paths = scores(ofAverage: series), !steps.isEmpty,
        learned.carry(&paths, of: series, steps: steps, origin: origin)
      else { return nil }
      return UnitProjection(
        origin: origin, steps: steps, paths: paths, model: learned.model(of: series), notes: [])
    }
  }
}

/// A monotone map of the inside view's predictive distributions: where the outside view plugs in.
///
/// The engine and `vedich replay` ask it for the distribution function of one unit at one horizon on a grid of
/// values, and give it the inside view's there. It answers with its own, which must not fall along the grid and must not
/// depend on which other values the grid holds: then a harder target never has a higher probability, and paths can be carried to the learned
/// distribution by their ranks (`Transport`).
///
/// It is made for one panel and one origin (``InsidePanel``, ``InsideView``), from which it takes levels, paces and windows.
public protocol LearnedMap: Sendable {
  /// The learned distribution function.
  ///
  /// - Parameters:
  ///   - unit: The unit's place among the series of the panel.
  ///   - horizon: Steps from its last observed value, from 1.
  ///   - values: Ascending; for whole numbers they lie half-way between two of them.
  ///   - base: P(Y ≤ value) of the inside view at each of them.
  /// - Returns: The learned P(Y ≤ value) at each of them, in 0...1.
  func cumulative(unit: Int, horizon: Int, values: [Double], base: [Double]) -> [Double]

  /// The map after one more value of a unit became known, some steps after its last observed one: for telling what a report
  /// would change. What the panel taught may stay.
  func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> any LearnedMap
}

extension LearnedMap {
  /// A map that does not look at single values stays the same.
  public func knowing(_ value: Double, stepsLater steps: Int, unit: Int) -> any LearnedMap { self }
}

/// Equally weighted joint paths of one series: a row for each wanted step, a column for each path.
public struct SamplePaths: Sendable {
  /// The number of wanted steps.
  public let stepCount: Int
  /// The number of paths.
  public let pathCount: Int
  /// Row after row: the value of path `j` at wanted step `i` stands at `i * pathCount + j`.
  public var values: [Double]

  /// Creates paths of zeros.
  public init(stepCount: Int, pathCount: Int) {
    self.stepCount = stepCount
    self.pathCount = pathCount
    values = [Double](repeating: 0, count: stepCount * pathCount)
  }

  /// The values of all paths at one wanted step.
  public func row(_ step: Int) -> ArraySlice<Double> {
    values[(step * pathCount)..<((step + 1) * pathCount)]
  }

  /// The paths without their first wanted steps.
  public func dropping(firstSteps count: Int) -> SamplePaths {
    guard count > 0 else { return self }
    var rest = SamplePaths(stepCount: max(0, stepCount - count), pathCount: pathCount)
    rest.values = Array(values.dropFirst(count * pathCount))
    return rest
  }
}

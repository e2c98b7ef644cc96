/// Where a series is cut again and again, to be forecast from each cut as if the rest were not known ([HA21] §5.10).
///
/// The last origin leaves exactly the horizon (and the gap) to come; earlier ones lie `step` periods apart.
public struct RollingOrigin: Hashable, Sendable {
  /// Periods to forecast from each origin.
  public var horizon: Int
  /// Periods between origins.
  public var step: Int
  /// Periods that a training part must have at least.
  public var minimumTraining: Int
  /// The length of a sliding training part; `nil` for one that expands from the beginning.
  public var window: Int?
  /// Periods after the origin that are not scored, as where figures come late.
  public var gap: Int
  /// The most origins, the latest first to be kept; `nil` for all.
  public var maximumOrigins: Int?

  /// Creates a plan.
  public init(
    horizon: Int, step: Int = 1, minimumTraining: Int = 1, window: Int? = nil, gap: Int = 0,
    maximumOrigins: Int? = nil
  ) {
    precondition(
      horizon > 0 && step > 0 && gap >= 0 && (window ?? 1) > 0,
      "horizon, step and window count periods from 1")
    self.horizon = horizon
    self.step = step
    self.minimumTraining = max(1, minimumTraining)
    self.window = window
    self.gap = gap
    self.maximumOrigins = maximumOrigins
  }

  /// One cut of a series.
  public struct Cut: Hashable, Sendable {
    /// Indices of the training part.
    public let training: Range<Int>
    /// Indices to be scored; the first lies `gap + 1` steps after the training part.
    public let test: Range<Int>
  }

  /// The cuts of a series, in time order.
  ///
  /// - Parameter count: The number of periods of the series.
  /// - Returns: None where the series is too short.
  public func cuts(count: Int) -> [Cut] {
    var cuts: [Cut] = []
    var origin = count - gap - horizon
    while origin >= max(minimumTraining, window ?? 0), cuts.count < maximumOrigins ?? .max {
      let start = window.map { origin - $0 } ?? 0
      cuts.append(
        Cut(training: start..<origin, test: (origin + gap)..<(origin + gap + horizon)))
      origin -= step
    }
    return cuts.reversed()
  }

  /// What to ask of a model fitted to a training part.
  public var future: FutureData { FutureData(steps: Array((gap + 1)...(gap + horizon))) }
}

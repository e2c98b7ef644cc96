public import Statistics

/// The standard-normal innovations that drive sample paths: made from a stream, or shared by the caller.
///
/// Every array holds the paths of one step side by side. Units that move together get shocks that were mixed from a
/// common and an own part (``mixed(common:own:correlation:)``); the models need not know.
public struct Shocks: Sendable {
  /// The wanted steps, as in the ``FutureData`` that they drive.
  public let steps: [Int]
  /// The number of paths.
  public let pathCount: Int
  /// The innovation of path `j` at wanted step `i` stands at `i * pathCount + j`.
  public private(set) var innovations: [Double]
  /// Second innovations, a row for each wanted step that crosses several periods at once.
  ///
  /// The first step counts as one of them: the last observed value may lie before the origin.
  public var secondInnovations: [Double] { second.all }
  /// Third innovations, at the same places as the second.
  public var thirdInnovations: [Double] { third.all }
  /// Where the second and third innovations of a wanted step begin; −1 where it crosses one period only.
  public let secondOffsets: [Int]
  /// Three standard normals a path for what a model does not know: `[3][pathCount]`.
  public private(set) var parameters: [Double]
  /// A standard normal a path for the heaviness of the tails.
  public let tails: [Double]
  /// Second innovations; few members ask for them, and only for their own paths.
  private(set) var second: LateNormals
  /// Third innovations.
  private(set) var third: LateNormals

  /// The number of wanted steps.
  public var stepCount: Int { steps.count }

  /// The number of parameter normals a path has.
  public static let parameterCount = 3

  /// Draws the shocks of one key; the same key gives the same shocks, and a longer grid leaves those of its first
  /// steps as they are.
  ///
  /// - Parameters:
  ///   - key: The stream's key; further innovations of long steps have keys of their own under its purpose.
  ///   - steps: The wanted steps; a gap between them asks for second and third innovations.
  ///   - pathCount: The number of paths.
  public init(key: StreamKey, steps: [Int], pathCount: Int) {
    self.steps = steps
    self.pathCount = pathCount
    var stream = RandomStream(key)
    // What belongs to a path comes first, so that a longer grid leaves it as it is.
    var parameters = [Double](repeating: 0, count: Self.parameterCount * pathCount)
    stream.fillNormals(&parameters)
    var tails = [Double](repeating: 0, count: pathCount)
    stream.fillNormals(&tails)
    var innovations = [Double](repeating: 0, count: steps.count * pathCount)
    stream.fillNormals(&innovations)
    var offsets: [Int] = []
    var jumps = 0
    for (index, step) in steps.enumerated() {
      let isLong = index == 0 || step - steps[index - 1] > 1
      offsets.append(isLong ? jumps * pathCount : -1)
      if isLong { jumps += 1 }
    }
    second = LateNormals(key: key.further("second"), count: jumps * pathCount)
    third = LateNormals(key: key.further("third"), count: jumps * pathCount)
    secondOffsets = offsets
    self.parameters = parameters
    self.tails = tails
    self.innovations = innovations
  }

  /// Shocks of one unit that moves with others: √ρ × common + √(1 − ρ) × own, standard normal again.
  ///
  /// Innovations and parameters are mixed; the heaviness of the tails stays the unit's own, so that one unit's bad year is
  /// not everyone's.
  ///
  /// - Parameters:
  ///   - common: The shocks that all such units share.
  ///   - own: The unit's own shocks, on the same grid.
  ///   - correlation: ρ between two such units, in 0...1.
  /// - Returns: The shocks of the unit.
  public static func mixed(
    common: Shocks, own: consuming Shocks, correlation: Double
  ) -> Shocks {
    precondition((0...1).contains(correlation), "a common shock has a correlation in 0...1")
    precondition(
      common.steps == own.steps && common.pathCount == own.pathCount,
      "common and own shocks share their grid")
    let shared = correlation.squareRoot()
    let rest = (1 - correlation).squareRoot()
    // In place: a unit's own shocks are large, and nobody else wants them.
    mix(common.innovations.span, shared, into: &own.innovations, rest)
    own.second.mix(common.second, shared, rest)
    own.third.mix(common.third, shared, rest)
    mix(common.parameters.span, shared, into: &own.parameters, rest)
    return own
  }

  /// The same shocks with all innovations drawn: for a common part, which many units ask for.
  public func drawn() -> Shocks {
    var shocks = self
    shocks.second.draw()
    shocks.third.draw()
    return shocks
  }
}

extension StreamKey {
  /// The key of further innovations.
  fileprivate func further(_ name: String) -> StreamKey {
    StreamKey(seed: seed, purpose: "\(purpose)/\(name)", indicator: indicator, unit: unit)
  }
}

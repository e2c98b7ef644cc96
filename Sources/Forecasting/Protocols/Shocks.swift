public import Statistics

/// The standard-normal innovations that drive sample paths: made from a stream, or shared by the caller.
///
/// Every array holds the paths of one step side by side. Units that move together get shocks that were mixed from a
/// common and an own part (``mixed(common:own:correlation:)``); the models need not know.
public struct Shocks: Sendable {
  /// The number of paths.
  public let pathCount: Int
  /// The number of wanted steps.
  public let stepCount: Int
  /// The innovation of path `j` at wanted step `i` stands at `i * pathCount + j`.
  public let innovations: [Double]
  /// Second innovations, a row for each wanted step that crosses several periods at once.
  public let secondInnovations: [Double]
  /// Where the second innovations of a wanted step begin; −1 where it crosses one period only.
  public let secondOffsets: [Int]
  /// Three standard normals a path for what a model does not know: `[3][pathCount]`.
  public let parameters: [Double]
  /// A standard normal a path for the heaviness of the tails.
  public let tails: [Double]

  /// The number of parameter normals a path has.
  public static let parameterCount = 3

  /// Draws the shocks of one key; the same key gives the same shocks.
  ///
  /// - Parameters:
  ///   - key: The stream's key.
  ///   - steps: The wanted steps; a gap between them asks for second innovations.
  ///   - pathCount: The number of paths.
  public init(key: StreamKey, steps: [Int], pathCount: Int) {
    self.pathCount = pathCount
    stepCount = steps.count
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
    for (previous, step) in zip([0] + steps, steps) {
      offsets.append(step - previous > 1 ? jumps * pathCount : -1)
      if step - previous > 1 { jumps += 1 }
    }
    var second = [Double](repeating: 0, count: jumps * pathCount)
    stream.fillNormals(&second)
    secondOffsets = offsets
    self.parameters = parameters
    self.tails = tails
    self.innovations = innovations
    secondInnovations = second
  }

  private init(_ common: Shocks, _ own: Shocks, _ correlation: Double) {
    let shared = correlation.squareRoot()
    let rest = (1 - correlation).squareRoot()
    pathCount = own.pathCount
    stepCount = own.stepCount
    innovations = mix(common.innovations, own.innovations, shared, rest)
    secondInnovations = mix(common.secondInnovations, own.secondInnovations, shared, rest)
    parameters = mix(common.parameters, own.parameters, shared, rest)
    secondOffsets = own.secondOffsets
    tails = own.tails
  }

  /// Shocks of one unit that moves with others: √ρ × common + √(1 − ρ) × own, standard normal again.
  ///
  /// - Parameters:
  ///   - common: What all units share.
  ///   - own: What this unit has alone, on the same grid.
  ///   - correlation: ρ between two such units, in 0...1.
  /// - Returns: The shocks of the unit.
  public static func mixed(common: Shocks, own: Shocks, correlation: Double) -> Shocks {
    precondition((0...1).contains(correlation), "a common shock has a correlation in 0...1")
    precondition(
      common.innovations.count == own.innovations.count, "common and own shocks share their grid")
    return Shocks(common, own, correlation)
  }
}

private func mix(
  _ common: [Double], _ own: [Double], _ shared: Double, _ rest: Double
) -> [Double] {
  var result = own
  for index in result.indices { result[index] = shared * common[index] + rest * own[index] }
  return result
}

/// The innovations that drive sample paths.
public struct Shocks: Sendable {
  /// The number of paths.
  public let pathCount: Int
}

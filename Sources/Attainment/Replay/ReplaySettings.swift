/// How past questions are answered.
public struct ReplaySettings: Hashable, Sendable {
  /// Which distribution answers.
  public enum View: String, Hashable, Sendable, CaseIterable {
    /// The equal-weight combination of simple forecasters.
    case combination
    /// What the panel's own past says (``InsideView``).
    case inside
    /// The inside view, mapped by what questions answered elsewhere and the panel's own past teach.
    case combined
  }

  /// Which distribution answers.
  public var view = View.combined
  /// Which answered questions taught the outside view.
  public var prior = LearnedPrior.all
  /// How the members of the inside view are weighed.
  public var inside = InsideSettings()

  /// The settings in use.
  public init() {}
}

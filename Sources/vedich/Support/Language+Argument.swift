public import ArgumentParser
public import Reports

extension Language: ExpressibleByArgument {
  /// Reads `vi` or `en`.
  public init?(argument: String) {
    switch argument {
    case "vi": self = .vietnamese
    case "en": self = .english
    default: return nil
    }
  }

  /// The two words that the option takes.
  public static var allValueStrings: [String] { ["vi", "en"] }
}

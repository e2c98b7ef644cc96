/// The version of the program, as it stands in `CHANGELOG.md`.
enum Version {
  static let number = "0.1.0"

  /// The family of the compiler.
  static var compiler: String {
    #if compiler(>=6.4)
    "6.4 or later"
    #elseif compiler(>=6.3)
    "6.3"
    #else
    "6.2"
    #endif
  }
}

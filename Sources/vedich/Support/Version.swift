/// The version of the program, as it stands in `CHANGELOG.md`.
enum Version {
  static let number = "0.1.0"
}

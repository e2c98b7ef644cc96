import ArgumentParser

@main
struct Main: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vedich",
    abstract: "Says with checked probability whether public targets will be met.",
    version: "0.1.0")
}

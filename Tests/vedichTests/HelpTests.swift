import Foundation
import TestSupport
import Testing

@Suite("Help")
struct HelpTests {
  static let commands = [
    "", "run", "forecast", "backtest", "attain", "replay", "check", "catalogue", "catalogue show",
    "demo-data", "regress", "curve", "describe", "components", "sensitivity", "scenario",
    "scenario compare", "calibrate",
  ]

  @Test("the help of every command is as it was read and agreed", arguments: commands)
  func golden(command: String) async throws {
    let words = command.split(separator: " ").map(String.init)
    let folder = FileManager.default.temporaryDirectory
    let outcome = try await Program.run(words + ["--help"], in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    #expect(
      outcome.output.split(separator: "\n").filter { !$0.hasPrefix("USAGE") }
        .allSatisfy { $0.count <= 80 })
    #expect(command.isEmpty || outcome.output.contains("Example"), "help ends with an example")
    let name = (["help"] + words).joined(separator: "-") + ".txt"
    try expectGolden(Array(withoutCoreCount(outcome.output).utf8), name)
  }

  /// The default of `--threads` is the number of cores of the machine.
  private func withoutCoreCount(_ text: String) -> String {
    let parts = text.split(separator: "\n  --threads <threads>", maxSplits: 1)
    guard parts.count == 2 else { return text }
    let tail = parts[1].replacing(#/default:\s+\d+/#, with: "default: N", maxReplacements: 1)
    return parts[0] + "\n  --threads <threads>" + tail
  }

  @Test("the version is one line on standard output")
  func version() async throws {
    let outcome = try await Program.run(
      ["--version"], in: FileManager.default.temporaryDirectory)
    #expect(outcome.status == 0)
    #expect(outcome.output == "0.1.0\n")
  }
}

import Foundation
import Testing

@Suite("Exit codes")
struct ExitCodeTests {
  /// A command line, its exit code and the first line on standard error.
  struct Case: CustomTestStringConvertible {
    let arguments: [String]
    let status: Int32
    let message: String

    var testDescription: String { arguments.joined(separator: " ") }
  }

  static let run = ["run", "--workspace", "tiny", "--seeds", Program.seeds]

  static let cases: [Case] = [
    Case(arguments: ["rnu"], status: 64, message: "Error: Unexpected argument 'rnu'"),
    Case(arguments: run + ["--bogus"], status: 64, message: "Error: Unknown option '--bogus'"),
    Case(
      arguments: ["run"], status: 64,
      message: "Error: Missing expected argument '--workspace <workspace>'"),
    Case(
      arguments: run + ["--origin", "2026-13"], status: 64,
      message: "Error: --origin must be a month such as 2026-10, not \"2026-13\"."),
    Case(
      arguments: run + ["--origin", "2026-Q1"], status: 64,
      message: "Error: --origin must be a month such as 2026-10, not \"2026-Q1\"."),
    Case(
      arguments: run + ["--as-of", "31/10/2026"], status: 64,
      message: "Error: --as-of must be a day such as 2026-10-31, not \"31/10/2026\"."),
    Case(
      arguments: run + ["--as-of", "2026-02-30"], status: 64,
      message: "Error: --as-of must be a day such as 2026-10-31, not \"2026-02-30\"."),
    Case(
      arguments: run + ["--paths", "200"], status: 64,
      message: "Error: --paths must be an odd number of at least 101, so that the median is a path."
    ),
    Case(
      arguments: run + ["--threads", "0"], status: 64,
      message: "Error: --threads must be at least 1."),
    Case(
      arguments: run + ["--origin", "2024-01"], status: 65,
      message: "observations.csv: nothing is known up to 2024-01 as of 2024-01-31"),
    Case(
      arguments: ["run", "--workspace", "absent", "--seeds", Program.seeds], status: 66,
      message: "absent: error: found no such folder, expected a folder with observations.csv"),
    Case(
      arguments: ["run", "--workspace", "tiny", "--seeds", "absent"], status: 66,
      message: "there is no indicators.csv with a row in tiny or absent"),
    Case(
      arguments: run + ["--observations", "absent.csv"], status: 66,
      message: "absent.csv: error: found no such file, expected a CSV file"),
    Case(
      arguments: run + ["--observations", "tiny"], status: 74,
      message: "tiny: error: found a folder, expected a CSV file"),
    Case(
      arguments: ["check"], status: 64,
      message: "Error: Name a FILE of observations, a --workspace, or both."),
    Case(
      arguments: ["check", "absent.csv"], status: 66,
      message: "absent.csv: error: found no such file, expected a CSV file"),
    Case(
      arguments: ["check", "--workspace", "absent"], status: 66,
      message: "absent: error: found no such folder, expected a folder with observations.csv"),
    Case(
      arguments: ["catalogue", "--seeds", "absent"], status: 66,
      message: "there is no indicators.csv with a row in absent"),
    Case(
      arguments: ["demo-data", "--seeds", "absent", "--output", "demo"], status: 66,
      message: "there is no indicators.csv with a row in absent"),
    Case(
      arguments: ["forecast", "absent.csv"], status: 66,
      message: "absent.csv: error: found no such file, expected a CSV file"),
  ]

  @Test("each failure has its code and its sentence", arguments: cases)
  func failure(_ example: Case) async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(example.arguments, in: folder)
      #expect(outcome.status == example.status)
      #expect(outcome.errorLines.first == example.message)
      #expect(outcome.output.isEmpty)
    }
  }

  @Test("an output folder that cannot be written ends with 74 and leaves nothing")
  func unwritable() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      try folder.write("file", "in the way\n")
      let outcome = try await Program.run(
        TinyWorkspace.arguments(output: "file/out"), in: folder)
      #expect(outcome.status == 74)
      #expect(outcome.output.isEmpty)
      let line = try #require(outcome.errorLines.last)
      #expect(line.hasPrefix("cannot create the folder "))
      #expect(line.hasSuffix("file/out: a part of the path is a file"))
      #expect(try folder.text("file") == "in the way\n")
    }
  }

  @Test("rejected rows that cannot be written end with 74")
  func unwritableRejected() async throws {
    try await withFolder { folder in
      try TinyWorkspace.write(to: folder)
      let outcome = try await Program.run(
        ["check", "tiny/observations.csv", "--seeds", Program.seeds, "--rejected", "no/r.csv"],
        in: folder)
      #expect(outcome.status == 74)
      #expect(outcome.errorLines.last == "cannot write no/r.csv: there is no such folder")
    }
  }

  @Test("a closed pipe is no error")
  func closedPipe() async throws {
    try await withFolder { folder in
      let outcome = try await Program.run(
        ["catalogue", "--format", "json", "--seeds", Program.seeds], in: folder,
        shell: #"set -o pipefail; "$@" | head -1"#)
      #expect(outcome.status == 0)
      #expect(outcome.output == "{\n")
      #expect(outcome.errorLines.count == 1)
    }
  }

  @Test("a full disk ends with 74")
  func fullDisk() async throws {
    try await withFolder { folder in
      let outcome = try await Program.run(
        ["catalogue", "--seeds", Program.seeds], in: folder, shell: #""$@" > /dev/full"#)
      #expect(outcome.status == 74)
      #expect(outcome.errorLines == ["cannot write to standard output: no space left"])
    }
  }
}

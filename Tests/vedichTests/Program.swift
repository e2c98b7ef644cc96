import Foundation
import TestSupport
import Testing

/// The built program, run as a user runs it: a process of its own with arguments, folder and environment.
enum Program {
  /// What a run of the program left.
  struct Outcome {
    let status: Int32
    let output: String
    let errors: String

    /// The lines on standard error.
    var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  }

  /// Beside the test bundle.
  static var url: URL {
    get throws {
      let bundle = try #require(Bundle.main.executableURL)
      return bundle.deletingLastPathComponent().appending(path: "vedich")
    }
  }

  /// The reference data of the repository.
  static let seeds = Files.repository.appending(path: "seeds").path

  /// Runs the program to its end.
  ///
  /// - Parameters:
  ///   - arguments: What stands behind `vedich`.
  ///   - folder: Where it runs.
  ///   - columns: The width of the terminal.
  ///   - shell: A command that the arguments are handed to as `"$@"`, such as `"$@" | head -1`.
  /// - Returns: Its exit code and what it wrote.
  /// - Throws: What the system says when it cannot be started.
  static func run(
    _ arguments: [String], in folder: URL, columns: Int = 80, shell: String? = nil
  ) async throws -> Outcome {
    let process = Process()
    let program = try url
    if let shell {
      process.executableURL = URL(filePath: "/bin/bash")
      process.arguments = ["-c", shell, "bash", program.path] + arguments
    } else {
      process.executableURL = program
      process.arguments = arguments
    }
    process.currentDirectoryURL = folder
    process.environment = [
      "COLUMNS": "\(columns)", "LANG": "C.UTF-8", "PATH": "/usr/bin:/bin",
    ]
    // Files and not pipes: nothing has to be drained while the program runs.
    let name = UUID().uuidString
    let files = ["output", "errors"].map {
      FileManager.default.temporaryDirectory.appending(path: "vedich-\(name)-\($0)")
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    for file in files { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
      process.terminationHandler = { _ in done.resume() }
      do {
        try process.run()
      } catch {
        process.terminationHandler = nil
        done.resume(throwing: error)
      }
    }
    #expect(process.terminationReason == .exit, "the program was ended by a signal")
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: files[0]), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
  }
}

/// Gives a test a folder of its own and removes it afterwards.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
  let folder = FileManager.default.temporaryDirectory
    .appending(path: "vedich-test-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try await body(folder)
}

extension URL {
  /// Writes a file of this folder.
  func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

  /// Writes a file of this folder.
  func write(_ name: String, _ bytes: [UInt8]) throws {
    let file = appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// The text of a file of this folder.
  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: appending(path: name)), as: UTF8.self)
  }

  /// The names of the files in this folder.
  var fileNames: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
  }
}

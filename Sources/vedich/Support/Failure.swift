import ArgumentParser
import Foundation
import IndicatorStore
import Indicators
import Reports

/// Ends the program with a message for the user and one of the documented exit codes.
struct Failure: Error {
  /// `sysexits.h`: 1 incomplete, 64 usage, 65 bad data, 66 no input, 74 input or output failed.
  enum Code: Int32 {
    case incomplete = 1
    case usage = 64
    case badData = 65
    case noInput = 66
    case inputOutput = 74
  }

  let code: Code
  let message: String

  init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  init(_ fault: FileFault) {
    switch fault.kind {
    case .missing: code = .noInput
    case .unreadable: code = .inputOutput
    case .badData: code = .badData
    }
    message = Failure.list(fault.diagnostics)
  }

  init(_ error: OutputError) { self.init(.inputOutput, error.description) }

  /// At most twenty findings, and how many more there are.
  static func list(_ diagnostics: [Diagnostic], most: Int = 20) -> String {
    var lines = diagnostics.prefix(most).map(\.description)
    if diagnostics.count > most { lines.append("… and \(diagnostics.count - most) more") }
    return lines.joined(separator: "\n")
  }
}

/// Runs the body of a command and turns what it throws into a message and an exit code.
func reportingFailures(_ body: () async throws -> Void) async throws {
  // A closed pipe is then an error of the write, which is let pass, and not the end of the process.
  signal(SIGPIPE, SIG_IGN)
  do {
    try await body()
  } catch let failure as Failure {
    Console.endProgress()
    Console.note(failure.message)
    throw ExitCode(failure.code.rawValue)
  } catch let fault as FileFault {
    let failure = Failure(fault)
    Console.note(failure.message)
    throw ExitCode(failure.code.rawValue)
  } catch let error as OutputError {
    Console.note(error.description)
    throw ExitCode(Failure.Code.inputOutput.rawValue)
  }
}

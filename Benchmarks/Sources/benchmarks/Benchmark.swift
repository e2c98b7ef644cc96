import Foundation

/// A timed case: one call of `run` does `count` pieces of the work that the name speaks of.
struct Benchmark {
  /// A stable name without commas.
  let name: String
  /// What one piece's time is told in.
  let unit: TimeUnit
  /// Pieces of work in one call.
  let count: Double
  /// Does the work and returns a number made of its results, so that none of it can be left out.
  let run: () async throws -> Double
}

/// A unit of time, as printed.
enum TimeUnit: String {
  case nanoseconds = "ns"
  case microseconds = "us"
  case milliseconds = "ms"
  case seconds = "s"

  var seconds: Double {
    switch self {
    case .nanoseconds: 1e-9
    case .microseconds: 1e-6
    case .milliseconds: 1e-3
    case .seconds: 1
    }
  }
}

extension Benchmark {
  /// The median processor time of a piece over some rounds, each long enough for the clock.
  ///
  /// Processor time, of all threads together, is hardly moved by what else the machine does.
  ///
  /// - Parameter rounds: How many times to measure; odd.
  /// - Returns: The time in the case's unit.
  /// - Throws: What the case throws, or ``BenchmarkError/notFinite(_:)``.
  func median(rounds: Int) async throws -> Double {
    var sum = 0.0
    func time(calls: Int) async throws -> Double {
      let start = clock()
      for _ in 0..<calls { sum += try await run() }
      return Double(clock() - start) / ticksPerSecond
    }
    // The first call warms up and tells how many make a tenth of a second.
    let once = try await time(calls: 1)
    let calls = max(1, min(1_000_000, Int(0.1 / max(once, 1e-9))))
    var times: [Double] = []
    for _ in 0..<rounds { times.append(try await time(calls: calls) / Double(calls)) }
    guard sum.isFinite else { throw BenchmarkError.notFinite(name) }
    times.sort()
    return times[rounds / 2] / count / unit.seconds
  }
}

/// POSIX fixes the unit of `clock()` to a microsecond.
private let ticksPerSecond = 1e6

/// Why there is no time.
enum BenchmarkError: Error, CustomStringConvertible {
  case notFinite(String)
  case badArguments

  var description: String {
    switch self {
    case .notFinite(let name): "\(name): a result is not a number"
    case .badArguments: "usage: benchmarks [--save MACHINE] [--only PART_OF_A_NAME]"
    }
  }
}

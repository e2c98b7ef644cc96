import Foundation
import Statistics
import TestSupport
import Testing

@Suite struct UnivariateSummaryTests {
  @Test func smallNumbersOnAGreatLevel() {
    let summary = UnivariateSummary([10_000_001, 10_000_003, 10_000_002])
    #expect(summary.mean == 10_000_002)
    #expect(summary.standardDeviation == 1)
    #expect(summary.firstAutocorrelation == -0.5)
    #expect(summary.minimum == 10_000_001 && summary.maximum == 10_000_003)
  }

  @Test func oneValueAndConstantValues() {
    #expect(UnivariateSummary([3]).mean == 3)
    #expect(UnivariateSummary([3]).standardDeviation.isNaN)
    #expect(UnivariateSummary([3, 3, 3]).standardDeviation == 0)
    #expect(UnivariateSummary([3, 3, 3]).firstAutocorrelation.isNaN)
  }
}

/// NIST's univariate problems, from the shared data: not in the repository.
@Suite(.enabled(if: Files.sharedData != nil, "the shared data with NIST's problems are absent"))
struct UnivariateCertifiedTests {
  struct Certificate: Decodable {
    let name: String
    let file: String
    let kind: String
    let certified: [Double]
  }

  struct Certificates: Decodable {
    let datasets: [Certificate]
  }

  /// Digits of the standard deviation and the autocorrelation that reading the decimal data into
  /// doubles leaves, where these are fewer than 14.
  static let ceilings: [String: (deviation: Double, autocorrelation: Double)] = [
    "Michelso": (13.7, 13.3), "NumAcc3": (9.4, 12.1),
  ]

  @Test func reachesTheCertifiedValues() throws {
    let folder = try #require(Files.sharedData).appending(path: "nist")
    let data = try Data(contentsOf: folder.appending(path: "certified.json"))
    let problems = try JSONDecoder().decode(Certificates.self, from: data).datasets
      .filter { $0.kind == "univariate" }
    #expect(problems.count >= 7)
    for problem in problems {
      let text = try String(contentsOf: folder.appending(path: problem.file), encoding: .utf8)
      let values = text.split(whereSeparator: \.isNewline).dropFirst().compactMap { Double($0) }
      let summary = UnivariateSummary(values)
      let digits = Self.ceilings[problem.name] ?? (14, 14)
      expectClose(summary.mean, problem.certified[0], relative: 1e-14, problem.name)
      expectClose(
        summary.standardDeviation, problem.certified[1], relative: pow(10, -digits.deviation),
        problem.name)
      expectClose(
        summary.firstAutocorrelation, problem.certified[2],
        relative: pow(10, -digits.autocorrelation), problem.name)
    }
  }
}

import TestSupport
import Testing

@testable import Attainment

@Suite("Learned coefficient sets")
struct LearnedPriorTests {
  @Test(arguments: [
    ("all", LearnedPrior.all), ("before", .before), ("without:fr", .without(source: "fr")),
    ("without-panel:fr_fibre", .withoutPanel("fr_fibre")),
  ])
  func namesAreRead(text: String, expected: LearnedPrior) {
    #expect(LearnedPrior(text) == expected)
  }

  @Test(arguments: ["", "without", "without:", "none", "without-panel:", "All", "with:fr"])
  func otherNamesAreRefused(text: String) {
    #expect(LearnedPrior(text) == nil)
  }

  @Test func unknownSourcesAndPanelsUseAll() {
    let all = LearnedPrior.all.map(cutoff: 24_000)
    #expect(LearnedPrior.without(source: "vn").map(cutoff: 24_000) == all)
    #expect(LearnedPrior.withoutPanel("vn_share").map(cutoff: 24_000) == all)
    for source in ["fr", "in", "my", "net"] {
      #expect(LearnedPrior.without(source: source).map(cutoff: 24_000) != all)
    }
    #expect(LearnedCoefficients.withoutPanel.count == 7)
  }

  @Test func setsBeforeACutoffAreTheLatestOnesByThen() throws {
    let months = LearnedCoefficients.before.map(\.month)
    #expect(months == months.sorted() && Set(months).count == months.count)
    let first = try #require(months.first)
    let earliest = LearnedPrior.before.map(cutoff: first - 1)
    #expect(earliest == LearnedCoefficients.earliest)
    for (month, map) in LearnedCoefficients.before {
      #expect(LearnedPrior.before.map(cutoff: month) == map)
    }
    let last = try #require(LearnedCoefficients.before.last)
    #expect(LearnedPrior.before.map(cutoff: last.month + 100) == last.map)
  }

  @Test func noSetLetsAHarderTargetBeLikelier() {
    let maps =
      [LearnedCoefficients.all, LearnedCoefficients.earliest]
      + LearnedCoefficients.withoutSource.map(\.map) + LearnedCoefficients.withoutPanel.map(\.map)
      + LearnedCoefficients.before.map(\.map)
    for map in maps {
      #expect(map.scores.allSatisfy { $0.weight >= 0 && $0.spread > 0 })
      #expect(map.coefficients.allSatisfy { $0.isFinite })
      #expect(MonotoneMap(map.numbers) == map)
    }
  }
}

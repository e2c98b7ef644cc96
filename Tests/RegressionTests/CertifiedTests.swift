import Foundation
import LinearAlgebra
import Regression
import TestSupport
import Testing

/// The linear reference problems of NIST, from the shared data: not in the repository.
@Suite(.enabled(if: Files.sharedData != nil, "the shared data with NIST's problems are absent"))
struct CertifiedTests {
  struct Certificate: Decodable {
    let name: String
    let file: String
    let kind: String
    let terms: [String]?
    let certified: [Double]?
    let certifiedSd: [Double]?
    let residualSd: Double?
    let rSquared: Double?
  }

  struct Certificates: Decodable {
    let datasets: [Certificate]
  }

  /// Formulas as a user writes them, and the digits reached on one machine, less one.
  ///
  /// Filip's powers up to x¹⁰ are kept to twice the working precision by `poly(…, raw = TRUE)`.
  static let problems: [(name: String, formula: String, digits: Double)] = [
    ("Norris", "y ~ x", 11.5), ("Pontius", "y ~ x + I(x^2)", 11),
    ("NoInt1", "y ~ x - 1", 13), ("Longley", "y ~ x1 + x2 + x3 + x4 + x5 + x6", 13),
    ("Filip", "y ~ poly(x, 10, raw = TRUE)", 13),
    ("Wampler1", "y ~ poly(x, 5, raw = TRUE)", 13.5),
    ("Wampler5", "y ~ x + I(x^2) + I(x^3) + I(x^4) + I(x^5)", 12),
  ]

  @Test(arguments: problems)
  func agreesWithNIST(name: String, formula: String, digits: Double) throws {
    let (record, header, rows) = try Self.problem(name)
    let table = DataTable(
      header.indices.map { k in (header[k], .numbers(rows.map { $0[k] })) })
    let model = try FormulaModel.fit(formula, table: table)
    #expect(model.aliasedTerms.isEmpty)
    try Self.compare(model.fit, record, digits: digits)
  }

  /// Powers rounded to doubles bound what any algorithm can give: 7.6 digits for Filip.
  static let rounded: [(name: String, digits: Double)] = [
    ("Norris", 11.5), ("Pontius", 11), ("NoInt1", 13), ("Longley", 13), ("Filip", 7.5),
    ("Wampler1", 13.5), ("Wampler5", 12),
  ]

  @Test(arguments: rounded)
  func agreesWithNISTFromRoundedPowers(name: String, digits: Double) throws {
    let (record, header, rows) = try Self.problem(name)
    let columns = try #require(record.terms).map { term in
      try rows.map { try Self.value(of: term, header, $0) }
    }
    let fit = try LinearModel.fit(
      design: Matrix(columns: columns), response: rows.map { $0[0] }, termNames: record.terms)
    try Self.compare(fit, record, digits: digits)
  }

  static func problem(_ name: String) throws -> (Certificate, [String], [[Double]]) {
    let folder = try #require(Files.sharedData).appending(path: "nist")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let all = try decoder.decode(
      Certificates.self, from: Data(contentsOf: folder.appending(path: "certified.json")))
    let record = try #require(all.datasets.first { $0.name == name })
    let text = try String(contentsOf: folder.appending(path: record.file), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let header = lines[0].map(String.init)
    return (record, header, lines.dropFirst().map { $0.map { Double($0) ?? .nan } })
  }

  static func compare(_ fit: LinearFit, _ record: Certificate, digits: Double) throws {
    let allowed = pow(10, -digits)
    let certified = try #require(record.certified)
    let errors = try #require(record.certifiedSd)
    for (k, term) in fit.termNames.enumerated() {
      expectClose(
        fit.coefficients[k], certified[k], relative: allowed, "\(record.name) \(term)")
      // Certified zeros have to be zero to that many digits.
      expectClose(
        fit.standardErrors[k], errors[k], relative: allowed, absolute: errors[k] == 0 ? allowed : 0,
        "\(record.name) sd \(term)")
    }
    let deviation = try #require(record.residualSd)
    expectClose(
      fit.residualStandardDeviation, deviation, relative: allowed,
      absolute: deviation == 0 ? allowed : 0, "\(record.name) residual sd")
    expectClose(fit.rSquared, try #require(record.rSquared), relative: allowed)
  }

  static func value(of term: String, _ header: [String], _ row: [Double]) throws -> Double {
    if term == "1" { return 1 }
    let parts = term.components(separatedBy: "**")
    let base = row[try #require(header.firstIndex(of: parts[0]))]
    let exponent = parts.count > 1 ? try #require(Int(parts[1])) : 1
    return (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

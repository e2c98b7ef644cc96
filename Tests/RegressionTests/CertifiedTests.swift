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

  /// Digits: NIST's numbers have 15, the conditioning of each problem takes its share.
  static let problems: [(name: String, digits: Double)] = [
    ("Norris", 12), ("Pontius", 11), ("NoInt1", 13), ("Longley", 10), ("Wampler5", 6),
  ]

  @Test(arguments: problems)
  func agreesWithNIST(name: String, digits: Double) throws {
    let folder = try #require(Files.sharedData).appending(path: "nist")
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let all = try decoder.decode(
      Certificates.self, from: Data(contentsOf: folder.appending(path: "certified.json")))
    let record = try #require(all.datasets.first { $0.name == name })
    let text = try String(contentsOf: folder.appending(path: record.file), encoding: .utf8)
    let lines = text.split(whereSeparator: \.isNewline).map { $0.split(separator: ",") }
    let header = lines[0].map(String.init)
    let rows = lines.dropFirst().map { $0.map { Double($0) ?? .nan } }
    let columns = try #require(record.terms).map { term in
      try rows.map { try Self.value(of: term, header, $0) }
    }
    let fit = try LinearModel.fit(
      design: Matrix(columns: columns), response: rows.map { $0[0] }, termNames: record.terms)
    let allowed = pow(10, -digits)
    let certified = try #require(record.certified)
    let errors = try #require(record.certifiedSd)
    for (k, term) in fit.termNames.enumerated() {
      expectClose(fit.coefficients[k], certified[k], relative: allowed, "\(name) \(term)")
      expectClose(fit.standardErrors[k], errors[k], relative: allowed, "sd \(term)")
    }
    expectClose(
      fit.residualStandardDeviation, try #require(record.residualSd), relative: allowed)
    expectClose(fit.rSquared, try #require(record.rSquared), relative: 1e-12)
  }

  static func value(of term: String, _ header: [String], _ row: [Double]) throws -> Double {
    if term == "1" { return 1 }
    let parts = term.components(separatedBy: "**")
    let base = row[try #require(header.firstIndex(of: parts[0]))]
    let exponent = parts.count > 1 ? try #require(Int(parts[1])) : 1
    return (0..<exponent).reduce(1) { product, _ in product * base }
  }
}

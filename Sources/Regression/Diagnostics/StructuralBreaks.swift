public import LinearAlgebra
import RealModule

/// Breaks of a regression at unknown points: all coefficients differ from segment to segment.
///
/// J. Bai and P. Perron, Econometrica 66 (1998) and J. Applied Econometrics 18 (2003): for each number
/// of breaks those with the least residual sum of squares, by dynamic programming over all segments.
/// The numbers are those of R's `strucchange::breakpoints`.
public struct StructuralBreaks: Equatable, Sendable {
  /// The optimal segmentation with one number of breaks.
  public struct Segmentation: Hashable, Sendable {
    /// The last rows before each break, as numbers of rows from 1: a segment ends with row b.
    public let breaks: [Int]
    /// The residual sum of squares of all segments.
    public let residualSumOfSquares: Double
    /// Schwarz's criterion with (p + 1)(m + 1) parameters for m breaks, as R counts.
    public let bic: Double
    /// The criterion of Liu, Wu and Zidek (Statistica Sinica 7, 1997) as Bai and Perron write it, with
    /// p (m + 1) + m parameters: it takes fewer breaks than BIC, above all with correlated errors.
    public let lwz: Double
  }

  /// Which criterion chooses the number of breaks.
  public enum Criterion: Hashable, Sendable {
    /// Schwarz's, R's default.
    case bic
    /// That of Liu, Wu and Zidek.
    case lwz
  }

  /// The best segmentations with 0, 1, … breaks.
  public let segmentations: [Segmentation]
  /// The fewest rows of a segment.
  public let minimalSegment: Int
  let design: Matrix
  let response: [Double]

  /// Searches all segmentations.
  ///
  /// - Parameters:
  ///   - design: The n × p matrix X in the order of time.
  ///   - response: The n numbers y.
  ///   - minimalSegment: The fewest rows h of a segment, p < h ≤ n/2; by default ⌊0.15 n⌋.
  ///   - maximumBreaks: The most breaks; by default ⌈n/h⌉ − 2.
  /// - Throws: ``DiagnosticError``.
  /// - Complexity: O(n² p²) and O(n²) for each number of breaks.
  public init(
    design: Matrix, response: [Double], minimalSegment: Int? = nil, maximumBreaks: Int? = nil
  ) throws(DiagnosticError) {
    let (n, p) = (design.rowCount, design.columnCount)
    try AuxiliaryRegression.require(design, response)
    guard n >= 2 * (p + 1) else { throw .tooShort(observations: n, needed: 2 * (p + 1)) }
    let h = minimalSegment ?? max(p + 1, Int(0.15 * Double(n)))
    guard h > p && h <= n / 2 else {
      throw .segmentOutOfRange(segment: h, shortest: p + 1, longest: n / 2)
    }
    let possible = max(1, (n + h - 1) / h - 2)
    let most = maximumBreaks ?? possible
    guard most >= 0 && most <= n / h - 1 else {
      throw .breaksOutOfRange(breaks: most, possible: n / h - 1)
    }
    guard try AuxiliaryRegression.rank(design) == p else { throw .rankDeficient }
    self.minimalSegment = h
    self.design = design
    self.response = response
    let costs = SegmentCosts(design: design, response: response)
    guard costs.cost(0, n - 1) > 0 else { throw .zeroResiduals }
    segmentations = Self.search(costs, h: h, most: most).enumerated().map { m, best in
      Self.segmentation(best.breaks, best.cost, n: n, p: p, m: m)
    }
  }

  /// The segmentation that a criterion chooses; that with fewer breaks of equals.
  public func chosen(by criterion: Criterion = .bic) -> Segmentation {
    var best = segmentations[0]
    for other in segmentations.dropFirst() {
      switch criterion {
      case .bic: if other.bic < best.bic { best = other }
      case .lwz: if other.lwz < best.lwz { best = other }
      }
    }
    return best
  }

  private static func segmentation(
    _ breaks: [Int], _ cost: Double, n: Int, p: Int, m: Int
  ) -> Segmentation {
    let rows = Double(n)
    let bic =
      rows * (Double.log(cost / rows) + 1 + Double.log(2 * Double.pi))
      + Double.log(rows) * Double((p + 1) * (m + 1))
    let parameters = p * (m + 1) + m
    let freedom = Double(n - parameters)
    let lwz =
      freedom > 0
      ? Double.log(cost / freedom)
        + Double(parameters) / rows * 0.299 * Double.pow(Double.log(rows), 2.1)
      : Double.infinity
    return Segmentation(breaks: breaks, residualSumOfSquares: cost, bic: bic, lwz: lwz)
  }

  /// The best breaks and costs for 0 to `most` breaks.
  private static func search(
    _ costs: SegmentCosts, h: Int, most: Int
  ) -> [(breaks: [Int], cost: Double)] {
    let n = costs.rowCount
    var results = [(breaks: [Int](), cost: costs.cost(0, n - 1))]
    // least[i]: the cost of the first i rows cut into so many segments; from[m][i]: its last break.
    var least = (0...n).map { $0 >= h ? costs.cost(0, max(0, $0 - 1)) : Double.infinity }
    var from: [[Int]] = []
    for m in stride(from: 1, through: most, by: 1) {
      var next = [Double](repeating: .infinity, count: n + 1)
      var origin = [Int](repeating: 0, count: n + 1)
      for end in stride(from: (m + 1) * h, through: n, by: 1) {
        for cut in (m * h)...(end - h) {
          let cost = least[cut] + costs.cost(cut, end - 1)
          if cost < next[end] { (next[end], origin[end]) = (cost, cut) }
        }
      }
      from.append(origin)
      least = next
      var breaks: [Int] = []
      var end = n
      for step in stride(from: m, through: 1, by: -1) {
        end = from[step - 1][end]
        breaks.append(end)
      }
      results.append((breaks.reversed(), next[n]))
    }
    return results
  }
}

/// Why the numbers of a matrix do not allow what was asked of it.
///
/// Orders and pivots count from 1, as LAPACK's `info` does; rows and columns count from 0, as the
/// subscripts of ``Matrix`` do.
public enum FactorizationError: Error, Hashable, Sendable {
  /// The leading minor of this order is not positive, so the matrix is not positive definite.
  case notPositiveDefinite(leadingMinor: Int)
  /// This diagonal entry of the triangular factor, counted from 1, is exactly zero.
  case singular(index: Int)
  /// The iteration for singular values or eigenvalues stopped short, with LAPACK's `info`.
  case noConvergence(info: Int)
  /// This entry of the matrix is infinite or not a number.
  case nonFinite(row: Int, column: Int)
  /// This entry of the right-hand side (or response) is infinite or not a number.
  case nonFiniteRightHandSide(row: Int)
}

extension FactorizationError: CustomStringConvertible {
  /// One sentence that names the place.
  public var description: String {
    switch self {
    case .notPositiveDefinite(let order):
      "the matrix is not positive definite: its leading minor of order \(order) is not positive"
    case .singular(let index):
      "the matrix is singular: diagonal entry \(index) of its triangular factor is zero"
    case .noConvergence(let info):
      "the singular values or eigenvalues did not converge (info \(info))"
    case .nonFinite(let row, let column):
      "the entry in row \(row), column \(column) (from 0) is not finite"
    case .nonFiniteRightHandSide(let row):
      "entry \(row) (from 0) of the right-hand side is not finite"
    }
  }
}

import CLAPACK

/// The LAPACK routines on matrices held as arrays (column-major, leading dimension = rows).
///
/// Workspaces are asked for and made here. A negative `info` is a mistake of this module and traps;
/// what is returned is at least 0 and says something about the data. No size is 0 here: the callers
/// answer for empty matrices. Letters and meanings are those of the LAPACK Users' Guide (3rd ed.,
/// SIAM 1999).
enum LAPACK {
  /// QR by Householder reflections: R in the upper triangle, the reflectors below it and in `tau`.
  static func geqrf(_ m: Int, _ n: Int, _ a: inout [Double], _ tau: inout [Double]) {
    _ = Backend.oneThread
    let (rows, columns) = (size(m), size(n))
    var best = 0.0
    check(unsafe la_dgeqrf(rows, columns, &a, rows, &tau, &best, -1), "dgeqrf")
    var work = [Double](repeating: 0, count: Int(best))
    check(unsafe la_dgeqrf(rows, columns, &a, rows, &tau, &work, size(work.count)), "dgeqrf")
  }

  /// QR with column pivoting; gives the permutation, counted from 0.
  static func geqp3(_ m: Int, _ n: Int, _ a: inout [Double], _ tau: inout [Double]) -> [Int] {
    _ = Backend.oneThread
    let (rows, columns) = (size(m), size(n))
    var pivots = [Int32](repeating: 0, count: n)
    var best = 0.0
    check(unsafe la_dgeqp3(rows, columns, &a, rows, &pivots, &tau, &best, -1), "dgeqp3")
    var work = [Double](repeating: 0, count: Int(best))
    check(
      unsafe la_dgeqp3(rows, columns, &a, rows, &pivots, &tau, &work, size(work.count)), "dgeqp3")
    return pivots.map { Int($0) - 1 }
  }

  /// C := QᵀC or QC for the m × n matrix C and the k reflectors in `a`.
  static func ormqr(
    transposed: Bool, _ m: Int, _ n: Int, _ k: Int, _ a: [Double], _ tau: [Double],
    _ c: inout [Double]
  ) {
    _ = Backend.oneThread
    let (rows, columns, count) = (size(m), size(n), size(k))
    let (side, trans) = (letterCode("L"), letterCode(transposed ? "T" : "N"))
    var best = 0.0
    check(
      unsafe la_dormqr(side, trans, rows, columns, count, a, rows, tau, &c, rows, &best, -1),
      "dormqr")
    var work = [Double](repeating: 0, count: Int(best))
    let length = size(work.count)
    check(
      unsafe la_dormqr(side, trans, rows, columns, count, a, rows, tau, &c, rows, &work, length),
      "dormqr")
  }

  /// The first n columns of Q, m ≥ n ≥ k, from the k reflectors in `a`.
  static func orgqr(_ m: Int, _ n: Int, _ k: Int, _ a: inout [Double], _ tau: [Double]) {
    _ = Backend.oneThread
    let (rows, columns, count) = (size(m), size(n), size(k))
    var best = 0.0
    check(unsafe la_dorgqr(rows, columns, count, &a, rows, tau, &best, -1), "dorgqr")
    var work = [Double](repeating: 0, count: Int(best))
    check(unsafe la_dorgqr(rows, columns, count, &a, rows, tau, &work, size(work.count)), "dorgqr")
  }

  /// Solves op(A) X = B for the triangular n × n matrix at the head of `a`; `info` > 0 names a zero
  /// on the diagonal.
  static func trtrs(
    upper: Bool, transposed: Bool, _ n: Int, _ columns: Int, _ a: [Double], _ lda: Int,
    _ b: inout [Double]
  ) -> Int {
    _ = Backend.oneThread
    return check(
      unsafe la_dtrtrs(
        letterCode(upper ? "U" : "L"), letterCode(transposed ? "T" : "N"), letterCode("N"),
        size(n), size(columns), a, size(lda), &b, size(n)), "dtrtrs")
  }

  /// The reciprocal of the estimated 1-norm condition of an upper triangular matrix.
  static func trcon(_ n: Int, _ a: [Double], _ lda: Int) -> Double {
    _ = Backend.oneThread
    var reciprocal = 0.0
    var work = [Double](repeating: 0, count: 3 * n)
    var integers = [Int32](repeating: 0, count: n)
    check(
      unsafe la_dtrcon(
        letterCode("1"), letterCode("U"), letterCode("N"), size(n), a, size(lda), &reciprocal,
        &work, &integers), "dtrcon")
    return reciprocal
  }

  /// Cholesky of the lower triangle; `info` > 0 is the order of a minor that is not positive.
  static func potrf(_ n: Int, _ a: inout [Double]) -> Int {
    _ = Backend.oneThread
    return check(unsafe la_dpotrf(letterCode("L"), size(n), &a, size(n)), "dpotrf")
  }

  /// Solves A X = B by the lower Cholesky factor in `a`.
  static func potrs(_ n: Int, _ columns: Int, _ a: [Double], _ b: inout [Double]) {
    _ = Backend.oneThread
    check(
      unsafe la_dpotrs(letterCode("L"), size(n), size(columns), a, size(n), &b, size(n)), "dpotrs")
  }

  /// The reciprocal of the estimated 1-norm condition of A, from its factor and its norm.
  static func pocon(_ n: Int, _ a: [Double], norm: Double) -> Double {
    _ = Backend.oneThread
    var reciprocal = 0.0
    var work = [Double](repeating: 0, count: 3 * n)
    var integers = [Int32](repeating: 0, count: n)
    check(
      unsafe la_dpocon(
        letterCode("L"), size(n), a, size(n), norm, &reciprocal, &work, &integers), "dpocon")
    return reciprocal
  }

  /// A norm of a general matrix: `M` its largest entry, `1`, `I` or `F`.
  static func lange(_ kind: Unicode.Scalar, _ m: Int, _ n: Int, _ a: [Double]) -> Double {
    _ = Backend.oneThread
    var work = [Double](repeating: 0, count: kind == "I" ? m : 1)
    return unsafe la_dlange(letterCode(kind), size(m), size(n), a, size(m), &work)
  }

  /// The 1-norm of a symmetric matrix, from its lower triangle.
  static func lansy(_ n: Int, _ a: [Double]) -> Double {
    _ = Backend.oneThread
    var work = [Double](repeating: 0, count: n)
    return unsafe la_dlansy(letterCode("1"), letterCode("L"), size(n), a, size(n), &work)
  }

  /// Thin singular value decomposition by divide and conquer; destroys `a`; `info` > 0 means that
  /// it did not converge.
  static func gesdd(
    _ m: Int, _ n: Int, _ a: inout [Double], _ s: inout [Double], _ u: inout [Double],
    _ vt: inout [Double]
  ) -> Int {
    _ = Backend.oneThread
    let (rows, columns, rank) = (size(m), size(n), size(min(m, n)))
    var integers = [Int32](repeating: 0, count: 8 * min(m, n))
    var best = 0.0
    check(
      unsafe la_dgesdd(
        letterCode("S"), rows, columns, &a, rows, &s, &u, rows, &vt, rank, &best, -1, &integers),
      "dgesdd")
    var work = [Double](repeating: 0, count: Int(best))
    return check(
      unsafe la_dgesdd(
        letterCode("S"), rows, columns, &a, rows, &s, &u, rows, &vt, rank, &work,
        size(work.count), &integers), "dgesdd")
  }

  /// Eigenvalues, ascending, and eigenvectors, in `a`, of a symmetric matrix from its lower
  /// triangle; `info` > 0 means that it did not converge.
  static func syevd(_ n: Int, _ a: inout [Double], _ w: inout [Double]) -> Int {
    _ = Backend.oneThread
    let (job, triangle, order) = (letterCode("V"), letterCode("L"), size(n))
    var best = 0.0
    var bestIntegers: Int32 = 0
    check(
      unsafe la_dsyevd(job, triangle, order, &a, order, &w, &best, -1, &bestIntegers, -1),
      "dsyevd")
    var work = [Double](repeating: 0, count: Int(best))
    var integers = [Int32](repeating: 0, count: Int(bestIntegers))
    return check(
      unsafe la_dsyevd(
        job, triangle, order, &a, order, &w, &work, size(work.count), &integers, bestIntegers),
      "dsyevd")
  }

  @discardableResult
  private static func check(_ info: Int32, _ routine: StaticString) -> Int {
    precondition(info >= 0, "\(routine): argument \(-info) is wrong")
    return Int(info)
  }
}

import CLAPACK

/// Products of matrices held as arrays, by OpenBLAS; of small matrices and vectors by plain loops.
///
/// All sizes are positive here: the callers answer for empty matrices. A result starts as zeros.
enum BLAS {
  enum Operation {
    case asIs
    case transposed

    var letter: CChar { self == .asIs ? letterCode("N") : letterCode("T") }
  }

  /// C = op(A) op(B), m × n, with k terms in each entry.
  static func gemm(
    _ left: Operation, _ right: Operation, _ m: Int, _ n: Int, _ k: Int, _ a: [Double], _ lda: Int,
    _ b: [Double], _ ldb: Int, _ c: inout [Double]
  ) {
    _ = Backend.oneThread
    unsafe la_dgemm(
      left.letter, right.letter, size(m), size(n), size(k), 1, a, size(lda), b, size(ldb), 0, &c,
      size(m))
  }

  /// y = op(A) x for the m × n matrix A.
  static func gemv(
    _ operation: Operation, _ m: Int, _ n: Int, _ a: [Double], _ x: [Double], _ y: inout [Double]
  ) {
    if m * n <= 512 {
      switch operation {
      case .asIs:
        for j in 0..<n {
          for i in 0..<m { y[i] += a[i + j * m] * x[j] }
        }
      case .transposed:
        for j in 0..<n {
          var sum = 0.0
          for i in 0..<m { sum += a[i + j * m] * x[i] }
          y[j] = sum
        }
      }
    } else {
      _ = Backend.oneThread
      unsafe la_dgemv(operation.letter, size(m), size(n), 1, a, size(m), x, 0, &y)
    }
  }

  /// The lower triangle of C = op(A) op(A)ᵀ, n × n, with k terms in each entry.
  static func syrk(
    _ operation: Operation, _ n: Int, _ k: Int, _ a: [Double], _ lda: Int, _ c: inout [Double]
  ) {
    if operation == .asIs && n * n * k <= 1_000 {
      unsafe a.withUnsafeBufferPointer { source in
        unsafe c.withUnsafeMutableBufferPointer { target in
          guard let a = source.baseAddress, let c = target.baseAddress else { return }
          for l in 0..<k {
            for j in 0..<n {
              unsafe Columns.subtract(
                -a[j + l * lda], a + j + l * lda, from: c + j * (n + 1), n - j)
            }
          }
        }
      }
      return
    }
    _ = Backend.oneThread
    unsafe la_dsyrk(
      letterCode("L"), operation.letter, size(n), size(k), 1, a, size(lda), 0, &c, size(n))
  }
}

/// A size as LAPACK takes it; matrices beyond 2³¹ − 1 rows or columns trap.
func size(_ count: Int) -> Int32 {
  guard let size = Int32(exactly: count) else {
    preconditionFailure("A matrix for LAPACK has at most 2³¹ − 1 rows and columns")
  }
  return size
}

/// A letter option as C takes it.
func letterCode(_ letter: Unicode.Scalar) -> CChar {
  CChar(truncatingIfNeeded: letter.value)
}

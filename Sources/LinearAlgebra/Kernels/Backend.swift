import CLAPACK

/// The numerical library underneath: OpenBLAS with its LAPACK, held to one thread.
///
/// One thread because the problems here are small and many: parallelism goes across series, and one
/// thread gives the same bits in every run on one kind of processor.
public enum Backend {
  /// Runs once, before the first call into OpenBLAS; every entry of ``LAPACK`` touches it.
  static let oneThread: Void = la_set_thread_count(1)

  /// The build options of OpenBLAS, its version first.
  public static var configuration: String {
    _ = oneThread
    guard let text = unsafe la_configuration() else { return "" }
    let words = unsafe String(cString: text).split(separator: " ")
    return words.joined(separator: " ")
  }

  /// The processor whose kernels OpenBLAS has chosen, such as `SkylakeX`.
  ///
  /// Last bits differ between kernels, so whoever records a run records this with it.
  public static var coreName: String {
    _ = oneThread
    guard let text = unsafe la_core_name() else { return "" }
    return unsafe String(cString: text)
  }

  /// The build and the kernels in one line, for the record of a run.
  public static var description: String { "\(configuration); kernels \(coreName)" }

  /// The number of threads a call uses: 1.
  public static var threadCount: Int {
    _ = oneThread
    return Int(la_thread_count())
  }

  /// Whether OpenBLAS was built without threads (Debian's `libopenblas0-serial`).
  ///
  /// Such a build is not safe to call from several threads at once: results came out wrong in tests.
  /// A program that finds `true` should warn and work on one thread.
  public static var isSingleThreadedBuild: Bool {
    _ = oneThread
    return la_parallel_kind() == 0
  }
}

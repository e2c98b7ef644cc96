public import TimeSeries

/// A file that a run read.
public struct InputFile: Hashable, Sendable {
  /// The name without its folders.
  public let name: String
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public let sha256: String
  /// Data rows read, header excluded.
  public let rowsRead: Int
  /// Rows that were used.
  public let rowsAccepted: Int
  /// Rows that stand in `rejected.csv`.
  public let rowsRejected: Int

  /// Creates the description of a file.
  ///
  /// - Parameters:
  ///   - path: The file's path, of which only the last component is kept.
  ///   - sha256: The digest of its bytes.
  ///   - rowsRead: Data rows read: the sum of the other two.
  ///   - rowsAccepted: Rows that were used.
  ///   - rowsRejected: Rows that were not.
  public init(
    path: String, sha256: String, rowsRead: Int, rowsAccepted: Int, rowsRejected: Int
  ) {
    name = path.split(separator: "/").last.map(String.init) ?? path
    self.sha256 = sha256
    self.rowsRead = rowsRead
    self.rowsAccepted = rowsAccepted
    self.rowsRejected = rowsRejected
  }
}

/// What a run was made from: `run.json`, and the sources named in `datapackage.json`.
///
/// It holds no time, duration, thread count or folder, so that the same inputs give the same bytes.
public struct RunDescription: Hashable, Sendable {
  /// The version of VeDich.
  public var version: String
  /// The command that ran, `run`.
  public var command: String
  /// The last period whose observations the run could use.
  public var origin: Period?
  /// "Today", for alerts.
  public var asOf: Day?
  /// The seed of every random stream.
  public var seed: UInt64
  /// Sample paths an indicator.
  public var paths: Int
  /// The files read, in the order in which they are listed.
  public var inputs: [InputFile]
  /// The configuration and kernel that OpenBLAS reports.
  public var linearAlgebra: String
  /// The version of the compiler.
  public var swiftVersion: String
  /// Whether any input is synthetic.
  public var isSynthetic: Bool

  /// Creates a description.
  public init(
    version: String, command: String, origin: Period?, asOf: Day?, seed: UInt64, paths: Int,
    inputs: [InputFile], linearAlgebra: String, swiftVersion: String, isSynthetic: Bool
  ) {
    self.version = version
    self.command = command
    self.origin = origin
    self.asOf = asOf
    self.seed = seed
    self.paths = paths
    self.inputs = inputs
    self.linearAlgebra = linearAlgebra
    self.swiftVersion = swiftVersion
    self.isSynthetic = isSynthetic
  }

  /// The bytes of `run.json`.
  public var json: [UInt8] {
    let files: [JSONValue] = inputs.map { file in
      .object([
        "name": .string(file.name), "sha256": .string(file.sha256),
        "rows_read": .integer(file.rowsRead), "rows_accepted": .integer(file.rowsAccepted),
        "rows_rejected": .integer(file.rowsRejected),
      ])
    }
    let rows: JSONValue = .object([
      "read": .integer(inputs.map(\.rowsRead).reduce(0, +)),
      "accepted": .integer(inputs.map(\.rowsAccepted).reduce(0, +)),
      "rejected": .integer(inputs.map(\.rowsRejected).reduce(0, +)),
    ])
    return JSONValue.object([
      "program": .string("vedich"), "version": .string(version), "command": .string(command),
      "origin": origin.map { .string($0.description) } ?? .null,
      "as_of": asOf.map { .string($0.description) } ?? .null,
      // As text: a JSON number loses the digits of a 64-bit seed in most readers.
      "seed": .string(String(seed)), "paths": .integer(paths), "inputs": .array(files),
      "rows": rows, "linear_algebra": .string(linearAlgebra),
      "swift_version": .string(swiftVersion), "synthetic": .bool(isSynthetic),
    ]).bytes()
  }
}

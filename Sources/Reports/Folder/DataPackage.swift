/// A file of an output folder, as it was written.
public struct OutputFile: Hashable, Sendable {
  /// The name inside the folder.
  public let name: String
  /// Its size.
  public let byteCount: Int
  /// SHA-256 of its bytes, 64 hexadecimal digits.
  public let sha256: String
  /// The columns, for a CSV file made by a ``CSVTable``.
  public let schema: TableSchema?
}

/// `datapackage.json`: a Frictionless Tabular Data Package over the CSV files of a folder.
enum DataPackage {
  static func json(files: [OutputFile], run: RunDescription) -> [UInt8] {
    let synthetic = run.isSynthetic ? " Made from synthetic (invented) data." : ""
    return JSONValue.object([
      "profile": .string("tabular-data-package"),
      "name": .string("vedich-output"),
      "title": .string("VeDich: projections and attainment of targets"),
      "description": .string(
        "Forecasts of monthly indicator values and the probability that targets are met."
          + synthetic),
      "version": .string(run.version),
      "synthetic": .bool(run.isSynthetic),
      "sources": .array(run.inputs.map(source)),
      "resources": .array(files.compactMap(resource)),
    ]).bytes()
  }

  private static func source(_ file: InputFile) -> JSONValue {
    .object([
      "title": .string(file.name), "path": .string(file.name),
      "hash": .string("sha256:\(file.sha256)"),
    ])
  }

  private static func resource(_ file: OutputFile) -> JSONValue? {
    guard let schema = file.schema else { return nil }
    let name = file.name.split(separator: ".").first.map(String.init) ?? file.name
    return .object([
      "profile": .string("tabular-data-resource"),
      "name": .string(name), "path": .string(file.name),
      "description": .string(schema.description),
      "format": .string("csv"), "mediatype": .string("text/csv"), "encoding": .string("utf-8"),
      "bytes": .integer(file.byteCount), "hash": .string("sha256:\(file.sha256)"),
      "synthetic": .bool(schema.isSynthetic),
      "schema": .object([
        "fields": .array(schema.fields.map(field)), "missingValues": .array([.string("")]),
      ]),
    ])
  }

  private static func field(_ field: Field) -> JSONValue {
    var members: [String: JSONValue] = [
      "name": .string(field.name), "type": .string(field.kind.rawValue),
      "description": .string(field.description),
    ]
    if !field.unit.isEmpty { members["unit"] = .string(field.unit) }
    var constraints: [String: JSONValue] = [:]
    if !field.allowed.isEmpty { constraints["enum"] = .array(field.allowed.map { .string($0) }) }
    if !field.pattern.isEmpty { constraints["pattern"] = .string(field.pattern) }
    if let minimum = field.minimum { constraints["minimum"] = .number(minimum) }
    if let maximum = field.maximum { constraints["maximum"] = .number(maximum) }
    if field.isRequired { constraints["required"] = .bool(true) }
    if !constraints.isEmpty { members["constraints"] = .object(constraints) }
    return .object(members)
  }
}

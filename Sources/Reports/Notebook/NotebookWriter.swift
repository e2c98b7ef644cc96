public import Attainment
public import Indicators

/// Writes a Jupyter notebook over the output folder of `vedich run`: text in Vietnamese, plain Python with
/// pandas and matplotlib that reads the CSV files by a relative path.
///
/// The notebook holds no number: all it shows comes from the files when it is executed.
public struct NotebookWriter: Sendable {
  private let names: [String: String]
  private let isSynthetic: Bool
  private let outputPath: String

  /// Creates a writer.
  ///
  /// - Parameters:
  ///   - attainments: The rows whose indicators and units are given their Vietnamese names.
  ///   - catalogue: Where the names come from.
  ///   - isSynthetic: Whether the observations are synthetic.
  ///   - outputPath: The path from the notebook's folder to the output folder.
  public init(
    attainments: [TargetAttainment], catalogue: Catalogue, isSynthetic: Bool,
    outputPath: String = "../output"
  ) {
    let wording = Wording(.vietnamese)
    var names: [String: String] = [:]
    for row in attainments where names[row.unit] == nil {
      names[row.unit] = wording.name(ofUnit: row.unit, in: catalogue)
    }
    for row in attainments {
      names[row.target.id] = wording.title(row.target)
      if let name = catalogue.indicator(row.indicator)?.nameVietnamese, !name.isEmpty {
        names[row.indicator] = name
      }
    }
    self.names = names.filter { $0.key != $0.value }
    self.isSynthetic = isSynthetic
    self.outputPath = outputPath
  }

  /// The bytes of the `.ipynb` file.
  public var bytes: [UInt8] {
    let table = JSONValue.object(names.mapValues { .string($0) }).bytes(indent: 4)
    let dictionary = String(decoding: table.dropLast(), as: UTF8.self)
    let notice = isSynthetic ? "\n\n> **\(Wording(.vietnamese).syntheticNotice)**" : ""
    return Notebook(cells: [
      .text(NotebookText.opening + notice),
      .code(NotebookText.reading(outputPath: outputPath)),
      .text(NotebookText.namesText),
      .code("NAMES = \(dictionary)\n\n\(NotebookText.naming)"),
      .text(NotebookText.overviewText), .code(NotebookText.tally), .code(NotebookText.overview),
      .text(NotebookText.fanText), .code(NotebookText.choice), .code(NotebookText.fan),
      .text(NotebookText.unitsText), .code(NotebookText.units),
      .text(NotebookText.contributionsText), .code(NotebookText.contributions),
      .text(NotebookText.checksText), .code(NotebookText.checks),
      .text(NotebookText.closing),
    ]).bytes
  }
}

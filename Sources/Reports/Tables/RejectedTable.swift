public import Indicators

extension CSVTable where Row == Diagnostic {
  /// `rejected.csv`: every row that was not used, with its place and how to mend it.
  ///
  /// - Parameter isSynthetic: What the data package says of the file; its columns quote the input as it is.
  /// - Returns: The table, to be given rows.
  public static func rejected(isSynthetic: Bool) -> CSVTable {
    CSVTable(
      name: "rejected.csv",
      description: "Rows of the input that were not used: place, what was found, what was "
        + "expected, how to mend it.",
      isSynthetic: isSynthetic,
      columns: [
        Column(text: .string("file", "Name of the file.", isRequired: true), \.file),
        Column(
          integer: .integer(
            "line", unit: "lines",
            "Line in the file from 1, header included; empty when the whole file is meant.",
            minimum: 1),
          { $0.line > 0 ? $0.line : nil }),
        Column(
          integer: .integer(
            "column", unit: "characters",
            "Character in the line from 1; empty when the whole line is meant.", minimum: 1),
          { $0.column > 0 ? $0.column : nil }),
        Column(
          text: .string("found", "What was found, at most 40 characters of it."), \.found),
        Column(text: .string("expected", "What was expected."), \.expected),
        Column(text: .string("fix", "How to mend it."), \.fix),
      ])
  }
}

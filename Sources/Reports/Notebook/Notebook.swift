/// One cell of a Jupyter notebook.
enum NotebookCell {
  /// Text in Markdown.
  case text(String)
  /// Python that has not run.
  case code(String)

  /// The cell in nbformat 4.5, its id made from its place.
  func json(number: Int) -> JSONValue {
    let id = "cell-" + (number < 10 ? "0" : "") + String(number)
    switch self {
    case .text(let source):
      return .object([
        "cell_type": .string("markdown"), "id": .string(id), "metadata": .object([:]),
        "source": NotebookCell.lines(source),
      ])
    case .code(let source):
      return .object([
        "cell_type": .string("code"), "id": .string(id), "metadata": .object([:]),
        "execution_count": .null, "outputs": .array([]), "source": NotebookCell.lines(source),
      ])
    }
  }

  /// The lines of a source, each but the last with its line end, as nbformat stores them.
  private static func lines(_ source: String) -> JSONValue {
    let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
    return .array(
      lines.enumerated().map { .string($1 + ($0 + 1 < lines.count ? "\n" : "")) })
  }
}

/// A Jupyter notebook (nbformat 4.5) that nothing has executed yet.
struct Notebook {
  var cells: [NotebookCell]

  /// The bytes of the `.ipynb` file, indented by one space as Jupyter does.
  var bytes: [UInt8] {
    JSONValue.object([
      "cells": .array(cells.enumerated().map { $1.json(number: $0 + 1) }),
      "metadata": .object([
        "kernelspec": .object([
          "display_name": .string("Python 3"), "language": .string("python"),
          "name": .string("python3"),
        ]),
        "language_info": .object(["name": .string("python")]),
      ]),
      "nbformat": .integer(4), "nbformat_minor": .integer(5),
    ]).bytes(indent: 1)
  }
}

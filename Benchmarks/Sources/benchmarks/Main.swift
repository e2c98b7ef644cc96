import Foundation

/// Times every case and compares it with the saved results; says how they differ and judges nothing.
@main
struct Main {
  static func main() async {
    do {
      try await compare(Array(CommandLine.arguments.dropFirst()))
    } catch {
      FileHandle.standardError.write(Data("\(error)\n".utf8))
      exit(1)
    }
  }

  /// - Parameter arguments: `--save MACHINE` (the kind of machine in words) writes the results;
  ///   `--only TEXT` takes the cases whose name holds it.
  /// - Throws: ``BenchmarkError``, or what a case or the writing of the results throws.
  static func compare(_ arguments: [String]) async throws {
    var machine: String?
    var only = ""
    var rest = arguments[...]
    while let flag = rest.popFirst() {
      guard let value = rest.popFirst(), !value.contains(",") else {
        throw BenchmarkError.badArguments
      }
      switch flag {
      case "--save": machine = value
      case "--only": only = value
      default: throw BenchmarkError.badArguments
      }
    }
    var results = Results.read()
    let cases = try numericalCases() + forecastingCases() + wholeCases()
    print(row("case", "median", "unit", "saved", "ratio"))
    for one in cases where only.isEmpty || one.name.contains(only) {
      let median = try await one.median(rounds: 5)
      let saved = results[one.name].flatMap { $0.unit == one.unit.rawValue ? $0.median : nil }
      print(
        row(
          one.name, Results.rounded(median), one.unit.rawValue,
          saved.map(Results.rounded) ?? "-",
          saved.map { String(format: "%.2f", median / $0) } ?? "-"))
      if let machine {
        results[one.name] = SavedResult(
          name: one.name, median: median, unit: one.unit.rawValue, machine: machine,
          swift: Results.swift)
      }
    }
    if let machine {
      try Results.write(cases.compactMap { results[$0.name] })
      print("saved for: \(machine)")
    } else if let known = results.values.map({ "\($0.machine), Swift \($0.swift)" }).min() {
      print("saved on: \(known); a ratio above 1 is slower")
    }
  }

  private static func row(_ cells: String...) -> String {
    let name = cells[0].padding(toLength: 46, withPad: " ", startingAt: 0)
    return name
      + cells.dropFirst().map { cell in
        String(repeating: " ", count: max(1, 9 - cell.count)) + cell
      }.joined()
  }
}

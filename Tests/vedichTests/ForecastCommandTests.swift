import Foundation
import TestSupport
import Testing

/// `vedich forecast` and `vedich backtest` as a user runs them.
@Suite("Forecasting any file")
struct ForecastCommandTests {
  /// Four series of 40 months, one of five, one of one value.
  private static var csv: String {
    var text = "shop,month,sales\n"
    for unit in 0..<6 {
      let count = unit < 4 ? 40 : unit == 4 ? 5 : 1
      for month in 0..<count {
        let season = [0.0, 4, 9, 3, -5, -8, 2, 7, 5, -2, -9, -6][month % 12]
        let noise = Double((month * 37 + unit * 11) % 17) / 4
        let value = 100 + Double(unit * 10) + 0.5 * Double(month) + season + noise
        let date = "\(2020 + month / 12)-\(month % 12 < 9 ? "0" : "")\(month % 12 + 1)"
        text += "S\(unit),\(date),\(value)\n"
      }
    }
    return text
  }

  private static let columns = [
    "--unit-column", "shop", "--period-column", "month", "--value-column", "sales",
  ]

  private func run(_ arguments: [String], in folder: URL) async throws -> Program.Outcome {
    try Data(Self.csv.utf8).write(to: folder.appending(path: "sales.csv"))
    let words = [arguments[0], "sales.csv"] + Self.columns + arguments.dropFirst()
    return try await Program.run(words, in: folder)
  }

  @Test("periods that are whole numbers count steps, told or not")
  func wholeNumbers() async throws {
    try await withFolder { folder in
      var text = "unique_id,ds,y\n"
      for step in 1...30 { text += "a,\(step),\(50 + step * step % 7)\n" }
      try Data(text.utf8).write(to: folder.appending(path: "steps.csv"))
      let words = [
        "forecast", "steps.csv", "--unit-column", "unique_id", "--period-column", "ds",
        "--value-column", "y", "--horizon", "2", "--season", "12",
      ]
      let told = try await Program.run(words + ["--steps"], in: folder)
      let untold = try await Program.run(words, in: folder)
      #expect(told.status == 0, "\(told.errors)")
      #expect(untold.status == 0 && untold.output == told.output)
      #expect(untold.output.contains("\na,1,31,") && untold.output.contains("\na,2,32,"))
      #expect(untold.errors.contains("read as steps"))
    }
  }

  @Test(
    "forecasts stand in the order of the series, with the models beside them, for any number of threads"
  )
  func streams() async throws {
    try await withFolder { folder in
      var texts: [String] = []
      for threads in ["1", "3"] {
        let outcome = try await run(
          ["forecast", "--horizon", "3", "--output", "f.csv", "--threads", threads], in: folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        texts.append(
          try String(contentsOf: folder.appending(path: "f.csv"), encoding: .utf8)
            + String(contentsOf: folder.appending(path: "models.csv"), encoding: .utf8))
      }
      #expect(texts[0] == texts[1])
      let lines = texts[0].split(separator: "\n").map(String.init)
      #expect(lines[0] == "shop,step,month,mean,p2.5,p5,p10,p25,p50,p75,p90,p95,p97.5,model")
      #expect(
        lines[1...18].map { String($0.prefix(4)) }
          == (0..<18).map { "S\($0 / 3),\($0 % 3 + 1)".prefix(4).description })
      #expect(lines[1].hasSuffix(",ensemble") && lines[18].hasSuffix(",wide_random_walk"))
      #expect(lines[19] == "shop,model,member_of,parameters,log_likelihood,aicc,sigma,warnings")
      #expect(lines.contains { $0.contains(",ensemble,") && $0.hasPrefix("S0,theta_dotm") })
      let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(left.sorted() == ["f.csv", "models.csv", "sales.csv"])
    }
  }

  @Test("a series that the model cannot take says so in models.csv")
  func fallsBack() async throws {
    try await withFolder { folder in
      let outcome = try await run(
        [
          "forecast", "--horizon", "2", "--model", "arima", "--quantiles", "5,95", "--models",
          "m.csv",
          "--no-panel",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(outcome.output.hasPrefix("shop,step,month,mean,p5,p95,model\n"))
      let models = try String(contentsOf: folder.appending(path: "m.csv"), encoding: .utf8)
      #expect(
        models.contains(
          "arima cannot be fitted: 1 observed values, 4 needed; wide_random_walk instead"))
    }
  }

  @Test("a device as output is written to and never replaced")
  func deviceStaysDevice() async throws {
    try await withFolder { folder in
      // A pipe stands for any device: a file in its place would be a regular one afterwards.
      let outcome = try await Program.run(
        ["forecast", "sales.csv"] + Self.columns + ["--horizon", "1", "--output", "pipe"],
        in: folder,
        shell:
          "cat > sales.csv <<'END'\n\(Self.csv)END\nmkfifo pipe; cat pipe > got.csv & \"$@\"; wait; test -p pipe"
      )
      #expect(outcome.status == 0, "\(outcome.errors)")
      let got = try String(contentsOf: folder.appending(path: "got.csv"), encoding: .utf8)
      #expect(got.split(separator: "\n").count == 7)
    }
  }

  @Test("an unknown model is a usage error that names it")
  func unknownModel() async throws {
    try await withFolder { folder in
      let outcome = try await run(["forecast", "--model", "ets,prophecy"], in: folder)
      #expect(outcome.status == 64)
      #expect(outcome.errors.contains("ets,prophecy"))
    }
  }

  @Test("a backtest prints a line for each model and writes a row for each step")
  func backtests() async throws {
    try await withFolder { folder in
      let outcome = try await run(
        [
          "backtest", "--models", "ets,naive,ets+naive", "--horizon", "4", "--origins", "2",
          "--output", "b.csv",
        ], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let table = outcome.output.split(separator: "\n").map(String.init)
      #expect(table.count == 5)
      #expect(table[4] == "4 series, 8 origins, lower is better but for coverage")
      let rows = try String(contentsOf: folder.appending(path: "b.csv"), encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      #expect(rows.count == 1 + 3 * 5)
      #expect(rows[1][0] == "ets" && rows[1][1] == "1" && rows[1][2] == "8")
      let errors = rows[1...4].compactMap { Double($0[6]) }
      let mean = try #require(Double(rows[5][6]))
      expectClose(errors.reduce(0, +) / 4, mean, absolute: 2e-6)
    }
  }
}

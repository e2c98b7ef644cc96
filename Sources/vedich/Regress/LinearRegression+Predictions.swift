import Regression

extension LinearRegression {
  /// Predictions for the rows of another table, as CSV.
  ///
  /// A response `log(y)` is brought back to y: `median` and `mean` take the place of `fit`, and the
  /// intervals, of the median and of a new y, are exponentials of those of the logarithm. A row that lacks
  /// a value keeps its line with empty cells.
  func predictions(_ formula: String, _ table: DataTable, _ new: DataTable) throws -> String {
    let model = try FormulaModel.fit(formula, table: table, weights: options.weights)
    let needed = model.encoding.formula.termColumns
    let rows = new.completeRows(of: needed)
    let found: [LinearPrediction]
    do throws(FormulaError) {
      found = try model.predictions(new.selecting(rows: rows))
    } catch {
      throw Failure(.badData, error.description)
    }
    let byRow = Dictionary(zip(rows, found), uniquingKeysWith: { $1 })
    let isLog = model.encoding.formula.isLogResponse
    var text = "line," + (isLog ? "median,mean" : "fit,standardError")
    text += ",confidenceLower,confidenceUpper,predictionLower,predictionUpper\n"
    for row in 0..<new.rowCount {
      text += "\(new.lines[row])"
      guard let prediction = byRow[row] else {
        text += ",,,,,,\n"
        continue
      }
      let numbers: [Double]
      if isLog {
        let back = LogResponsePrediction(prediction, residualVariance: model.fit.residualVariance)
        let (median, new) = (
          back.medianInterval(level: level), back.predictionInterval(level: level)
        )
        numbers = [
          back.median, back.mean, median.lowerBound, median.upperBound, new.lowerBound,
          new.upperBound,
        ]
      } else {
        let mean = prediction.confidenceInterval(level: level)
        let new = prediction.predictionInterval(level: level)
        numbers = [
          prediction.value, prediction.meanStandardError, mean.lowerBound, mean.upperBound,
          new.lowerBound, new.upperBound,
        ]
      }
      text += numbers.map { ",\($0)" }.joined() + "\n"
    }
    return text
  }
}

// Written by `vedich fit-prior`; do not edit.

extension LearnedCoefficients {
  static let all = earliest
  static let withoutSource: [(name: String, map: MonotoneMap)] = []
  static let withoutPanel: [(name: String, map: MonotoneMap)] = []
  static let before: [(month: Int, map: MonotoneMap)] = []
}

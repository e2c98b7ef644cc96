/// The states of a linear process on a block of paths, and the deviation that each path has come to.
///
/// The loops take whole spans, so that they are done in vector registers; each adds up in one fixed order.
struct PathDeviations {
  private var first: [Double]
  private var second: [Double]
  /// The deviation of each path from the central one, after a step and its parameters.
  private(set) var values: [Double]

  /// Paths that have not left the central one.
  init(count: Int) {
    first = [Double](repeating: 0, count: count)
    second = first
    values = first
  }

  /// One transition with one innovation a path.
  mutating func step(_ transition: Transition, _ innovations: Span<Double>) {
    advance(transition, innovations, &first, &second, &values)
  }

  /// One transition with three innovations a path, over a gap.
  mutating func step(
    _ transition: Transition, _ innovations: Span<Double>, _ secondInnovations: [Double],
    _ thirdInnovations: [Double]
  ) {
    for index in innovations.indices {
      let four = SIMD4(
        first[index], second[index], innovations[index], secondInnovations[index])
      values[index] =
        (transition.value * four).sum() + transition.third * thirdInnovations[index]
      first[index] = (transition.first * four).sum()
      second[index] = (transition.second * four).sum()
    }
  }

  /// Adds what the parameters of each path do: rows of normals that begin at `places`, times their loadings.
  mutating func addParameters(_ normals: Span<Double>, at places: [Int], loadings: [Double]) {
    var values = values.mutableSpan
    for (place, loading) in zip(places, loadings) where loading != 0 {
      let row = normals.extracting(place..<(place + values.count))
      for index in row.indices { values[index] += loading * row[index] }
    }
  }

  /// Multiplies the deviation of each path by its own factor.
  mutating func scale(by factors: Span<Double>) {
    var values = values.mutableSpan
    precondition(factors.count == values.count, "one factor for each path")
    for index in factors.indices { values[index] *= factors[index] }
  }
}

private func advance(
  _ transition: Transition, _ innovations: Span<Double>, _ first: inout [Double],
  _ second: inout [Double], _ values: inout [Double]
) {
  let (value, toFirst, toSecond) = (transition.value, transition.first, transition.second)
  var first = first.mutableSpan
  var second = second.mutableSpan
  var values = values.mutableSpan
  precondition(
    innovations.count == first.count && innovations.count == second.count
      && innovations.count == values.count, "one innovation for each path")
  for index in innovations.indices {
    let (a, b, e) = (first[index], second[index], innovations[index])
    values[index] = (value[0] * a + value[1] * b) + value[2] * e
    first[index] = (toFirst[0] * a + toFirst[1] * b) + toFirst[2] * e
    second[index] = (toSecond[0] * a + toSecond[1] * b) + toSecond[2] * e
  }
}

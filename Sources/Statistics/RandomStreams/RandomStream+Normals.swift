extension RandomStream {
  /// A standard normal number.
  public mutating func normal() -> Double {
    let place = position
    let word = next()
    let edges = Ziggurat.edges
    return Ziggurat.decide(word, edges.span) ?? decided(word, at: place)
  }

  /// Overwrites all values with standard normal numbers.
  public mutating func fillNormals(_ values: inout [Double]) {
    fillNormals(&values, range: 0..<values.count)
  }

  /// Overwrites the values of a range of positions with standard normal numbers, those that calls
  /// of ``normal()`` would give.
  public mutating func fillNormals(_ values: inout [Double], range: Range<Int>) {
    precondition(
      range.lowerBound >= 0 && range.upperBound <= values.count,
      "the range \(range) is not inside the \(values.count) values")
    var target = values.mutableSpan
    var i = range.lowerBound
    if position & 1 == 1 && i < range.upperBound {
      target[i] = normal()
      i += 1
    }
    let edges = Ziggurat.edges
    let table = edges.span
    while i + 2 <= range.upperBound {
      let (first, second) = words(block: position &>> 1)
      target[i] = Ziggurat.decide(first, table) ?? decided(first, at: position)
      target[i + 1] = Ziggurat.decide(second, table) ?? decided(second, at: position &+ 1)
      position &+= 2
      i += 2
    }
    if i < range.upperBound { target[i] = normal() }
  }

  /// The normal of a word that needs more words.
  @inline(never)
  private func decided(_ word: UInt64, at place: UInt64) -> Double {
    var more = RetryWords(stream: self, position: place)
    return Ziggurat.goOn(from: word, &more)
  }
}

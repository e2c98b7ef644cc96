extension RandomStream {
  /// Overwrites all values with standard normal numbers.
  public mutating func fillNormals(_ values: inout [Double]) {
    fillNormals(&values, range: 0..<values.count)
  }

  /// Overwrites the values of a range of positions with standard normal numbers.
  ///
  /// Eight at a time by Wichura's inversion in lanes, with the lanes that fall into a tail done
  /// again one by one: the operations, and so the bits, are those of ``normal()``.
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
    var index = position &>> 1
    while i + 8 <= range.upperBound {
      var p = SIMD8<Double>.zero
      for pair in 0..<4 {
        let (first, second) = words(block: index)
        p[2 * pair] = Self.unit(first)
        p[2 * pair + 1] = Self.unit(second)
        index &+= 1
      }
      let z = NormalInversion.quantile(p)
      for lane in 0..<8 { target[i + lane] = z[lane] }
      i += 8
    }
    position = index &<< 1
    while i < range.upperBound {
      target[i] = normal()
      i += 1
    }
  }
}

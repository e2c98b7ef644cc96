/// The ascending order of numbers, equal ones in the order given: a radix sort of their bits.
enum StableOrder {
  private static let digitBits = 11
  private static let digits = 6
  fileprivate static let mask = UInt64(1 << digitBits) - 1

  /// The places of the numbers, none of which is NaN, from the least to the greatest.
  static func ascending(_ values: [Double]) -> [Int32] {
    var order = (0..<Int32(values.count)).map { $0 }
    var keys = values.map { value -> UInt64 in
      // −0 and 0 are equal; negative numbers have their bits turned, so that they come first and backwards.
      let bits = (value + 0).bitPattern
      return bits >> 63 == 1 ? ~bits : bits | (1 << 63)
    }
    var spareOrder = order
    var spareKeys = keys
    var counts = [Int32](repeating: 0, count: 1 << digitBits)
    for digit in 0..<digits {
      let shift = UInt64(digit * digitBits)
      guard countDigits(keys.span, shift, &counts) else { continue }
      move(keys.span, order.span, shift, &counts, &spareKeys, &spareOrder)
      swap(&order, &spareOrder)
      swap(&keys, &spareKeys)
    }
    return order
  }
}

/// Where the keys with each digit begin; `false` where all have the same one.
private func countDigits(_ keys: Span<UInt64>, _ shift: UInt64, _ counts: inout [Int32]) -> Bool {
  var counts = counts.mutableSpan
  for place in counts.indices { counts[place] = 0 }
  for place in keys.indices { counts[Int((keys[place] >> shift) & StableOrder.mask)] += 1 }
  var start: Int32 = 0
  for place in counts.indices {
    let count = counts[place]
    if Int(count) == keys.count { return false }
    counts[place] = start
    start += count
  }
  return true
}

/// Moves keys and places to where one digit of the key puts them.
private func move(
  _ keys: Span<UInt64>, _ order: Span<Int32>, _ shift: UInt64, _ counts: inout [Int32],
  _ movedKeys: inout [UInt64], _ movedOrder: inout [Int32]
) {
  var counts = counts.mutableSpan
  var movedKeys = movedKeys.mutableSpan
  var movedOrder = movedOrder.mutableSpan
  for place in keys.indices {
    let digit = Int((keys[place] >> shift) & StableOrder.mask)
    let target = Int(counts[digit])
    counts[digit] += 1
    movedKeys[target] = keys[place]
    movedOrder[target] = order[place]
  }
}

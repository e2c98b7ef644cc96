import Forecasting

/// The order of the values of one row of joint paths, ascending.
///
/// Paths with equal values (whole numbers, ends of the range) keep the order they had at the step before: a path that stood
/// higher then still does. The order is found by a radix sort that is stable, so nothing depends on threads.
struct PathRanks: Sendable {
  /// Path indices, from the lowest value to the highest.
  private(set) var order: [Int32]
  private var keys: [UInt32]
  private var spareOrder: [Int32]
  private var spareKeys: [UInt32]
  private var counts: [Int32]

  private static let digitBits = 11
  private static let digits = 3

  /// Starts with the order of path indices.
  init(pathCount: Int) {
    order = (0..<Int32(pathCount)).map { $0 }
    keys = [UInt32](repeating: 0, count: pathCount)
    spareOrder = order
    spareKeys = keys
    counts = [Int32](repeating: 0, count: 1 << Self.digitBits)
  }

  /// Sorts the paths by the values of a row, to single precision.
  mutating func sort(by row: Span<Double>) {
    precondition(row.count == order.count, "one value for each path")
    fillKeys(row, order, &keys)
    for digit in 0..<Self.digits {
      let shift = UInt32(digit * Self.digitBits)
      countDigits(keys, shift, &counts)
      move(keys, order, shift, &counts, &spareKeys, &spareOrder)
      swap(&order, &spareOrder)
      swap(&keys, &spareKeys)
    }
  }

  fileprivate static let mask = UInt32(1 << digitBits) - 1
}

/// Bits whose order as whole numbers is that of the values, in the order of the paths.
private func fillKeys(_ row: Span<Double>, _ order: [Int32], _ keys: inout [UInt32]) {
  let order = order.span
  var keys = keys.mutableSpan
  for place in order.indices {
    let bits = Float(row[Int(order[place])]).bitPattern
    keys[place] = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }
}

/// Where the keys with each digit begin.
private func countDigits(_ keys: [UInt32], _ shift: UInt32, _ counts: inout [Int32]) {
  let keys = keys.span
  var counts = counts.mutableSpan
  for place in counts.indices { counts[place] = 0 }
  for place in keys.indices { counts[Int((keys[place] >> shift) & PathRanks.mask)] += 1 }
  var start: Int32 = 0
  for place in counts.indices {
    let count = counts[place]
    counts[place] = start
    start += count
  }
}

/// Moves keys and paths to where one digit of the key puts them.
private func move(
  _ keys: [UInt32], _ order: [Int32], _ shift: UInt32, _ counts: inout [Int32],
  _ movedKeys: inout [UInt32], _ movedOrder: inout [Int32]
) {
  let keys = keys.span
  let order = order.span
  var counts = counts.mutableSpan
  var movedKeys = movedKeys.mutableSpan
  var movedOrder = movedOrder.mutableSpan
  for place in keys.indices {
    let digit = Int((keys[place] >> shift) & PathRanks.mask)
    let target = Int(counts[digit])
    counts[digit] += 1
    movedKeys[target] = keys[place]
    movedOrder[target] = order[place]
  }
}

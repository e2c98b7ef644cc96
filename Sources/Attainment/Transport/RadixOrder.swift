/// The ascending order of numbers by a radix sort of their bits, equal ones in the order they had at the sort before.
///
/// The sort is stable, so nothing depends on threads. A type of key says how exactly numbers are compared: `UInt64` as they are, `UInt32` to single
/// precision, in half the passes.
struct RadixOrder<Key: OrderedBits>: Sendable {
  /// The places of the numbers, from the least to the greatest.
  private(set) var order: [Int32]
  private var keys: [Key]
  private var spareOrder: [Int32]
  private var spareKeys: [Key]
  private var counts: [Int32]

  /// Starts with the order of places.
  init(count: Int) {
    order = (0..<Int32(count)).map { $0 }
    keys = [Key](repeating: 0, count: count)
    spareOrder = order
    spareKeys = keys
    counts = [Int32](repeating: 0, count: 1 << radixBits)
  }

  /// Sorts numbers, none of which is NaN.
  mutating func sort(by values: Span<Double>) {
    precondition(values.count == order.count, "one value for each place")
    fill(values, order, &keys)
    for shift in stride(from: 0, to: Key.bitWidth, by: radixBits) {
      let shift = Key(truncatingIfNeeded: shift)
      guard countDigits(keys, shift, &counts) else { continue }
      move(keys, order, shift, &counts, &spareKeys, &spareOrder)
      swap(&order, &spareOrder)
      swap(&keys, &spareKeys)
    }
  }

  /// The places of the numbers, none of which is NaN, equal ones in the order given.
  static func ascending(_ values: [Double]) -> [Int32] {
    var sorted = RadixOrder(count: values.count)
    sorted.sort(by: values.span)
    return sorted.order
  }
}

/// Bits whose order as a whole number is that of a number.
protocol OrderedBits: FixedWidthInteger, UnsignedInteger, Sendable {
  /// Negative numbers have their bits turned, so that they come first and backwards.
  init(orderOf value: Double)
}

extension UInt64: OrderedBits {
  /// −0 and 0 are equal.
  init(orderOf value: Double) {
    let bits = (value + 0).bitPattern
    self = bits >> 63 == 1 ? ~bits : bits | (1 << 63)
  }
}

extension UInt32: OrderedBits {
  /// The nearest number of single precision; −0 comes before 0.
  init(orderOf value: Double) {
    let bits = Float(value).bitPattern
    self = bits >> 31 == 1 ? ~bits : bits | 0x8000_0000
  }
}

private let radixBits = 11
private let radixMask = 1 << radixBits - 1

private func fill<Key: OrderedBits>(
  _ values: Span<Double>, _ order: [Int32], _ keys: inout [Key]
) {
  let order = order.span
  var keys = keys.mutableSpan
  for place in order.indices { keys[place] = Key(orderOf: values[Int(order[place])]) }
}

/// Where the keys with each digit begin; `false` where all have the same one.
private func countDigits<Key: OrderedBits>(
  _ keys: [Key], _ shift: Key, _ counts: inout [Int32]
) -> Bool {
  let keys = keys.span
  var counts = counts.mutableSpan
  for place in counts.indices { counts[place] = 0 }
  for place in keys.indices { counts[digit(keys[place], shift)] += 1 }
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
private func move<Key: OrderedBits>(
  _ keys: [Key], _ order: [Int32], _ shift: Key, _ counts: inout [Int32],
  _ movedKeys: inout [Key], _ movedOrder: inout [Int32]
) {
  let keys = keys.span
  let order = order.span
  var counts = counts.mutableSpan
  var movedKeys = movedKeys.mutableSpan
  var movedOrder = movedOrder.mutableSpan
  for place in keys.indices {
    let digit = digit(keys[place], shift)
    let target = Int(counts[digit])
    counts[digit] += 1
    movedKeys[target] = keys[place]
    movedOrder[target] = order[place]
  }
}

private func digit<Key: OrderedBits>(_ key: Key, _ shift: Key) -> Int {
  Int(truncatingIfNeeded: key &>> shift) & radixMask
}

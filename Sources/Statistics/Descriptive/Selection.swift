/// Partial sorting: puts chosen order statistics in their places.
enum Selection {
  /// Reorders the values so that each of the ascending `ranks`, from 0, holds what sorting would put
  /// there.
  static func place(_ values: inout [Double], ranks: [Int]) {
    let depth = 4 * (Int.bitWidth - values.count.leadingZeroBitCount)
    let last = values.count - 1
    var span = values.mutableSpan
    place(&span, 0, last, ranks.span, 0, ranks.count, depth)
  }

  /// Partitions `low...high` and goes on in those parts that hold one of the ranks
  /// `first..<last`.
  private static func place(
    _ s: inout MutableSpan<Double>, _ low: Int, _ high: Int, _ ranks: Span<Int>, _ first: Int,
    _ last: Int, _ depth: Int
  ) {
    var low = low
    var high = high
    var first = first
    var last = last
    var depth = depth
    while first < last && low < high {
      if high - low < 16 || depth == 0 {
        sort(&s, low, high)
        return
      }
      depth -= 1
      let (leftEnd, rightStart) = partition(&s, low, high)
      var split = first
      while split < last && ranks[split] <= leftEnd { split += 1 }
      var next = split
      while next < last && ranks[next] < rightStart { next += 1 }
      // Ranks between both parts are in place already.
      if split > first && next < last {
        place(&s, low, leftEnd, ranks, first, split, depth)
        low = rightStart
        first = next
      } else if split > first {
        high = leftEnd
        last = split
      } else {
        low = rightStart
        first = next
      }
    }
  }

  /// Partitions about the median of three, by Lomuto's scheme without a branch on the values: on
  /// random values a wrongly foretold branch costs more than the additional stores.
  ///
  /// - Returns: The end of the part below the pivot and the start of the part above; what is between
  ///   them equals the pivot.
  private static func partition(
    _ s: inout MutableSpan<Double>, _ low: Int, _ high: Int
  ) -> (leftEnd: Int, rightStart: Int) {
    let middle = low + (high - low) / 2
    let x = s[low]
    let y = s[middle]
    let z = s[high]
    let pivot = max(min(x, y), min(max(x, y), z))
    if pivot == x { s.swapAt(low, high) } else if pivot == y { s.swapAt(middle, high) }
    var end = low
    var i = low
    while i < high {
      let value = s[i]
      s[i] = s[end]
      s[end] = value
      end &+= value < pivot ? 1 : 0
      i &+= 1
    }
    s.swapAt(end, high)
    if end > low { return (end - 1, end + 1) }
    // Nothing is below the pivot: take out all that equals it, so that ties do not cost a pass each.
    i = low
    while i <= high {
      let value = s[i]
      s[i] = s[end]
      s[end] = value
      end &+= value <= pivot ? 1 : 0
      i &+= 1
    }
    return (low - 1, end)
  }

  /// Insertion sort of a short stretch; heap sort where the pivots were bad, so that no input is
  /// quadratic.
  private static func sort(_ s: inout MutableSpan<Double>, _ low: Int, _ high: Int) {
    if high - low >= 16 {
      heapSort(&s, low, high)
      return
    }
    var i = low + 1
    while i <= high {
      let value = s[i]
      var j = i - 1
      while j >= low && s[j] > value {
        s[j + 1] = s[j]
        j -= 1
      }
      s[j + 1] = value
      i += 1
    }
  }

  private static func heapSort(_ s: inout MutableSpan<Double>, _ low: Int, _ high: Int) {
    let count = high - low + 1
    for start in stride(from: count / 2 - 1, through: 0, by: -1) {
      siftDown(&s, low, start, count)
    }
    for end in stride(from: count - 1, to: 0, by: -1) {
      s.swapAt(low, low + end)
      siftDown(&s, low, 0, end)
    }
  }

  private static func siftDown(
    _ s: inout MutableSpan<Double>, _ low: Int, _ start: Int, _ count: Int
  ) {
    var root = start
    while 2 * root + 1 < count {
      var child = 2 * root + 1
      if child + 1 < count && s[low + child] < s[low + child + 1] { child += 1 }
      if s[low + root] >= s[low + child] { return }
      s.swapAt(low + root, low + child)
      root = child
    }
  }
}

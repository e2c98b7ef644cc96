/// Does pieces of work concurrently and takes their results in the order of their numbers, so that sums made of them do not
/// depend on how many threads there are.
///
/// A slow piece holds up no other until a few times `width` results wait behind it; that many are kept at most.
///
/// - Parameters:
///   - count: The number of pieces.
///   - width: How many may be under way at once.
///   - work: The piece with a number in `0..<count`.
///   - take: Called with every result, in order.
package func inOrder<Output: Sendable>(
  _ count: Int, width: Int, work: @escaping @Sendable (Int) async -> Output,
  take: (Output) -> Void
) async {
  guard width > 1 else {
    for index in 0..<count { take(await work(index)) }
    return
  }
  await withTaskGroup(of: (Int, Output).self) { group in
    var started = 0
    var running = 0
    var waiting: [Int: Output] = [:]
    for wanted in 0..<count {
      while waiting[wanted] == nil {
        while running < width, started < min(count, wanted + 4 * width) {
          let index = started
          group.addTask { (index, await work(index)) }
          started += 1
          running += 1
        }
        guard let (index, output) = await group.next() else { break }
        waiting[index] = output
        running -= 1
      }
      if let output = waiting.removeValue(forKey: wanted) { take(output) }
    }
  }
}

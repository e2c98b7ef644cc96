import RealModule

/// The normal density cut into 256 layers of equal area.
///
/// G. Marsaglia and W. W. Tsang, Journal of Statistical Software 5 (2000), with separate bits for
/// layer, sign and place as J. A. Doornik asks for ("An improved ziggurat method to generate normal
/// random samples", 2005). A word decides a normal in 99 of 100 cases; the rest take further words
/// from a place of their own, so that the next normal does not move.
enum Ziggurat {
  /// The start of the tail, and the area of each layer.
  static let tailStart = 3.654152885361008796
  private static let area = 0.004928673233974655347

  /// The outer and the inner edge of each layer, the base layer (with the tail) first.
  static let edges: [SIMD2<Double>] = {
    var edges: [SIMD2<Double>] = []
    edges.reserveCapacity(256)
    var density = Double.exp(-0.5 * tailStart * tailStart)
    edges.append(SIMD2(area / density, tailStart))
    var outer = tailStart
    for _ in 1..<255 {
      density += area / outer
      let inner = (-2 * Double.log(density)).squareRoot()
      edges.append(SIMD2(outer, inner))
      outer = inner
    }
    edges.append(SIMD2(outer, 0))
    return edges
  }()

  /// The normal that a word gives, or `nil` when it falls outside the rectangle inside its layer.
  @inline(__always)
  static func decide(_ word: UInt64, _ edges: Span<SIMD2<Double>>) -> Double? {
    let edge = edges[Int(word & 255)]
    let x = RandomStream.unit(word) * edge[0]
    // Bit 8 becomes the sign; bits 12 to 63 are the place.
    let signed = Double(bitPattern: x.bitPattern | (word & 256) &<< 55)
    return x < edge[1] ? signed : nil
  }

  /// Goes on from a word that decided nothing, with words from `more`.
  @inline(never)
  static func goOn(from first: UInt64, _ more: inout RetryWords) -> Double {
    let edges = Self.edges
    var word = first
    while true {
      if let z = decide(word, edges.span) { return z }
      let layer = Int(word & 255)
      let isNegative = word & 256 != 0
      if layer == 0 { return isNegative ? -tail(&more) : tail(&more) }
      let x = RandomStream.unit(word) * edges[layer][0]
      let low = Double.exp(-0.5 * edges[layer][0] * edges[layer][0])
      let high = Double.exp(-0.5 * edges[layer][1] * edges[layer][1])
      let y = low + RandomStream.unit(more.next()) * (high - low)
      if y < Double.exp(-0.5 * x * x) { return isNegative ? -x : x }
      word = more.next()
    }
  }

  /// A normal beyond the start of the tail, by the rejection of Marsaglia's in Technometrics 6 (1964).
  private static func tail(_ more: inout RetryWords) -> Double {
    while true {
      let x = -Double.log(RandomStream.unit(more.next())) / tailStart
      let y = -Double.log(RandomStream.unit(more.next()))
      if 2 * y > x * x { return tailStart + x }
    }
  }
}

/// The further words that belong to one word of a stream.
struct RetryWords {
  let stream: RandomStream
  let position: UInt64
  private var attempt: UInt32 = 0
  private var pending: UInt64?

  init(stream: RandomStream, position: UInt64) {
    self.stream = stream
    self.position = position
  }

  mutating func next() -> UInt64 {
    if let word = pending {
      pending = nil
      return word
    }
    attempt += 1
    let tweak = attempt &* 0x9E37_79B9
    let (first, second) = stream.words(block: position, tweak: tweak)
    pending = second
    return first
  }
}

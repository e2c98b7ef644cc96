/// Gives equal texts one number, so that a million rows keep each code once.
///
/// Open addressing over FNV-1a; texts that differ in Unicode form only get the same number.
struct Interner {
  /// The texts by number, in NFC, in order of first occurrence.
  private(set) var texts: [String] = []
  /// Number + 1 of the text in each slot, 0 for an empty one; the slots' texts lie in `storage`.
  private var slots = [Int32](repeating: 0, count: 64)
  private var entries: [Entry] = []
  private var storage: [UInt8] = []

  private struct Entry {
    var hash: UInt64
    var range: Range<Int>
    var number: Int32
  }

  /// The number of a text, new or known.
  mutating func number(of bytes: [UInt8], _ range: Range<Int>) -> Int32 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    var seen: UInt8 = 0
    for index in range {
      hash = (hash ^ UInt64(bytes[index])) &* 0x100_0000_01b3
      seen |= bytes[index]
    }
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] != 0 {
      let entry = entries[Int(slots[slot]) - 1]
      if entry.hash == hash, entry.range.count == range.count, equal(entry.range, bytes, range) {
        return entry.number
      }
      slot = (slot + 1) & (slots.count - 1)
    }
    let number: Int32
    let text = String(decoding: bytes[range], as: UTF8.self)
    if seen >= 0x80 {
      let normal = composed(text)
      let normalBytes = Array(normal.utf8)
      if normalBytes.elementsEqual(bytes[range]) {
        number = Int32(texts.count)
        texts.append(normal)
      } else {
        number = self.number(of: normalBytes, 0..<normalBytes.count)
        slot = freeSlot(for: hash)
      }
    } else {
      number = Int32(texts.count)
      texts.append(text)
    }
    let start = storage.count
    storage.append(contentsOf: bytes[range])
    entries.append(Entry(hash: hash, range: start..<storage.count, number: number))
    slots[slot] = Int32(entries.count)
    if 2 * entries.count > slots.count { grow() }
    return number
  }

  private func equal(_ known: Range<Int>, _ bytes: [UInt8], _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    for place in known {
      if storage[place] != bytes[index] { return false }
      index += 1
    }
    return true
  }

  private func freeSlot(for hash: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: hash ^ (hash >> 32)) & (slots.count - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func grow() {
    slots = [Int32](repeating: 0, count: 2 * slots.count)
    for index in entries.indices { slots[freeSlot(for: entries[index].hash)] = Int32(index + 1) }
  }
}

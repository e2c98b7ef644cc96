import Foundation
import TestSupport

/// A CSV text as rows of named fields, read by a parser that is independent of the package's own.
struct Table {
  let header: [String]
  let rows: [[String]]

  init(_ text: String) {
    var records: [[String]] = []
    var record: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if isQuoted {
        if byte != UInt8(ascii: "\"") {
          field.append(byte)
        } else if index < bytes.count && bytes[index] == byte {
          field.append(byte)
          index += 1
        } else {
          isQuoted = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isQuoted = true
      case UInt8(ascii: ","), UInt8(ascii: "\n"):
        record.append(String(decoding: field, as: UTF8.self))
        field = []
        if byte == UInt8(ascii: "\n") {
          records.append(record)
          record = []
        }
      default: field.append(byte)
      }
    }
    header = records.first ?? []
    rows = Array(records.dropFirst())
  }

  init(seed name: String) throws {
    let file = Files.repository.appending(path: "seeds/\(name)")
    self.init(try String(contentsOf: file, encoding: .utf8))
  }

  /// The place of a column; −1 for an unknown name, which no row has.
  func column(_ name: String) -> Int { header.firstIndex(of: name) ?? -1 }

  func values(_ name: String) -> [String] {
    let place = column(name)
    return rows.map { $0[place] }
  }

  /// Each row as a dictionary of its fields.
  var records: [[String: String]] {
    rows.map { Dictionary(uniqueKeysWithValues: zip(header, $0)) }
  }
}

import ContentHash
import Testing

@testable import IndicatorStore

@Suite struct TextTests {
  @Test func vietnameseIsFoldedWithItsD() {
    #expect(folded("Đường Thuý Hoà") == "duong thuy hoa")
    #expect(folded("đ") == "d")
  }

  @Test func theNearestNameIsNearOrNone() {
    let names = ["coverage_5g", "vneid_accounts", "value"]
    #expect(nearestName(to: "coverage5g", among: names) == "coverage_5g")
    #expect(nearestName(to: "vlaue", among: names) == "value")
    #expect(nearestName(to: "giá trị", among: names) == nil)
    #expect(nearestName(to: "", among: []) == nil)
  }

  @Test func quotationsAreShortAndOnOneLine() {
    #expect(quoted("a\nb\tc") == "\"a b c\"")
    let long = quoted(String(repeating: "ệ", count: 100))
    #expect(long == "\"" + String(repeating: "ệ", count: 39) + "…\"")
    #expect(quoted(String(repeating: "x", count: 40)).count == 42)
  }

  /// Against the decoder of the standard library, over all short sequences of telling bytes.
  @Test func malformedTextIsFoundWhereTheStandardLibraryFindsIt() {
    let bytes: [UInt8] = [
      0x41, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xE0, 0xE1, 0xED, 0xF0, 0xF4, 0xF5,
    ]
    for a in bytes {
      for b in bytes {
        for c in bytes {
          for d in bytes {
            let text = [a, b, c, d]
            let isValid = String(validating: text, as: UTF8.self) != nil
            #expect((firstMalformedUTF8(text, 0..<4) == nil) == isValid)
          }
        }
      }
    }
  }

  @Test func equalTextsShareANumber() {
    var interner = Interner()
    var numbers: [Int32] = []
    for index in 0..<5000 {
      let bytes = Array("mã-\(index % 500)".utf8)
      numbers.append(interner.number(of: bytes, 0..<bytes.count))
    }
    #expect(interner.texts.count == 500)
    #expect(numbers.prefix(500).elementsEqual(0..<500))
    #expect(numbers.suffix(500).elementsEqual(0..<500))
    let decomposed = Array("ma\u{303}-7".utf8)
    #expect(interner.number(of: decomposed, 0..<decomposed.count) == 7)
    #expect(interner.texts.count == 500)
  }
}

import ContentHash
import Testing

@testable import IndicatorStore

@Suite struct TextTests {
  /// FIPS 180-4 examples (NIST, "SHA256.pdf") and one million times "a".
  @Test func hashesAgreeWithTheStandard() {
    #expect(
      SHA256.hexDigest(of: Array("abc".utf8))
        == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    #expect(
      SHA256.hexDigest(of: [])
        == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      SHA256.hexDigest(
        of: Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8))
        == "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1")
    #expect(
      SHA256.hexDigest(of: [UInt8](repeating: 97, count: 1_000_000))
        == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

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

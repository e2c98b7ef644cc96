import Attainment
import Foundation
import Indicators
import Reports
import TestSupport
import Testing

@Suite("Notebook")
struct NotebookTests {
  private func notebook(isSynthetic: Bool = true) -> [UInt8] {
    NotebookWriter(
      attainments: Sample.attainments, catalogue: Sample.catalogue, isSynthetic: isSynthetic
    ).bytes
  }

  @Test("the notebook as it is written")
  func golden() throws {
    try expectGolden(notebook(), "notebook.ipynb")
  }

  @Test("cells have ids of their own, and nothing was executed")
  func shape() throws {
    let parsed = try JSONSerialization.jsonObject(with: Data(notebook()))
    let document = try #require(parsed as? [String: Any])
    let cells = try #require(document["cells"] as? [[String: Any]])
    let ids = cells.compactMap { $0["id"] as? String }
    #expect(ids.count == cells.count && Set(ids).count == cells.count)
    for cell in cells where cell["cell_type"] as? String == "code" {
      #expect(cell["execution_count"] is NSNull)
      #expect((cell["outputs"] as? [Any])?.isEmpty == true)
    }
  }

  @Test("synthetic data are called so, real data are not")
  func synthetic() {
    let notice = Wording().syntheticNotice
    #expect(String(decoding: notebook(), as: UTF8.self).contains(notice))
    #expect(!String(decoding: notebook(isSynthetic: false), as: UTF8.self).contains(notice))
  }
}

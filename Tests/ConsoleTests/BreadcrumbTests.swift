import TerminalUI
import Testing

@testable import Console

@Suite("The way to a page")
struct BreadcrumbTests {
  private let group = ["VPC networks", "Security group", "China (Hangzhou) cn-hangzhou"]
  private let rule = ["VPC networks", "Security group rule", "China (Hangzhou) cn-hangzhou"]

  private func fitted(_ steps: [String], _ width: Int) -> String {
    Breadcrumb.fitted(steps, in: width).joined(separator: Breadcrumb.separator)
  }

  @Test("is cut at its widest step, and keeps what tells two pages apart")
  func apart() {
    #expect(fitted(rule, 80) == "VPC networks › Security group rule › China (Hangzhou) cn-hangzhou")
    #expect(fitted(rule, 59) == "VPC networks › Security group rule › China (Hang…n-hangzhou")
    #expect(fitted(group, 40) == "VPC n…works › Secur…group › China …gzhou")
    #expect(fitted(rule, 40) == "VPC n…works › Secur… rule › China …gzhou")
  }

  @Test("leaves out where it begins before its steps say nothing any more")
  func narrow() {
    #expect(
      fitted(["Instances", "build-prod", "Repositories", "Code Source"], 38) == "… › buil…prod › Repo…ries › Code …urce"
    )
    #expect(fitted(["Instances", "build-prod"], 8) == "… › bu…d")
  }

  @Test("fits into any width, and keeps all its separators", arguments: 8...70)
  func fits(width: Int) {
    for steps in [group, rule, ["实例列表", "build-prod", "镜像仓库", "代码源"]] {
      let shown = Breadcrumb.fitted(steps, in: width)
      #expect(CellWidth.of(shown.joined(separator: Breadcrumb.separator)) <= width)
      #expect(shown.count > 1)
    }
  }
}

import SecureBuild
import TerminalUI
import Testing

@testable import Console

@Suite("The simulated vendor, in the console", .serialized) struct VendorDialogTests {
  @Test func `a training workspace sets it from the palette, labelled as simulated`() async throws {
    try await onScreen {
      let story = try Story(.training)
      story.press(.character(":"))
      story.type("quota")
      story.press(.enter)
      await story.see("Simulated vendor (training)")
      await story.see("authorised")
      story.press(.right, .tab)
      story.press(.control("u"))
      story.type("many")
      story.press(.control("s"))
      await story.see("is no quota")
      story.press(.control("u"))
      story.type("4")
      story.press(.control("s"))
      await story.see("The simulated vendor is set.")
      #expect(try story.app.reading?.trainingFaults() == TrainingFaults(serviceRole: .missing, groupQuota: 4))
    }
  }

  @Test func `an own workspace has no such action`() async throws {
    try await onScreen {
      let story = try Story(.own)
      #expect(!story.app.actions.contains { $0.command == .simulatedVendor })
    }
  }
}

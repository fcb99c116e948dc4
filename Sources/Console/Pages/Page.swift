import SecureBuild
import TerminalUI

/// One page of the console: draws itself from its state, and says what can be done there.
@ScreenActor
protocol Page: Surface {
  var place: Place { get }
  /// The instance that it is of, or that is selected on it.
  var instance: String? { get }
  /// What stands in the breadcrumb, outermost first.
  var breadcrumb: [String] { get }
  /// Where the same is in the vendor's console; nil for what is only here.
  var vendorPath: Phrase? { get }
  /// The workspace's state may be another.
  func refresh()
  /// It isn't the page in view any more.
  func leave()
  func draw(on canvas: inout Canvas, in area: Rect, focused: Bool)
}

extension Page {
  var instance: String? { place.instance }
  func leave() {}
}

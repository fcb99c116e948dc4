import Dispatch
import NIOCore

extension Duration {
  /// Whole nanoseconds; what is longer than 292 years is cut to that.
  private var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return overflow ? .max : whole.addingReportingOverflow(attoseconds / 1_000_000_000).partialValue
  }

  /// For NIO's timers.
  var timeAmount: TimeAmount { .nanoseconds(nanoseconds) }

  /// For Dispatch's timers.
  var dispatchInterval: DispatchTimeInterval { .nanoseconds(Int(nanoseconds)) }
}

/// The screen's one owner.
@globalActor
public actor ScreenActor {
  public static let shared = ScreenActor()
}

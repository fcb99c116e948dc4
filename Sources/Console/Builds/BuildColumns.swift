import SecureBuild
import TerminalUI

/// The columns of builds, wherever they are listed.
@ScreenActor
enum BuildColumns {
  static func all(_ app: App) -> [TableColumn] {
    [
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 10, maximum: 30, cut: .end),
      TableColumn(app.text(Phrase("Image", "镜像")), minimum: 12, maximum: 44),
      TableColumn(app.text(Phrase("Source", "源码")), minimum: 10, maximum: 34, expendable: 2),
      TableColumn(app.text(Phrase("Started", "开始时间")), minimum: 11, maximum: 16, expendable: 1),
      TableColumn(app.text(Phrase("Took", "耗时")), minimum: 6, maximum: 12, expendable: 3, isWhole: true),
      TableColumn(app.text(Phrase("By", "发起")), minimum: 6, maximum: 24, expendable: 4),
    ]
  }

  static func all(_ record: BuildRecord, _ app: App) -> [TableCell] {
    [
      status(record, app), TableCell(record.imageName), TableCell(record.source), started(record, app),
      TableCell(record.duration(at: app.now).map(app.text) ?? "—", .textMuted),
      TableCell("\(app.text(record.request.trigger.title)) · \(record.request.by)", .textMuted),
    ]
  }

  /// Within one repository.
  static func ofRepository(_ app: App) -> [TableColumn] {
    [
      TableColumn(app.text(Phrase("Status", "状态")), minimum: 10, maximum: 30, cut: .end),
      TableColumn(app.text(Phrase("Version", "镜像版本")), minimum: 8, maximum: 30),
      TableColumn(app.text(Phrase("Source", "源码")), minimum: 10, maximum: 34, expendable: 1),
      TableColumn(app.text(Phrase("Started", "开始时间")), minimum: 11, maximum: 16, expendable: 2),
      TableColumn(app.text(Phrase("Took", "耗时")), minimum: 6, maximum: 12, expendable: 3, isWhole: true),
    ]
  }

  static func ofRepository(_ record: BuildRecord, _ app: App) -> [TableCell] {
    [
      status(record, app), TableCell(record.request.imageTag), TableCell(record.source), started(record, app),
      TableCell(record.duration(at: app.now).map(app.text) ?? "—", .textMuted),
    ]
  }

  private static func status(_ record: BuildRecord, _ app: App) -> TableCell {
    let standing = record.standing
    return TableCell("\(standing.shape) \(app.text(standing.words))", standing.role)
  }

  private static func started(_ record: BuildRecord, _ app: App) -> TableCell {
    TableCell(Moments.text(record.startTime ?? record.request.at), .textMuted)
  }
}

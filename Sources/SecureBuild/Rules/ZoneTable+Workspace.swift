import FlatFiles

extension ZoneTable {
  /// More than the vendor has zones for.
  private static let mostBytes = 1 << 20

  /// The table in force in a workspace's folder: its `zones.tsv` where there is one, and it can be read. A faulty one
  /// is no reason not to open the workspace: the built-in one stays in force, and the fault is given.
  public static func inForce(at folder: String) -> (table: ZoneTable, fault: ZoneTableFault?) {
    let path = "\(folder)/\(ZoneTableFault.file)"
    let bytes: [UInt8]
    do throws(FileFault) {
      let file = try POSIXFiles().open(path, .read)
      bytes = try file.read(at: 0, count: mostBytes + 1)
    } catch {
      return (
        .builtIn,
        error.isMissing
          ? nil : ZoneTableFault(Phrase("it can't be read (\(error.reason))", "无法读取（\(error.reason)）"))
      )
    }
    guard bytes.count <= mostBytes else {
      return (.builtIn, ZoneTableFault(Phrase("it is too large for a zone table", "文件过大，不是可用区表")))
    }
    do throws(ZoneTableFault) { return (try ZoneTable(tsv: bytes, file: path), nil) } catch { return (.builtIn, error) }
  }
}

import FlatFiles
import Glibc

extension Refusal {
  /// Whatever was thrown, as a refusal: with what happened and what to do next.
  public init(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case let error as StoreError: self = Refusal(store: error)
    case is CancellationError:
      self.init(
        .cancelled, message: Phrase("Cancelled; nothing was changed.", "已取消，未作任何修改。"),
        mend: Phrase("Start it again when you like.", "可随时重新开始。"))
    default:
      self.init(
        .fault, message: Phrase("Something unexpected happened: \(error)", "发生意外错误：\(error)"),
        mend: Phrase("Please report this with what you did.", "请连同操作步骤一并反馈。"))
    }
  }

  private init(store error: StoreError) {
    switch error {
    case .notWorkspace(let path):
      self.init(
        .noWorkspace, message: Phrase("There is no workspace in \(path).", "\(path) 中没有工作区。"),
        mend: Phrase(
          "Make one: `acr-console workspace init --training` to practise, or `--own` for your own.",
          "请先创建：`acr-console workspace init --training`（演练）或 `--own`（自有）。"))
    case .replaced(let path, _, _):
      self.init(
        .workspaceReplaced,
        message: Phrase("Another workspace is in \(path) now.", "\(path) 中现在是另一个工作区。"),
        mend: Phrase(
          "Nothing was written to it. Start again to use it, or put the old one back.",
          "未向其写入任何内容。如需使用请重新启动，或恢复原工作区。"))
    case .alreadyWorkspace(let path):
      self.init(
        .workspaceExists, message: Phrase("There is a workspace in \(path) already.", "\(path) 中已有工作区。"),
        mend: Phrase("Use it, or name another folder with --workspace.", "请直接使用，或用 --workspace 指定其他目录。"))
    case .folderNotEmpty(let path):
      self.init(
        .workspaceExists,
        message: Phrase("\(path) is not empty and no workspace.", "\(path) 不为空，且不是工作区。"),
        mend: Phrase("Name an empty or new folder with --workspace.", "请用 --workspace 指定空目录或新目录。"))
    case .newerFormat(_, let found, _):
      self.init(
        .workspaceNewer,
        message: Phrase("The workspace was written by a newer version (\(found)).", "工作区由更新的版本写入（\(found)）。"),
        mend: Phrase("Update acr-console; nothing was changed.", "请升级 acr-console；未作任何修改。"))
    case .cannotRead(let fault):
      self.init(
        .workspaceUnreadable,
        message: Phrase("\(fault.path) can't be read: \(fault.reason).", "无法读取 \(fault.path)：\(fault.reason)。"),
        mend: Self.mend(fault) ?? Phrase("Check its owner and mode.", "请检查其属主和权限。"))
    case .cannotWrite(let fault):
      self.init(
        .workspaceUnwritable,
        message: Phrase("\(fault.path) can't be written: \(fault.reason).", "无法写入 \(fault.path)：\(fault.reason)。"),
        mend: Phrase("Nothing was changed.", "未作任何修改。")
          + (Self.mend(fault) ?? Phrase("Check space, owner and mode, and try again.", "请检查空间、属主和权限后重试。")))
    case .damaged(let damage): self.init(damage: damage)
    case .lockTimeout(let holder):
      let who = holder.map { "\($0.command) (\($0.process))".trimmed }
      self.init(
        .workspaceLocked,
        message: Phrase(
          "The workspace is held by \(who ?? "another process").", "工作区正被\(who.map { " \($0) " } ?? "其他进程")占用。"),
        mend: Phrase("Try again when it is done.", "请待其完成后重试。"))
    case .lockUnsupported(let fault):
      self.init(
        .workspaceUnwritable,
        message: Phrase("This file system has no working locks (\(fault.reason)).", "该文件系统不支持文件锁（\(fault.reason)）。"),
        mend: Phrase("Keep the workspace on a local disk (--workspace).", "请将工作区放在本地磁盘（--workspace）。"))
    case .outcomeUnknown(let fault):
      self.init(
        .outcomeUnknown,
        message: Phrase(
          "\(fault.path) could not be synced (\(fault.reason)): whether the change is kept is unknown.",
          "\(fault.path) 同步失败（\(fault.reason)）：无法确定修改是否已保存。"),
        mend: Phrase("Look at what is there before you do it again.", "请先查看当前内容，再决定是否重做。"))
    case .cancelled: self = Refusal(CancellationError())
    case .secretMissing: self = .secretMissing
    case .secretUnsafe(let id, let path, let flaw): self.init(secret: id, at: path, flaw)
    case .notARecord(let kind, let id):
      self.init(
        .fault, message: Phrase("\(kind) \(id) can't be written down.", "无法记录 \(kind) \(id)。"),
        mend: Phrase("Please report this with what you did.", "请连同操作步骤一并反馈。"))
    }
  }

  /// What mends a fault that isn't the file's own; nil where it may be.
  private static func mend(_ fault: FileFault) -> Phrase? {
    switch fault.code {
    case EIO:
      Phrase(
        "The disk failed: see `dmesg`, and copy what can still be read to another disk before you go on.",
        "磁盘出错：请查看 `dmesg`，并先把仍可读取的内容复制到其他磁盘，再继续操作。")
    case EMFILE:
      Phrase(
        "This process may not have more files open: raise `ulimit -n`, and try again.",
        "进程打开的文件数已达上限：请调高 `ulimit -n` 后重试。")
    default: nil
    }
  }
}

import FlatFiles

extension Builds {
  /// Removes a build that is over: its record and its log.
  /// - Throws: `Refusal` `NoSuchBuild`, `BuildIsRunning`.
  public func delete(_ id: String) throws(Refusal) {
    let place = try place(of: id)
    guard let lease = try takeLease(of: place) else { throw .buildIsRunning(id) }
    defer { lease.release() }
    guard try record(at: place).status.isOver else { throw .buildIsRunning(id) }
    dequeue(place)
    try writing { () throws(FileFault) in
      try makeFolders()
      // In one step out of everybody's sight; what a crash leaves of it there, the next runner removes.
      let aside = "\(folders.new)/removed.\(id)"
      try files.rename(folders.build(place), to: aside)
      try files.syncFolder(folders.instance(place.instanceFolder))
      try files.removeTree(aside)
    }
  }
}

extension Refusal {
  public static func buildIsRunning(_ id: String) -> Refusal {
    Refusal(
      .buildIsRunning, message: Phrase("Build \(id) isn't over.", "构建 \(id) 尚未结束。"),
      mend: Phrase("Cancel it first: `acr-console build cancel \(id)`.", "请先取消：`acr-console build cancel \(id)`。"))
  }
}

import ArgumentParser
import BuildEngine
import SecureBuild

struct ImageCommands: ParsableCommand {
  static let json = "Name Digest Size Platforms[]"

  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "image",
      Phrase("Base images brought in as files, to build from without any registry.", "以文件导入的基础镜像，无需镜像服务即可用于构建。"),
      subcommands: [ImportImage.self, ListImages.self, DeleteImage.self])
  }
}

struct ImportImage: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "import",
      Phrase(
        "Bring in an archive: what `docker save` writes, an OCI archive, or the tar of a root file system. An image of the same name is replaced.",
        "导入归档：`docker save` 的输出、OCI 归档或根文件系统的 tar。同名镜像会被替换。"), json: "[\(ImageCommands.json)]")
  }

  @Argument(help: ArgumentHelp(Phrase("The archive.", "归档文件。"), value: "file"), completion: .file())
  var file: String
  @Option(
    help: ArgumentHelp(
      Phrase(
        "What Dockerfiles call it: debian:12. Without it, what the archive says.",
        "Dockerfile 中使用的名称，例如 debian:12；默认取归档内的名称。"),
      value: "name"))
  var name: String?
  @OptionGroup var change: ChangeOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) async throws {
    let workspace = try invocation.open()
    let path = Candidates.atHome(file)
    let images: [ImportedImage]
    if change.dryRun {
      // Into a folder of its own, which goes again: only so all of it is looked at.
      images = try await TemporaryFolder.with { try await ImportedImages(folder: $0).add(path, as: name) }
    } else {
      images = try await ImportedImages(folder: workspace.imagesFolder).add(path, as: name)
    }
    try invocation.output.list(
      images, orElse: Phrase("There was no image in it.", "其中没有镜像。"), rehearsed: change.dryRun)
  }
}

struct ListImages: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "list", Phrase("List the images that were brought in.", "列出已导入的镜像。"), json: "[\(ImageCommands.json)]")
  }

  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) throws {
    try invocation.output.list(
      try ImportedImages(folder: invocation.open().imagesFolder).list(),
      orElse: Phrase(
        "There are none. `acr-console image import FILE --name debian:12` brings one in.",
        "没有已导入的镜像。可用 `acr-console image import FILE --name debian:12` 导入。"))
  }
}

struct DeleteImage: Command {
  static var configuration: CommandConfiguration {
    CommandConfiguration(
      "delete", Phrase("Remove an image that was brought in.", "移除已导入的镜像。"), json: "{\(ImageCommands.json)}")
  }

  @Argument(
    help: ArgumentHelp(Phrase("The image's name.", "镜像名称。"), value: "name"), completion: .importedImages)
  var name: String
  @OptionGroup var removal: RemovalOptions
  @OptionGroup var common: CommonOptions

  func run(_ invocation: Invocation) async throws {
    let images = ImportedImages(folder: try invocation.open().imagesFolder)
    let known = try images.list()
    guard let gone = known.first(where: { $0.name == name }) ?? known.first(where: { $0.name == "\(name):latest" })
    else {
      // The use case says what is missing.
      return try await images.remove(name)
    }
    if !removal.change.dryRun {
      try Confirmation.require(Phrase("image \(gone.name)", "镜像 \(gone.name)"), unless: removal.yes, invocation.output)
      try await images.remove(gone.name)
    }
    try invocation.output.show(gone, rehearsed: removal.change.dryRun)
  }
}

extension ImportedImage: Presentable {
  static var columns: [Column<Self>] {
    [
      Column(Phrase("Name", "名称"), width: .max) { image, _ in image.name },
      Column(Phrase("Digest", "摘要值"), width: 71) { image, _ in image.digest },
      Column(Phrase("Size", "大小")) { image, _ in ByteCount.text(image.size) },
      Column(Phrase("Platforms", "架构")) { image, _ in image.platforms.joined(separator: " ") },
    ]
  }

  func json(_ language: Language) -> JSONText {
    [
      "Name": .string(name), "Digest": .string(digest), "Size": .number(size),
      "Platforms": .array(platforms.map(JSONText.string)),
    ]
  }
}

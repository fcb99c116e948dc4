extension SourceAsking {
  /// What the Dockerfile needs and lacks, for each platform of the rule; each base image is looked for.
  mutating func look(at file: Dockerfile, path: String) async throws -> [BaseImageCheck] {
    let arguments = (try? BuildArguments.all(draft.buildArgs)) ?? []
    let platforms = (try? BuildArguments.platforms(draft.platforms)) ?? [.linuxAmd64]
    var checks: [BaseImageCheck] = []
    for platform in platforms {
      let needs = file.needs(arguments: arguments, platform: platform, engine: engine)
      for problem in needs.problems { problems.add(problem.refusal(in: path)) }
      for note in needs.notes.map({ $0.located(in: path) + $0.mend }) where !notes.contains(note) { notes.append(note) }
      for image in needs.baseImages {
        let known = checks.firstIndex { $0.name == image.name }
        // Found for one platform it may be missing for another: the worse is told.
        if let known, case .found = checks[known].availability {} else if known != nil { continue }
        let check = BaseImageCheck(
          name: image.name, lines: image.lines, availability: try await availability(of: image, platform))
        if let known { checks[known] = check } else { checks.append(check) }
      }
    }
    for check in checks {
      if case .missing(let tried) = check.availability { problems.add(Self.missing(check, tried, in: path)) }
    }
    return checks
  }

  private func availability(of image: BaseImageUse, _ platform: BuildPlatform) async throws
    -> BaseImageCheck.Availability
  {
    guard engine == .local else {
      return .unknown(Phrase("The cluster fetches it.", "由集群拉取。"))
    }
    guard let lookup = workspace.surroundings.baseImages else {
      return .unknown(Phrase("It can't be looked for here.", "此处无法查询。"))
    }
    let wanted = image.platform.flatMap(BuildPlatform.init) ?? platform
    do {
      let (registry, mirrors) = try workspace.registry(
        of: workspace.state().repository(draft.repoId).instanceId, in: workspace.state().state)
      let finding = try await lookup.find(
        image.name, for: wanted,
        in: BaseImageSources(imported: workspace.imagesFolder, registry: registry, mirrors: mirrors))
      switch finding {
      case .found(let base): return .found(base)
      case .missing(let tried): return .missing(tried)
      }
    } catch is CancellationError {
      throw CancellationError()
    } catch {
      return .unknown(Refusal(error).message)
    }
  }

  private static func missing(
    _ check: BaseImageCheck, _ tried: [BaseImageFinding.Attempt], in path: String
  ) -> Refusal {
    let places = tried.map { "\($0.place): \($0.answer)" }.joined(separator: "; ")
    let line = check.lines.first ?? 1
    return Refusal(
      .baseImageMissing, field: .dockerfileName,
      message: Phrase(
        "\(path):\(line): the base image \(check.name) can't be had\(places.isEmpty ? "" : " (\(places))").",
        "\(path):\(line)：无法获取基础镜像 \(check.name)\(places.isEmpty ? "" : "（\(places)）")。"),
      mend: Phrase(
        "Bring it in with `acr-console image import`, or name a mirror with `acr-console registry set --mirror`.",
        "请用 `acr-console image import` 导入，或用 `acr-console registry set --mirror` 设置加速地址。"))
  }

  /// A platform that this machine can't run is in the way only where something of it is run.
  mutating func platforms(of file: Dockerfile?) {
    do throws(Refusal) {
      let platforms = try BuildArguments.platforms(draft.platforms)
      let runs = file?.instructions.contains { $0.keyword == "RUN" && !$0.isTrigger } ?? true
      guard engine == .local, runs else { return }
      let buildable = workspace.surroundings.buildable()
      for platform in platforms where !buildable.contains(platform) { problems.add(.unbuildable(platform)) }
    } catch {
      problems.add(error)
    }
  }
}

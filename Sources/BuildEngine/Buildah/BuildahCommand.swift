import SecureBuild

/// What runs in a box: base images are taken into buildah's storage, the Dockerfile is built, the image is written out.
struct BuildahCommand: Sendable, Equatable {
  let order: ImageOrder
  let platform: BuildPlatform
  /// The name of the index that images of several platforms become; nil for one platform.
  let index: String?
  let isLast: Bool
  let driver: String

  /// The steps of a Dockerfile get no more of these than docker gives them, less what would only help to get out.
  static let dropped = ["CAP_AUDIT_WRITE", "CAP_MKNOD", "CAP_NET_RAW", "CAP_SETFCAP", "CAP_SYS_CHROOT"]

  static let phaseFile = ".phase"

  /// Constant text. Arguments: storage driver, "index NAME", "image -" or "more -", then base images as REFERENCE NAME
  /// pairs, `--`, and the command that builds.
  private static let script = #"""
    set -e
    driver=$1 what=$2 name=$3
    shift 3
    echo bases >/work/.phase
    while [ "$1" != -- ]; do
      skopeo copy --quiet "oci:/base:$1" "containers-storage:[$driver@/store+/run/containers]$2"
      shift 2
    done
    shift
    echo steps >/work/.phase
    "$@"
    echo image >/work/.phase
    set -- buildah --root /store --runroot /run/containers --storage-driver "$driver"
    case $what in
      image) exec "$@" push --quiet "$(cat /work/.image)" oci:/work/out:image ;;
      index)
        "$@" manifest push --quiet --all "$name" oci:/work/out:image
        exec "$@" manifest rm "$name" >/dev/null
        ;;
    esac
    """#

  /// The program of the box with its arguments.
  func arguments() throws(BuildFailure) -> [String] {
    let bases = order.baseImages.filter { $0.platform == platform }
    let what = index == nil ? ["image", "-"] : isLast ? ["index", index ?? "-"] : ["more", "-"]
    return ["sh", "-c", Self.script, "sh", driver] + what
      + Dictionary(bases.map { ($0.localName, $0.reference) }, uniquingKeysWith: { first, _ in first })
      .sorted { $0.key < $1.key }.flatMap { [$0.value, $0.key] } + ["--"] + (try buildah(bases))
  }

  private func buildah(_ bases: [PreparedBaseImage]) throws(BuildFailure) -> [String] {
    var words = ["buildah", "--root", BoxConfiguration.store, "--runroot", "/run/containers"]
    words += ["--storage-driver", driver, "build", "--isolation", "oci", "--runtime", "/usr/bin/crun"]
    // In its OCI format buildah leaves SHELL out of account; what is written out in the end is OCI all the same.
    words += ["--network", "host", "--http-proxy=false", "--pull=never", "--format", "docker"]
    words += ["--security-opt", "seccomp=\(BoxFolder.profile)"]
    words += ["--cap-drop=\(Self.dropped.joined(separator: ","))"]
    let ids = "0:1:\(CellIds.count - 2)"
    words += ["--userns-uid-map=\(ids)", "--userns-gid-map=\(ids)"]
    // Saying what is so anyway would make buildah complain of arguments that nobody gave.
    if platform != .ofThisMachine { words += ["--platform", platform.rawValue] }
    words += order.usesCache ? ["--layers"] : ["--no-cache", "--layers=false"]
    words += index.map { ["--manifest", $0] } ?? ["--iidfile", "/work/.image"]
    for argument in order.arguments { words += ["--build-arg", argument] }
    for (key, value) in order.labels.sorted(by: { $0.key < $1.key }) { words += ["--label", "\(key)=\(value)"] }
    for base in bases {
      for name in Set(base.names).sorted() {
        words += ["--build-context", "\(name)=container-image://\(base.localName)"]
      }
    }
    return words + ["--file", try Self.inBox(order.dockerfile), try Self.inBox(order.context)]
  }

  /// The path in the box of what has this path in the cell.
  private static func inBox(_ path: String) throws(BuildFailure) -> String {
    guard path.hasPrefix(Confinement.workInside + "/"), !path.split(separator: "/").contains("..") else {
      throw BuildFailure(
        .dockerfileMissing, in: .build,
        message: Phrase("\(path) isn't in the build's work folder.", "\(path) 不在构建的工作目录中。"),
        mend: Phrase("Check the Dockerfile's location in the rule.", "请检查构建规则中 Dockerfile 的位置。"))
    }
    return BoxConfiguration.work + path.dropFirst(Confinement.workInside.count)
  }
}

extension BuildPlatform {
  /// Of the machine that this program was built for.
  static var ofThisMachine: BuildPlatform {
    #if arch(arm64)
      .linuxArm64
    #else
      .linuxAmd64
    #endif
  }
}

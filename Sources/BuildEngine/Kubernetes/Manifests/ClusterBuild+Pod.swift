import SecureBuild

extension ClusterBuild {
  /// The pod, as tight as rootless buildah lets it be: no privileges, no account of the cluster, no root, nothing of the
  /// node, no resolver. Only the containers that need a secret see it; that of the build sees none.
  var pod: ManifestNode {
    var spec: ManifestNode = [
      "restartPolicy": "Never", "terminationGracePeriodSeconds": 1, "automountServiceAccountToken": false,
      "enableServiceLinks": false,
    ]
    if settings.userNamespaces { spec = spec.adding("hostUsers", false) }
    if isConfined {
      spec = spec.adding("dnsPolicy", "None").adding(
        "dnsConfig",
        [
          // Nobody answers there, at once: a resolver must be given.
          "nameservers": ["127.0.0.1"],
          "options": [["name": "timeout", "value": "1"], ["name": "attempts", "value": "1"]],
        ])
    }
    if !hosts.isEmpty { spec = spec.adding("hostAliases", aliases) }
    let containers = stages.map(container)
    return spec.adding("nodeSelector", .texts(nodeLabels)).adding(
      "securityContext",
      [
        "runAsNonRoot": true, "runAsUser": 1000, "runAsGroup": 1000, "fsGroup": 1000,
        "seccompProfile": ["type": "RuntimeDefault"],
      ]
    ).adding("initContainers", .list(Array(containers.dropLast())))
      .adding("containers", .list(Array(containers.suffix(1)))).adding("volumes", volumes)
  }

  private var nodeLabels: [String: String] {
    settings.nodeSelector.merging(["kubernetes.io/os": "linux", "kubernetes.io/arch": platform.nodeArchitecture]) { $1 }
  }

  /// An entry an address, as a pod has it.
  private var aliases: ManifestNode {
    var names: [(address: String, names: [String])] = []
    for host in hosts where host.isName {
      let address = host.address.description
      if let index = names.firstIndex(where: { $0.address == address }) {
        if !names[index].names.contains(host.name) { names[index].names.append(host.name) }
      } else {
        names.append((address, [host.name]))
      }
    }
    return .list(names.map { ["ip": .text($0.address), "hostnames": .texts($0.names)] })
  }

  private func container(of stage: PodStage) -> ManifestNode {
    let container: ManifestNode = [
      "name": .text(stage.rawValue), "image": .text(settings.image), "imagePullPolicy": "IfNotPresent",
      "command": ["/bin/bash", "/acr/build.sh", .text(stage.rawValue)],
      "workingDir": "/work",
    ]
    return container.adding("securityContext", security(of: stage))
      .adding("resources", resources)
      .adding("terminationMessagePath", "/dev/termination-log")
      .adding("volumeMounts", mounts(of: stage))
  }

  /// All but `clone` run buildah, which makes a user namespace: for that it needs a seccomp profile that lets it, and
  /// the two capabilities that map the subordinate ids, through programs that have them by their files.
  private func security(of stage: PodStage) -> ManifestNode {
    guard stage != .clone else {
      return [
        "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "capabilities": ["drop": ["ALL"]],
      ]
    }
    let seccomp: ManifestNode =
      settings.seccompProfile.map { ["type": "Localhost", "localhostProfile": .text($0)] } ?? ["type": "Unconfined"]
    return [
      "allowPrivilegeEscalation": true, "readOnlyRootFilesystem": true,
      "capabilities": ["drop": ["ALL"], "add": ["SETUID", "SETGID"]], "seccompProfile": seccomp,
      "appArmorProfile": ["type": "Unconfined"],
    ]
  }

  private var resources: ManifestNode {
    [
      "requests": ["cpu": "250m", "memory": .text(Self.quantity(min(plan.limits.memory, 512 << 20)))],
      "limits": ["memory": .text(Self.quantity(plan.limits.memory))],
    ]
  }

  private func mounts(of stage: PodStage) -> ManifestNode {
    let temporary = ManifestNode.text(stage == .push ? "push-temporary" : "temporary")
    var mounts: [ManifestNode] = [
      ["name": "plan", "mountPath": "/acr", "readOnly": true], ["name": "work", "mountPath": "/work"],
      ["name": temporary, "mountPath": "/tmp"], ["name": temporary, "mountPath": "/var/tmp"],
    ]
    if isFollowed { mounts.append(["name": "stage", "mountPath": "/acr-stage", "readOnly": true]) }
    switch stage {
    case .clone: mounts.append(["name": "token", "mountPath": "/acr-token", "readOnly": true])
    case .images: if registryLogin != nil { mounts.append(Self.loginMount) }
    case .build: break
    case .push:
      // What the build left is read here as an archive; what is pushed lies where the build never was.
      mounts.append(["name": "push", "mountPath": "/push"])
      if registryLogin != nil { mounts.append(Self.loginMount) }
    }
    return .list(mounts)
  }

  private static let loginMount: ManifestNode = ["name": "login", "mountPath": "/acr-login", "readOnly": true]

  private var volumes: ManifestNode {
    let size = ManifestNode.text(Self.quantity(plan.limits.disk))
    var volumes: [ManifestNode] = [
      ["name": "plan", "configMap": ["name": .text(names.name), "defaultMode": 0o444]],
      ["name": "token", "secret": Self.files(of: names.name, [Self.tokenKey])],
      ["name": "work", "emptyDir": ["sizeLimit": size]], ["name": "push", "emptyDir": ["sizeLimit": size]],
      ["name": "temporary", "emptyDir": ["sizeLimit": size]],
      ["name": "push-temporary", "emptyDir": ["sizeLimit": size]],
    ]
    if registryLogin != nil {
      volumes.append(["name": "login", "secret": Self.files(of: names.name, [Self.loginKey])])
    }
    if isFollowed {
      let label = "metadata.labels['\(ClusterNames.stageLabel)']"
      volumes.append([
        "name": "stage",
        "downwardAPI": ["items": [["path": "stage", "fieldRef": ["fieldPath": .text(label)]]]],
      ])
    }
    return .list(volumes)
  }

  /// Some of a Secret, for the pod's group alone to read.
  private static func files(of secret: String, _ keys: [String]) -> ManifestNode {
    [
      "secretName": .text(secret), "defaultMode": 0o440,
      "items": .list(keys.map { ["key": .text($0), "path": .text($0)] }),
    ]
  }

  /// An amount of bytes as a person writes it.
  private static func quantity(_ bytes: Int) -> String {
    for (unit, shift) in [("Gi", 30), ("Mi", 20), ("Ki", 10)] where bytes > 0 && bytes % (1 << shift) == 0 {
      return "\(bytes >> shift)\(unit)"
    }
    return String(bytes)
  }
}

extension BuildPlatform {
  /// The nodes that run it without emulation, by the label that every node has.
  var nodeArchitecture: String {
    switch self {
    case .linuxAmd64, .linux386: "amd64"
    case .linuxArm64: "arm64"
    case .linuxArmV7, .linuxArmV6: "arm"
    }
  }
}

import SecureBuild

/// A line of the list of networks for people: a VPC, or one of its vSwitches below it.
enum NetworkLine: Presentable {
  case vpc(NetworkView)
  case vSwitch(VSwitch)

  static func lines(of network: NetworkView) -> [NetworkLine] { [.vpc(network)] + network.vSwitches.map(vSwitch) }

  static var columns: [Column<Self>] {
    [
      Column(Phrase("Id", "ID")) { line, _ in
        switch line {
        case .vpc(let network): network.vpc.id
        case .vSwitch(let vSwitch): "  " + vSwitch.id
        }
      },
      Column(Phrase("Name", "名称")) { line, _ in
        switch line {
        case .vpc(let network): network.vpc.name
        case .vSwitch(let vSwitch): vSwitch.name
        }
      },
      Column(Phrase("Region / zone", "地域 / 可用区")) { line, language in
        switch line {
        case .vpc(let network): Phrase.orUnknown(network.vpc.regionId)(language)
        case .vSwitch(let vSwitch): Phrase.orUnknown(vSwitch.zoneId)(language)
        }
      },
      Column(Phrase("Range", "网段")) { line, _ in
        switch line {
        case .vpc(let network): network.vpc.cidrBlock.description
        case .vSwitch(let vSwitch): vSwitch.cidrBlock.description
        }
      },
      Column(Phrase("Carries the mode", "支持安全构建")) { line, language in
        switch line {
        case .vpc: ""
        case .vSwitch(let vSwitch): vSwitch.carriesModeWord(language)
        }
      },
      Column(Phrase("Free IPs", "可用 IP 数")) { line, language in
        switch line {
        case .vpc: ""
        case .vSwitch(let vSwitch): vSwitch.freeIpsWord(language)
        }
      },
      Column(Phrase("Known", "依据")) { line, language in
        switch line {
        case .vpc(let network): network.vpc.known.title(language)
        case .vSwitch(let vSwitch): vSwitch.known.title(language)
        }
      },
    ]
  }

  func json(_ language: Language) -> JSONText {
    switch self {
    case .vpc(let network): network.json(language)
    case .vSwitch(let vSwitch): vSwitch.json(language)
    }
  }
}

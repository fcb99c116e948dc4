import FlatFiles

/// A POSIX shell script without any token that tries, from the machine that it is run on, how the addresses of a link
/// can be reached.
public struct ProbeScript: Sendable, Equatable {
  public let instanceId: String
  public let linkId: String
  public let text: String

  /// The version of what the script prints.
  static let format = 1

  init(link: Link, gitLab: GitLabAddress?, ports: [IPv4Address: Set<Int>]) {
    instanceId = link.instanceId
    linkId = link.id
    let site = gitLab.map { Site($0, over: link) }
    var calls: [String] = []
    for ip in link.addresses {
      if let site, site.ip == ip { calls.append(site.call) }
      let others = (ports[ip] ?? []).filter { site?.ip != ip || site?.address.port != $0 }.sorted()
      calls += others.map { "other \(ip) \($0)" }
      if others.isEmpty, site?.ip != ip { calls.append("portless \(ip)") }
    }
    text =
      [
        Self.head, "instance=\(Self.quoted(link.instanceId))", "link=\(Self.quoted(link.id))",
        "toward=\(link.gitLabIntranetIp)", Self.steps, calls.joined(separator: "\n"), Self.tail,
      ].joined(separator: "\n") + "\n"
  }

  /// GitLab, and which of the link's addresses stands for it.
  private struct Site {
    let address: GitLabAddress
    let ip: IPv4Address

    init(_ address: GitLabAddress, over link: Link) {
      self.address = address
      let named = IPv4Address(address.host) ?? link.hosts.first { $0.name == address.host }?.ip
      ip = named.flatMap { link.addresses.contains($0) ? $0 : nil } ?? link.gitLabIntranetIp
    }

    var call: String {
      let host = address.host.contains(":") ? "[\(address.host)]" : address.host
      return
        "gitlab \(ip) \(address.port) \(address.scheme.rawValue) \(ProbeScript.quoted(host)) \(ProbeScript.quoted(address.path))"
    }
  }

  /// One word for the shell, whatever is in it.
  private static func quoted(_ text: String) -> String {
    "'" + text.withoutControls.replacing("'", with: #"'\''"#) + "'"
  }

  // MARK: Its parts

  private static let head = #"""
    #!/bin/sh
    # Tries from this machine how GitLab and the other addresses of a link can be reached. Made by acr-console.
    # Run it on an ECS instance in the link's vSwitch, as any user, and give back what it prints:
    #   sh probe.sh > probe.txt
    #   acr-console gitlab probe-read probe.txt
    # It holds no token and changes nothing. It looks up a name, and asks the addresses below by HTTP, without
    # credentials. It uses curl, getent, openssl and ip where they are there, and says which are missing.
    set -f
    LC_ALL=C
    export LC_ALL
    """#

  private static let steps = #"""

    tab=$(printf '\t')
    lines=0

    # line WORD FIELD...: one line, its fields of plain characters alone
    line() {
      row=$1
      shift
      for field in "$@"; do row=$row$tab$(printf '%s' "$field" | tr -c ' -~' ' ' | cut -c 1-200); done
      printf '%s\n' "$row"
      lines=$((lines + 1))
    }

    has() { command -v "$1" >/dev/null 2>&1; }

    # The time in milliseconds, as far as date tells it.
    now() {
      stamp=$(date +%s%N)
      case $stamp in
        *[!0-9]*) echo "$(date +%s)000" ;;
        ???????????????*) echo "${stamp%??????}" ;;
        *) echo "${stamp}000" ;;
      esac
    }

    # ms 1.234567: 1234; - for what curl didn't measure
    ms() {
      case $1 in
        0.000000 | '') echo - ;;
        *)
          part=${1#*.}000
          echo "$((${1%%.*} * 1000 + 1${part%"${part#???}"} - 1000))"
          ;;
      esac
    }

    # at_most SECONDS COMMAND...
    if has timeout; then
      at_most() { timeout "$@"; }
    else
      at_most() {
        shift
        "$@"
      }
    fi

    # ask OPTION... URL: sets what was said, curl's exit status, and the seconds until connected, until TLS, in all
    ask() {
      said=$(curl -q -sS -v --noproxy '*' --connect-timeout 5 -o /dev/null \
        -w '\nprobe<%{time_connect} %{time_appconnect} %{time_total} %{http_code}>probe\n' "$@" </dev/null 2>&1)
      status=$?
      words=${said##*probe<}
      IFS=' ' read -r connected secured total code <<EOF
    ${words%%>probe*}
    EOF
      why=
      case $said in *'curl: ('*)
        why=${said##*curl: }
        why=${why%%
    *} ;;
      esac
      outcome=failed
      [ "$status" = 28 ] && outcome=timeout
      case $said in
        *'* Connected to '* | *'* Established connection '*) is_connected=yes ;;
        *)
          is_connected=
          case $said in
            *'Connection refused'*) outcome=refused ;;
            *'No route to host'* | *'Network is unreachable'*) outcome=unreachable ;;
          esac
          ;;
      esac
    }

    # other IP PORT: a TCP connection alone is wanted; what is answered doesn't matter
    other() {
      if ! has curl; then
        line try "$1" "$2" connect untried - 'curl is missing'
        return
      fi
      ask -m 6 -I "http://$1:$2/"
      if [ "$is_connected" ]; then
        line try "$1" "$2" connect passed "$(ms "$connected")" ''
      else
        line try "$1" "$2" connect "$outcome" "$(ms "$total")" "$why"
      fi
    }

    # portless IP
    portless() { line try "$1" - connect untried - 'no port is known'; }

    # name IP PORT HOST
    name() {
      case $3 in *[!0-9.]*) ;; *) return ;; esac
      case $3 in '['*) return ;; esac
      if ! has getent; then
        line try "$1" "$2" name untried - 'getent is missing'
        return
      fi
      start=$(now)
      found=$(at_most 10 getent ahostsv4 "$3" 2>/dev/null)
      status=$?
      if [ -z "$found" ] && [ "$status" != 124 ]; then
        found=$(at_most 10 getent hosts "$3" 2>/dev/null)
        status=$?
      fi
      took=$(($(now) - start))
      found=$(printf '%s\n' "$found" | cut -d ' ' -f 1 | sort -u | tr '\n' ' ')
      if [ "$status" = 124 ]; then
        line try "$1" "$2" name timeout "$took" ''
      elif [ -z "${found% }" ]; then
        line try "$1" "$2" name failed "$took" 'no address'
      else
        line try "$1" "$2" name passed "$took" "${found% }"
      fi
    }

    # certificate IP PORT HOST: whose it is and until when, whether or not it is trusted
    certificate() {
      has openssl || return
      at_most 10 openssl s_client -connect "$1:$2" -servername "$3" </dev/null 2>/dev/null |
        openssl x509 -noout -enddate -issuer 2>/dev/null | tr '\n' ' '
    }

    # gitlab IP PORT SCHEME HOST PATH
    gitlab() {
      name "$1" "$2" "$4"
      if ! has curl; then
        line try "$1" "$2" connect untried - 'curl is missing'
        return
      fi
      # What it answers is of interest whoever signed its certificate: nothing is sent that must not be read.
      url=$3://$4:$2$5/
      ask -m 15 -k --resolve "$4:$2:$1" "$url"
      if [ -z "$is_connected" ]; then
        line try "$1" "$2" connect "$outcome" "$(ms "$total")" "$why"
        return
      fi
      line try "$1" "$2" connect passed "$(ms "$connected")" ''
      if [ "$3" = https ] && [ "$secured" = 0.000000 ]; then
        line try "$1" "$2" tls "$outcome" "$(ms "$total")" "$why"
        return
      fi
      answered=$outcome answer=$why took=$(ms "$total")
      if [ "$code" != 000 ]; then answered=passed answer="HTTP $code"; fi
      if [ "$3" = https ]; then
        ask -m 15 --resolve "$4:$2:$1" "$url"
        shown=$(certificate "$1" "$2" "$4")
        if [ "$secured" = 0.000000 ]; then
          line try "$1" "$2" tls "$outcome" "$(ms "$total")" "$why $shown"
        else
          line try "$1" "$2" tls passed "$(ms "$secured")" "$shown"
        fi
      fi
      line try "$1" "$2" http "$answered" "$took" "$answer"
    }

    source=
    if has ip; then
      source=$(ip -4 route get "$toward" 2>/dev/null)
      case $source in
        *' src '*)
          source=${source#* src }
          source=${source%%[!0-9.]*}
          ;;
        *) source= ;;
      esac
    fi
    if [ -z "$source" ]; then
      source=$(hostname -I 2>/dev/null)
      source=${source%% *}
    fi

    line acr-console-probe 1
    line instance "$instance"
    line link "$link"
    line host "$(uname -n)"
    line source "${source:-unknown}"
    line time "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    for program in curl getent openssl ip; do has "$program" || line missing "$program"; done

    """#

  private static let tail = "\nprintf 'end\\t%s\\n' \"$lines\""
}

extension Reading {
  /// A probe script for a link.
  /// - Parameters:
  ///   - link: nil for the binding's, else the newest.
  ///   - address: GitLab's address, in place of the binding's.
  ///   - ports: more ports to try, `10.0.0.5:8081`; those that an imported SLB listens at are known already.
  /// - Throws: `Refusal` where there is no such instance or link; at the field of what can't be read; `OwnOnly` in a
  ///   training workspace, whose addresses are nobody's.
  public func probeScript(
    of instance: String, link id: String? = nil, address: String? = nil, ports typed: [String] = []
  ) throws(Refusal) -> ProbeScript {
    try refusing {
      guard kind == .own else { throw Refusal.trainingAddresses }
      let link = try link(of: instance, id)
      let binding = try state.binding(of: instance)
      let bound = binding?.linkId == link.id ? binding?.address : nil
      let gitLab =
        try address.map { try GitLabAddress(parsing: $0) } ?? bound.flatMap { try? GitLabAddress(parsing: $0) }
      var ports: [IPv4Address: Set<Int>] = [:]
      for balancer in try state.entries(.loadBalancer).compactMap(LoadBalancer.init)
      where (balancer.vpcId ?? link.vpcId) == link.vpcId {
        guard let ip = balancer.address, link.addresses.contains(ip) else { continue }
        ports[ip, default: []].formUnion((balancer.listeners ?? []).map(\.port))
      }
      for text in typed {
        let (ip, port) = try Self.target(text, of: link)
        ports[ip, default: []].insert(port)
      }
      return ProbeScript(link: link, gitLab: gitLab, ports: ports)
    }
  }

  /// Reads `10.0.0.5:8081`.
  private static func target(_ text: String, of link: Link) throws(Refusal) -> (IPv4Address, Int) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let ip = IPv4Address(parts[0]), let port = Int(parts[1]), (1...65535).contains(port) else {
      throw Refusal(
        .invalidIp, field: .allowedIps,
        message: Phrase("“\(text)” is not an IP address with a port.", "“\(text)”不是带端口的 IP 地址。"),
        mend: Phrase("Give it as 192.168.10.30:8081.", "请按 192.168.10.30:8081 的形式填写。"))
    }
    guard link.addresses.contains(ip) else {
      throw Refusal(
        .addressNotAllowed, field: .allowedIps,
        message: Phrase("The link \(link.id) does not let out to \(ip).", "链路 \(link.id) 未放行 \(ip)。"),
        mend: Phrase("Give one of: \(link.addressList).", "请从以下地址中选择：\(link.addressList)。"))
    }
    return (ip, port)
  }
}

extension Link {
  fileprivate var addressList: String { addresses.map(\.description).joined(separator: ", ") }
}

extension Refusal {
  static let trainingAddresses = Refusal(
    .ownOnly,
    message: Phrase(
      "This is a training workspace: its addresses are nobody's, and trying them from another machine would reach strangers.",
      "这是演练工作区：其中的地址并不真实存在，从其他机器测试可能连到无关主机。"),
    mend: Phrase("Use an own workspace.", "请使用自有工作区。"))
}

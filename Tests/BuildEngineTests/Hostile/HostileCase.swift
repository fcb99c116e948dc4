import SecureBuild
import Testing

/// A Dockerfile that means harm, and what it must be told.
struct HostileCase: Sendable, CustomTestStringConvertible {
  let name: String
  let dockerfile: String
  /// Lines that the log must hold, each in this order or another.
  let told: [String]
  /// Addresses that must be among the refused: `IP PORT PROTOCOL`.
  let refused: [String]
  /// What the build must fail by; nil where it must succeed.
  let fails: Code?
  let limits: BuildLimits
  let files: [String: String]

  var testDescription: String { name }

  init(
    _ name: String, _ dockerfile: String, told: [String] = [], refused: [String] = [], fails: Code? = nil,
    limits: BuildLimits = BuildLimits(stage: 60), files: [String: String] = [:]
  ) {
    self.name = name
    self.dockerfile = dockerfile
    self.told = told
    self.refused = refused
    self.fails = fails
    self.limits = limits
    self.files = files
  }

  /// What a table says of it: one line.
  func row(_ user: String, _ log: String, _ outcome: String) -> String {
    let said = log.split(separator: "\n").filter { line in told.contains { line.contains($0) } }.map(String.init)
    let words = said.isEmpty ? outcome : said.joined(separator: "; ") + (fails == nil ? "" : "; \(outcome)")
    return "| \(user) | \(name) | \(words) |"
  }

  static let all: [HostileCase] = [
    HostileCase(
      "flush nftables", "RUN probe nftables audit; nft flush ruleset 2>&1 | head -1",
      told: ["told: nftables: Protocol not supported", "told: audit: Protocol not supported"]),
    HostileCase(
      "change addresses and routes",
      """
      RUN ip address add 10.78.0.77/24 dev eth0 2>&1 | sed 's/^/told: /'; \\
        ip route del default 2>&1 | sed 's/^/told: /'; ip link set eth0 down 2>&1 | sed 's/^/told: /'
      """,
      told: ["told: ip: RTNETLINK answers: Operation not permitted", "told: ip: SIOCSIFFLAGS: Operation not permitted"]),
    HostileCase(
      "raw, packet and vsock sockets", "RUN probe raw raw6 packet vsock",
      told: [
        "told: raw: Operation not permitted", "told: raw6: Operation not permitted",
        "told: packet: Address family not supported by protocol",
        "told: vsock: Address family not supported by protocol",
      ]),
    HostileCase(
      "kill a process of the host",
      "ARG VICTIM\nRUN probe kill=$VICTIM; ls -d /proc/[0-9]* | wc -l | sed 's/^/told: processes: /'",
      told: ["told: kill: No such process"]),
    HostileCase(
      "chroot out", "ARG SECRET\nRUN probe chroot=$SECRET mount handle device; cat $SECRET 2>&1 | sed 's/^/told: /'",
      told: [
        "told: chroot: Operation not permitted", "told: mount: Operation not permitted",
        "told: handle: Operation not permitted", "told: device: Operation not permitted", "No such file or directory",
      ]),
    HostileCase(
      "read environments for a token",
      "RUN cat /proc/[0-9]*/environ | tr '\\0' '\\n' | grep -c 'glpa[t]-' | sed 's/^/told: tokens: /'",
      told: ["told: tokens: 0"]),
    HostileCase(
      "the host's abstract sockets", "ARG ABSTRACT\nRUN probe abstract=$ABSTRACT",
      told: ["told: abstract: Connection refused"]),
    HostileCase(
      "the host's loopback",
      "RUN for u in 127.0.0.1:7001 127.0.0.1:8000 [::1]:8000; do wget -q -O - http://$u/ 2>&1 | sed 's/^/told: /'; done",
      told: ["told: wget: can't connect to remote host (127.0.0.1): Connection refused"]),
    HostileCase(
      "the host's own address", "RUN wget -q -O - http://10.78.0.1:8000/ 2>&1 | sed 's/^/told: /'",
      told: ["Connection refused"], refused: ["10.78.0.1 8000 tcp"]),
    HostileCase(
      "link-local metadata", "RUN wget -q -O - http://169.254.169.254/latest/meta-data/ 2>&1 | sed 's/^/told: /'",
      told: ["Connection refused"], refused: ["169.254.169.254 80 tcp"]),
    HostileCase(
      "an address that isn't allowed", "RUN wget -q -O - http://10.78.0.9:8000/ 2>&1 | sed 's/^/told: /'",
      told: ["Connection refused"], refused: ["10.78.0.9 8000 tcp"]),
    HostileCase(
      "DNS",
      """
      RUN nslookup secret.example 10.78.0.9 2>&1 | tail -1 | sed 's/^/told: /'; \\
        wget -q -O - http://leak.example/ 2>&1 | sed 's/^/told: /'; \\
        wget -q -O - http://gitlab.corp.example:8000/
      """, told: ["told: wget: bad address 'leak.example'", "REACHED"], refused: ["10.78.0.9 53 udp"]),
    HostileCase(
      "IPv6", "RUN wget -q -O - http://[fd78::9]:8000/ 2>&1 | sed 's/^/told: /'", told: ["Connection refused"],
      refused: ["fd78::9 8000 tcp"]),
    HostileCase(
      "ADD over http", "ADD http://10.78.0.9:8000/index.html /stolen", told: ["connection refused"],
      refused: ["10.78.0.9 8000 tcp"], fails: .buildStepFailed),
    HostileCase(
      "RUN --mount through a symlink (CVE-2024-1753)",
      """
      RUN ln -s / /hole
      FROM base:1 AS second
      ARG SECRET
      RUN --mount=type=bind,from=first,source=/hole,target=/seen,rw \\
        cat /seen$SECRET 2>&1 | sed 's/^/told: /'; \\
        (echo x >/seen/work/pwned) 2>&1 | sed 's/^/told: /'; (echo x >/seen/usr/pwned) 2>&1 | sed 's/^/told: /'; \\
        (echo x >/seen/store/pwned) 2>&1 | sed 's/^/told: /'
      """, told: ["No such file or directory"]),
    HostileCase(
      "a daemon left running", "RUN setsid sleep 98765 >/dev/null 2>&1 & sleep 0.2; ps | grep -c 'sleep 9876[5]'",
      told: ["1"]),
    HostileCase(
      "new user and network namespaces", "RUN probe 'user namespace' 'network namespace' clone",
      told: [
        "told: user namespace: Operation not permitted", "told: network namespace: Operation not permitted",
        "told: clone: ",
      ]),
    HostileCase(
      "keys, bpf, io_uring", "RUN probe keys bpf io_uring",
      told: ["told: keys: ", "told: bpf: Operation not permitted", "told: io_uring: Operation not permitted"]),
    HostileCase(
      "the kernel's settings",
      """
      RUN (echo x >/proc/sys/kernel/core_pattern) 2>&1 | sed 's/^/told: /'; \\
        (echo b >/proc/sysrq-trigger) 2>&1 | sed 's/^/told: /'; (echo 1 >/sys/kernel/profiling) 2>&1 | sed 's/^/told: /'
      """, told: ["can't create /proc/sys/kernel/core_pattern: Read-only file system"]),
    HostileCase(
      "a fork bomb", "RUN bomb() { bomb | bomb & }; bomb 2>&1 | head -1; sleep 3; exit 9", fails: .buildStepFailed,
      limits: BuildLimits(processes: 300, stage: 20)),
    HostileCase(
      "a file that fills the disk", "RUN dd if=/dev/zero of=/big bs=1M count=4000 2>&1 | sed 's/^/told: /'; ls -l /big",
      fails: .outOfDisk, limits: BuildLimits(disk: 200 << 20, stage: 60)),
    HostileCase(
      "many files that fill the disk",
      "RUN i=0; while dd if=/dev/zero of=/big$i bs=1M count=20 2>/dev/null; do i=$((i+1)); sleep 0.05; done; sleep 20",
      fails: .outOfDisk, limits: BuildLimits(disk: 200 << 20, stage: 60)),
    HostileCase("a step that hangs", "RUN sleep 1000", fails: .buildTimedOut, limits: BuildLimits(stage: 3)),
    HostileCase(
      "a step that says nothing", "RUN sleep 1000", fails: .buildTimedOut, limits: BuildLimits(stage: 60, silence: 2)),
    HostileCase(
      "escape sequences in the log", #"RUN printf '\033]0;owned\007\033[2J\033[31mtold: red\033[0m\n'; exit 3"#,
      told: ["told: red"], fails: .buildStepFailed),
    HostileCase(
      "all of the memory", "RUN tail /dev/zero", fails: .outOfMemory, limits: BuildLimits(memory: 256 << 20, stage: 60)),
  ]
}

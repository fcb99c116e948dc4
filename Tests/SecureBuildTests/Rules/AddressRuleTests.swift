import Testing

@testable import SecureBuild

@Suite struct IPRules {
  @Test(arguments: [
    "10.0.0.1", "192.168.10.20", "172.16.0.1", "8.8.8.8", "1.0.0.0", "126.255.255.255", "128.0.0.1", "100.103.255.255",
    "100.105.0.0", "169.253.1.1", "223.255.255.255", " 10.0.0.1 ", "255.0.0.1".replacing("255", with: "99"),
  ])
  func `unicast addresses are taken`(text: String) throws {
    #expect(try LinkRules.address(text, at: .gitLabIntranetIp).description == text.trimmed)
  }

  @Test(arguments: [
    "127.0.0.1", "127.255.255.255", "169.254.0.1", "169.254.255.255", "100.104.0.0", "100.104.255.255", "0.0.0.0",
    "0.1.2.3", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255", "::1", "fe80::1", "10.0.0", "10.0.0.0.1",
    "10.0.0.256", "010.0.0.1", "10.0.0.1/32", "10.0.0.1:80", "a.b.c.d", "10.0.0.١", "gitlab", "1 0.0.0.1", "10..0.1",
  ])
  func `others are refused at the field`(text: String) throws {
    for field in [Field.gitLabIntranetIp, .allowedIps, .hosts] {
      let refusal = try #require(refused { _ = try LinkRules.address(text, at: field) })
      #expect(refusal.code == .invalidIp)
      #expect(refusal.field == field)
      #expect(refusal.exit == 1)
    }
  }

  @Test func `an empty address is missing, not wrong`() {
    #expect(refused { _ = try LinkRules.address("  ", at: .gitLabIntranetIp) }?.code == .missing)
  }
}

extension Refusal {
  var exit: Int32 { code.exitStatus }
}

@Suite struct Ranges {
  @Test(arguments: ["10.0.0.0/8", "192.168.10.0/24", "0.0.0.0/0", "10.1.2.3/32", "100.104.0.0/16"])
  func `ranges with their first address are taken`(text: String) throws {
    #expect(try NetworkRules.range(text).description == text)
  }

  @Test(arguments: [
    "10.0.0.0", "10.0.0.1/8", "192.168.10.5/24", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/08", "10.0.0.0/8/8", "10.0/8",
    "::/0", "10.0.0.0/", "/8", "x",
  ])
  func `others are refused`(text: String) {
    let refusal = refused { _ = try NetworkRules.range(text) }
    #expect(refusal?.code == .invalidCidr)
    #expect(refusal?.field == .cidrBlock)
  }

  @Test func `a range that begins in the middle is answered with its beginning`() {
    #expect(refused { _ = try NetworkRules.range("192.168.10.5/24") }?.mend.en.contains("192.168.10.0/24") == true)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.255.255.255", true), ("10.0.0.0/8", "11.0.0.0", false), ("0.0.0.0/0", "1.2.3.4", true),
    ("10.1.2.3/32", "10.1.2.3", true), ("10.1.2.3/32", "10.1.2.4", false),
    ("192.168.10.128/25", "192.168.10.127", false),
  ])
  func `a range holds its addresses`(range: String, address: String, holds: Bool) throws {
    let range = try #require(IPv4Range(range))
    #expect(range.contains(try #require(IPv4Address(address))) == holds)
  }

  @Test(arguments: [
    ("10.0.0.0/8", "10.1.0.0/16", true), ("10.1.0.0/16", "10.0.0.0/8", true), ("10.0.0.0/9", "10.128.0.0/9", false),
    ("0.0.0.0/0", "1.0.0.0/8", true),
  ])
  func `ranges overlap both ways`(a: String, b: String, overlap: Bool) throws {
    let (a, b) = (try #require(IPv4Range(a)), try #require(IPv4Range(b)))
    #expect(a.overlaps(b) == overlap)
    #expect(b.overlaps(a) == overlap)
  }
}

@Suite struct HostNames {
  @Test(arguments: [
    "gitlab", "gitlab.corp.example", "GitLab.Corp.Example", "a-b.c", "1host.example", "x_y.example",
    String(repeating: "a", count: 63) + ".example",
  ])
  func `legal names are taken, in lower case`(name: String) throws {
    #expect(HostName.isValid(name))
    #expect(try LinkRules.host(HostEntryDraft(name: name, ip: "10.0.0.1")).name == name.lowercased())
  }

  @Test(arguments: [
    "", ".", "a..b", "-a.b", "a-.b", "a b", "10.0.0.1", "a.1", "a.example.", "gît.example",
    String(repeating: "a", count: 64), String(repeating: "a.", count: 127) + "ab", "a\u{7}b", "a/b", "a:80",
  ])
  func `others are refused`(name: String) {
    let refusal = refused { _ = try LinkRules.host(HostEntryDraft(name: name, ip: "10.0.0.1")) }
    #expect(refusal?.code == .invalidHost)
    #expect(refusal?.field == .hosts)
  }

  @Test(arguments: [
    ("10.0.0.9=Maven", "10.0.0.9", "Maven"), ("10.0.0.9", "10.0.0.9", ""),
    (" 10.0.0.9 = npm = x ", "10.0.0.9", "npm = x"),
    ("10.0.0.9=专有 npm 镜像", "10.0.0.9", "专有 npm 镜像"),
    ("10.0.0.9=" + String(repeating: "标", count: 512), "10.0.0.9", String(repeating: "标", count: 512)),
  ])
  func `an allowed IP may have a label`(text: String, ip: String, label: String) throws {
    let allowed = try LinkRules.allowed(AllowedIpDraft(text))
    #expect(allowed.ip.description == ip)
    #expect(allowed.label == label)
  }

  @Test(arguments: ["a\u{1b}[31mb\u{7}", "a\u{202e}b", String(repeating: "x", count: 513)])
  func `a label of what can't be seen, or longer than the vendor's description of a rule, is refused`(label: String) {
    let refusal = refused { _ = try LinkRules.allowed(AllowedIpDraft(ip: "10.0.0.9", label: label)) }
    #expect(refusal?.code == .invalidLabel)
    #expect(refusal?.field == .allowedIps)
  }
}

@Suite struct GitLabAddresses {
  @Test(arguments: [
    ("https://gitlab.corp.example", "https://gitlab.corp.example"),
    ("HTTPS://GitLab.Corp.Example/", "https://gitlab.corp.example"),
    ("https://gitlab.corp.example:443", "https://gitlab.corp.example"),
    ("http://gitlab.corp.example:80//", "http://gitlab.corp.example"),
    ("http://gitlab.corp.example:8080", "http://gitlab.corp.example:8080"),
    ("https://host/gitlab", "https://host/gitlab"),
    ("https://host/GitLab/", "https://host/GitLab"), ("https://host/gitlab/users/sign_in", "https://host/gitlab"),
    ("https://host/users/sign_in", "https://host"), ("https://host/api/v4", "https://host"),
    ("https://host/gitlab/api/v4/", "https://host/gitlab"),
    ("http://192.168.10.20:8929/x", "http://192.168.10.20:8929/x"),
    ("https://[2001:DB8::1]:8443/gl", "https://[2001:db8::1]:8443/gl"),
    ("https://[::1]", "https://[::1]"), ("  https://host  ", "https://host"), ("http://host:443", "http://host:443"),
    ("https://[2001:db8:0:0:0:0:0:1]", "https://[2001:db8::1]"),
  ])
  func `addresses are normalised`(typed: String, expected: String) throws {
    let address = try GitLabAddress(parsing: typed)
    #expect(address.description == expected)
    #expect(try GitLabAddress(parsing: address.description) == address)
  }

  @Test(arguments: [
    "gitlab.corp.example", "ftp://gitlab", "ssh://git@host", "https://", "https:///x", "https://user:pass@host",
    "https://host:0", "https://host:65536", "https://host:", "https://host:80x", "https://host:+80", "https://ho st",
    "https://host?x=1", "https://host/#a", "https://host/group/project.git", "https://host/group/project/-/tree/main",
    "https://host/..", "https://host/a/./b", "https://-host", "https://1.2.3", "https://1.2.3.4.5", "https://[::1",
    "https://[gg::1]", "https://[::1]x", "https://[1.2.3.4]", "https://[:::]", "https://[1:2:3]", "https://::1",
    "https://host/\u{7}", "https://höst", "https://host/a b", "https://host\\x", "https://host/<x>",
  ])
  func `what isn't a site's address is refused at its field`(typed: String) throws {
    let refusal = try #require(refused { _ = try GitLabAddress(parsing: typed) })
    #expect(refusal.code == .invalidAddress)
    #expect(refusal.field == .address)
    #expect(refusal.hop == .address)
  }

  @Test func `an empty one is missing`() { #expect(refused { _ = try GitLabAddress(parsing: " ") }?.code == .missing) }

  @Test(arguments: [
    ("https://host", true), ("https://host:8443", false), ("http://host", true), ("http://host:443", true),
    ("http://host:21", true),
    ("http://host:70", true), ("http://host:210", true), ("http://host:280", true), ("http://host:488", true),
    ("http://host:591", true),
    ("http://host:777", true), ("http://host:1024", false), ("http://host:1025", true), ("http://host:65535", true),
    ("http://host:81", false),
  ])
  func `the vendor accepts some ports`(address: String, accepted: Bool) throws {
    #expect(BindingRules.vendorAccepts(try GitLabAddress(parsing: address)) == accepted)
  }
}

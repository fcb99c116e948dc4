import Testing

@testable import SecureBuild

@Suite struct RegistryPlaces {
  @Test(arguments: [
    ("registry.corp.example", "registry.corp.example"), ("Registry:5000", "registry:5000"),
    ("10.0.0.3:443", "10.0.0.3:443"),
    ("localhost:5000", "localhost:5000"),
  ])
  func `an address is a host and a port`(typed: String, address: String) throws {
    #expect(try RegistryRules.address(typed) == address)
  }

  @Test(arguments: [
    "", "https://r.example", "r.example/ns", "r:0", "r:65536", "r:x", "a b", "r:1:2", "-r", "r_x:5000", "u@r",
  ])
  func `and nothing else`(typed: String) throws {
    #expect(refused { _ = try RegistryRules.address(typed) }?.field == .registryAddress)
  }

  @Test func `a layout's directory`() throws {
    #expect(try RegistryRules.layout("/srv//images/./x/") == "/srv/images/x")
    for wrong in ["", "/", "images", "/a/../b", "/a:b", "/a\u{7}"] {
      #expect(refused { _ = try RegistryRules.layout(wrong) }?.field == .layout)
    }
  }

  @Test func `mirrors`() throws {
    let plain = try RegistryRules.mirror("docker.io=http://10.0.0.3:5000/hub", certificates: "PEM")
    #expect(plain == RegistryMirror(of: "docker.io", at: "10.0.0.3:5000/hub", plainHTTP: true))
    #expect(plain.typed == "docker.io=http://10.0.0.3:5000/hub")
    let secure = try RegistryRules.mirror(" Docker.IO = https://Mirror.example/a/b/ ", certificates: "PEM")
    #expect(secure == RegistryMirror(of: "docker.io", at: "mirror.example/a/b", caCertificates: "PEM"))
    #expect(try RegistryRules.mirror(secure.typed, certificates: "PEM") == secure)
    for wrong in [
      "", "docker.io", "docker.io=", "=x", "docker.io=ftp://x", "docker.io=x/A", "docker.io=x//y", "a/b=x", "d=x=y",
    ] {
      #expect(refused { _ = try RegistryRules.mirror(wrong, certificates: nil) }?.field == .mirrors)
    }
  }

  @Test func `hosts may be on loopback, users have no colon, passwords one line`() throws {
    #expect(try RegistryRules.host(HostEntryDraft("R.example=127.0.0.1")).name == "r.example")
    for wrong in ["r.example", "r.example=224.0.0.1", "r x=10.0.0.1", "=10.0.0.1", "r=::1"] {
      #expect(refused { _ = try RegistryRules.host(HostEntryDraft(wrong)) }?.field == .hosts)
    }
    #expect(try RegistryRules.username(" ") == nil)
    #expect(refused { _ = try RegistryRules.username("a:b") }?.field == .registryUsername)
    #expect(refused { _ = try RegistryRules.password(RegistryPassword("a\nb")) }?.field == .registryPassword)
  }
}

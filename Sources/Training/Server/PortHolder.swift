import Glibc
import SecureBuild

/// The process that listens where a training server should.
struct PortHolder: Equatable {
  let process: Int32
  /// The command's name as the kernel has it, without control characters; empty where it can't be read.
  let command: String

  init(process: Int32, command: String) {
    self.process = process
    self.command = String(command.unicodeScalars.filter { $0.value > 0x20 && !(0x7f...0x9f).contains($0.value) })
  }

  /// Finds it through the kernel's tables; nil for another user's process.
  static func find(at address: IPv4Address, port: Int) -> PortHolder? {
    let sockets = Set(listening("/proc/net/tcp", address, port) + listening("/proc/net/tcp6", address, port))
    guard !sockets.isEmpty else { return nil }
    for process in names(in: "/proc").compactMap(Int32.init) {
      let folder = "/proc/\(process)/fd"
      guard names(in: folder).contains(where: { target(of: "\(folder)/\($0)").map(sockets.contains) ?? false }) else {
        continue
      }
      let command = text(of: "/proc/\(process)/comm").split(separator: "\n").first.map(String.init) ?? ""
      return PortHolder(process: process, command: command)
    }
    return nil
  }

  /// `socket:[INODE]` of each socket that listens on this port, at this address or at any.
  private static func listening(_ table: String, _ address: IPv4Address, _ port: Int) -> [String] {
    //   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt   uid  timeout inode
    //    0: 0100007F:1F90 00000000:0000 0A …                                        1000        0 12345
    let own = hexadecimal(address.bits.byteSwapped, 8)
    let wanted = hexadecimal(UInt32(port), 4)
    return text(of: table).split(separator: "\n").dropFirst().compactMap { line in
      let words = line.split(separator: " ")
      guard words.count > 9, words[3] == "0A" else { return nil }
      let place = words[1].split(separator: ":")
      guard place.count == 2, place[1] == wanted, place[0].hasSuffix(own) || place[0].allSatisfy({ $0 == "0" }) else {
        return nil
      }
      return "socket:[\(words[9])]"
    }
  }

  private static func hexadecimal(_ number: UInt32, _ digits: Int) -> String {
    let text = String(number, radix: 16, uppercase: true)
    return String(repeating: "0", count: digits - text.count) + text
  }

  private static func names(in folder: String) -> [String] {
    guard let stream = opendir(folder) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
          tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names
  }

  private static func target(of link: String) -> String? {
    withUnsafeTemporaryAllocation(of: CChar.self, capacity: 128) { buffer in
      guard let start = buffer.baseAddress else { return nil }
      let count = readlink(link, start, buffer.count)
      return count > 0 ? String(decoding: buffer.prefix(count).map(UInt8.init(bitPattern:)), as: UTF8.self) : nil
    }
  }

  /// A file of the kernel's, which says size 0 and is read to its end.
  private static func text(of path: String) -> String {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return "" }
    defer { close(descriptor) }
    var all: [UInt8] = []
    var part = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = part.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { return String(decoding: all, as: UTF8.self) }
      all += part.prefix(count)
    }
  }
}

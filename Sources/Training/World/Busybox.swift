import Glibc
import SecureBuild

/// This machine's busybox, for sample projects that run something while they are built: linked statically, it runs in
/// an image that holds nothing else.
enum Busybox {
  /// Its bytes; nil where there is none, or it needs libraries. Read once a process.
  static let program: [UInt8]? = {
    ["/bin/busybox", "/usr/bin/busybox"].lazy.compactMap(read).first(where: isStatic)
  }()

  /// What to do for those samples to be there.
  static let mend = Phrase(
    "Sample projects that run a program while they are built are left out: they need a static busybox. On Debian: apt-get install busybox-static",
    "未提供在构建时运行程序的示例项目：需要静态链接的 busybox。在 Debian 上请执行 apt-get install busybox-static")

  /// Whether a program for this kind of machine needs no loader: an ELF file of 64 bits without PT_INTERP.
  static func isStatic(_ bytes: [UInt8]) -> Bool {
    func number(_ place: Int, _ size: Int) -> Int? {
      guard place >= 0, place + size <= bytes.count else { return nil }
      return bytes[place..<place + size].reversed().reduce(0) { ($0 & 0x7f_ffff_ffff_ffff) << 8 | Int($1) }
    }
    let (wide, littleEndian): (UInt8, UInt8) = (2, 1)
    guard bytes.prefix(6) == [0x7f, 0x45, 0x4c, 0x46, wide, littleEndian], let headers = number(32, 8),
      let size = number(54, 2), let count = number(56, 2), count > 0, size > 0
    else { return false }
    let interpreter = 3
    return (0..<count).allSatisfy { index in
      let (place, overflow) = headers.addingReportingOverflow(index * size)
      guard !overflow, let type = number(place, 4) else { return false }
      return type != interpreter
    }
  }

  private static func read(_ path: String) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var found = stat()
    guard fstat(descriptor, &found) == 0, found.st_mode & S_IFMT == S_IFREG, (1...8 << 20).contains(found.st_size)
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: found.st_size)
    var length = 0
    while length < bytes.count {
      let count = bytes.withUnsafeMutableBytes {
        Glibc.read(descriptor, $0.baseAddress?.advanced(by: length), $0.count - length)
      }
      guard count > 0 else { return nil }
      length += count
    }
    return bytes
  }
}

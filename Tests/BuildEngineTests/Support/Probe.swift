import Glibc

@testable import BuildEngine

/// A static program that tries what no line of a shell can: each argument is one attempt, and each gets one line:
/// `told: WHAT: the kernel's word`, or `GOT OUT: WHAT`.
enum Probe {
  private static let source = #"""
    #define _GNU_SOURCE
    #include <errno.h>
    #include <fcntl.h>
    #include <netinet/in.h>
    #include <sched.h>
    #include <signal.h>
    #include <stddef.h>
    #include <stdio.h>
    #include <stdlib.h>
    #include <string.h>
    #include <sys/mount.h>
    #include <sys/socket.h>
    #include <sys/stat.h>
    #include <sys/syscall.h>
    #include <sys/sysmacros.h>
    #include <sys/un.h>
    #include <sys/wait.h>
    #include <unistd.h>
    static const char *what;
    static void tell(long result) {
      if (result < 0) printf("told: %s: %s\n", what, strerror(errno));
      else printf("GOT OUT: %s\n", what);
      fflush(stdout);
    }
    static void abstract(const char *name) {
      int fd = socket(AF_UNIX, SOCK_STREAM, 0);
      struct sockaddr_un at = {.sun_family = AF_UNIX};
      strncpy(at.sun_path + 1, name, sizeof at.sun_path - 2);
      tell(fd < 0 ? -1 : connect(fd, (void *)&at, offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name)));
    }
    static void escape(const char *secret) {
      mkdir("/jail", 0755);
      int root = open("/", O_RDONLY | O_DIRECTORY);
      if (chroot("/jail") < 0) { tell(-1); return; }
      fchdir(root);
      for (int i = 0; i < 64; i++) chdir("..");
      chroot(".");
      tell(open(secret, O_RDONLY));
    }
    int main(int count, char **words) {
      for (int i = 1; i < count; i++) {
        char *value = strchr(words[i], '=');
        what = words[i];
        if (value) *value++ = 0;
        if (!strcmp(what, "raw")) tell(socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
        else if (!strcmp(what, "raw6")) tell(socket(AF_INET6, SOCK_RAW, IPPROTO_RAW));
        else if (!strcmp(what, "packet")) tell(socket(AF_PACKET, SOCK_RAW, 0));
        else if (!strcmp(what, "vsock")) tell(socket(AF_VSOCK, SOCK_STREAM, 0));
        else if (!strcmp(what, "nftables")) tell(socket(AF_NETLINK, SOCK_RAW, 12));
        else if (!strcmp(what, "audit")) tell(socket(AF_NETLINK, SOCK_RAW, 9));
        else if (!strcmp(what, "abstract")) abstract(value ? value : "x");
        else if (!strcmp(what, "user namespace")) tell(unshare(CLONE_NEWUSER));
        else if (!strcmp(what, "network namespace")) tell(unshare(CLONE_NEWNET));
        else if (!strcmp(what, "clone")) tell(syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0));
        else if (!strcmp(what, "mount")) tell(mount("none", "/tmp", "tmpfs", 0, 0));
        else if (!strcmp(what, "chroot")) escape(value ? value : "/etc/shadow");
        else if (!strcmp(what, "kill")) tell(kill(atoi(value ? value : "1"), SIGKILL));
        else if (!strcmp(what, "keys")) tell(syscall(SYS_keyctl, 0, -3, 0, 0, 0));
        else if (!strcmp(what, "bpf")) tell(syscall(SYS_bpf, 0, 0, 0));
        else if (!strcmp(what, "io_uring")) tell(syscall(SYS_io_uring_setup, 1, 0));
        else if (!strcmp(what, "device")) tell(mknod("/disk", S_IFBLK | 0600, makedev(254, 0)));
        else if (!strcmp(what, "handle")) {
          struct { struct file_handle head; char rest[8]; } handle = {.head = {8, 1}};
          int fd = open("/", O_RDONLY);
          tell(open_by_handle_at(fd, &handle.head, O_RDONLY));
        }
      }
      return 0;
    }
    """#

  static let compiler = ["gcc", "cc", "clang"].lazy.compactMap { Programs.find($0) }.first

  /// Compiles it into a folder.
  static func make(in folder: String) async throws -> [UInt8] {
    let path = folder + "/probe"
    try Files.write(path + ".c", Array(source.utf8))
    let answer = try await HostPrograms().capture(
      ProgramCall(compiler ?? "/usr/bin/cc", ["-static", "-O1", "-w", "-o", path, path + ".c"]))
    guard answer.end.isSuccess else { throw ProgramFault(program: "cc", reason: answer.errorText) }
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileFault(path) }
    defer { close(descriptor) }
    return try Files.readAll(descriptor, path, limit: 16 << 20)
  }
}

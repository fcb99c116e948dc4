#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>

int acr_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

static void fill(sigset_t *set, const int *signals, size_t count) {
  sigemptyset(set);
  for (size_t i = 0; i < count; i++) sigaddset(set, signals[i]);
}

int acr_signalfd(const int *signals, size_t count) {
  sigset_t set;
  fill(&set, signals, count);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

int acr_next_signal(int fd) {
  struct signalfd_siginfo seen;
  return read(fd, &seen, sizeof seen) == sizeof seen ? (int)seen.ssi_signo : -1;
}

int acr_block_signals(const int *signals, size_t count) {
  sigset_t set;
  fill(&set, signals, count);
  return sigprocmask(SIG_BLOCK, &set, NULL);
}

int acr_unblock_signals(const int *signals, size_t count) {
  sigset_t set;
  fill(&set, signals, count);
  return sigprocmask(SIG_UNBLOCK, &set, NULL);
}

int acr_watch_folder(const char *path) {
  int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
  if (fd < 0) return -1;
  uint32_t mask = IN_MODIFY | IN_CLOSE_WRITE | IN_MOVED_TO | IN_CREATE | IN_DELETE;
  if (inotify_add_watch(fd, path, mask) < 0) {
    int saved = errno;
    close(fd);
    errno = saved;
    return -1;
  }
  return fd;
}

int acr_drain(int fd) {
  char bytes[4096];
  int any = 0;
  while (read(fd, bytes, sizeof bytes) > 0) any = 1;
  return any;
}

/* Written before the handlers stand, read by them alone. */
static struct {
  volatile sig_atomic_t armed;
  int fd;
  size_t count;
  char bytes[512];
  struct termios settings;
} restore;

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP};

static void give_back(int signal) {
  if (restore.armed) {
    restore.armed = 0;
    ssize_t ignored = write(restore.fd, restore.bytes, restore.count);
    (void)ignored;
    tcsetattr(restore.fd, TCSANOW, &restore.settings);
  }
  /* SA_RESETHAND has put the default back: the same instruction, or this, ends the process with its own signal. */
  raise(signal);
}

int acr_restore_on_fatal(int fd, const void *bytes, size_t count) {
  restore.armed = 0;
  if (count > sizeof restore.bytes) {
    errno = E2BIG;
    return -1;
  }
  if (tcgetattr(fd, &restore.settings) < 0) return -1;
  memcpy(restore.bytes, bytes, count);
  restore.fd = fd;
  restore.count = count;
  static char stack[65536];
  stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&alternate, NULL);
  struct sigaction action = {.sa_handler = give_back, .sa_flags = SA_RESETHAND | SA_NODEFER | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < sizeof fatal / sizeof *fatal; i++)
    if (sigaction(fatal[i], &action, NULL) < 0) return -1;
  restore.armed = 1;
  return 0;
}

void acr_forget_restore(void) { restore.armed = 0; }

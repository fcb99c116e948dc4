#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <termios.h>
#include <unistd.h>
#include <wchar.h>

/* Of a flood of errors the last so many bytes are shown. */
enum { HELD_ERRORS = 65536 };

int acr_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int acr_semaphore(void) { return eventfd(0, EFD_SEMAPHORE | EFD_CLOEXEC); }

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

/* Who gets the signals that are blocked, whichever thread they come to. */
static pthread_t receiver;

static void hand_over(int signal) {
  int saved = errno;
  if (!pthread_equal(pthread_self(), receiver)) pthread_kill(receiver, signal);
  errno = saved;
}

/* Has these signals done with as `handler` says, but for those that whoever started this process has ignored. */
static void handle(const int *signals, size_t count, void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, old;
  for (size_t i = 0; i < count; i++) {
    if (sigaction(signals[i], NULL, &old) == 0 && old.sa_handler != SIG_IGN) sigaction(signals[i], &action, NULL);
  }
}

int acr_block_signals(const int *signals, size_t count) {
  sigset_t set;
  fill(&set, signals, count);
  receiver = pthread_self();
  int result = sigprocmask(SIG_BLOCK, &set, NULL);
  /* A library's thread may wait with every signal let through (epoll_pwait with an empty mask): a signal that comes to
     it would end the process. It hands it over instead. */
  handle(signals, count, hand_over);
  return result;
}

int acr_unblock_signals(const int *signals, size_t count) {
  sigset_t set;
  handle(signals, count, SIG_DFL);
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

int acr_write_to_memory(int fd) {
  int file = memfd_create("screen", MFD_CLOEXEC);
  if (file < 0) return -1;
  int result = dup3(file, fd, O_CLOEXEC);
  close(file);
  return result < 0 ? -1 : 0;
}

ssize_t acr_take_written(int fd, void *bytes, size_t size) {
  off_t end = lseek(fd, 0, SEEK_CUR);
  if (end <= 0) return 0;
  /* The file keeps its size; what is behind the place where the next write goes is of earlier frames. */
  static off_t taken;
  off_t left = end - taken;
  ssize_t count = pread(fd, bytes, left < (off_t)size ? (size_t)left : size, taken);
  if (count <= 0) return -1;
  taken += count;
  if (taken == end) {
    taken = 0;
    lseek(fd, 0, SEEK_SET);
  }
  return count;
}

int acr_reopen_nonblocking(int fd) {
  char path[32];
  snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
  return open(path, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
}

/* What the program says on standard error while the screen is up would spoil it, and be lost with it: it is held. */
static struct {
  int saved;
  int file;
} errors = {-1, -1};

int acr_hold_errors(void) {
  if (errors.saved >= 0 || !isatty(STDERR_FILENO)) return 0;
  int file = memfd_create("errors", MFD_CLOEXEC);
  if (file < 0) return -1;
  int saved = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
  if (saved < 0 || dup2(file, STDERR_FILENO) < 0) {
    close(file);
    if (saved >= 0) close(saved);
    return -1;
  }
  errors.file = file;
  errors.saved = saved;
  return 0;
}

/* Called by the handler of fatal signals too: nothing here but system calls. */
void acr_release_errors(void) {
  if (errors.saved < 0) return;
  dup2(errors.saved, STDERR_FILENO);
  close(errors.saved);
  errors.saved = -1;
  char bytes[4096];
  off_t end = lseek(errors.file, 0, SEEK_END);
  off_t at = end > HELD_ERRORS ? end - HELD_ERRORS : 0;
  ssize_t count;
  while ((count = pread(errors.file, bytes, sizeof bytes, at)) > 0 && write(STDERR_FILENO, bytes, (size_t)count) > 0)
    at += count;
  close(errors.file);
  errors.file = -1;
}

static const int fatal[] = {SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP, SIGSYS};
enum { FATAL = sizeof fatal / sizeof *fatal };

/* Written before the handlers stand, read by them alone. */
static struct {
  int armed;
  int fd;
  size_t count;
  char bytes[512];
  struct termios settings;
  int reports;
  struct sigaction before[FATAL];
} restore;

static void give_back(void) {
  if (!__atomic_exchange_n(&restore.armed, 0, __ATOMIC_ACQ_REL)) return;
  ssize_t ignored = write(restore.fd, restore.bytes, restore.count);
  (void)ignored;
  tcsetattr(restore.fd, TCSANOW, &restore.settings);
  acr_release_errors();
}

static void on_fatal(int signal) {
  int saved = errno;
  give_back();
  /* The signal takes its course, without the runtime's report, which waits for a key: it is for those who ask for it. */
  struct sigaction course = {.sa_handler = SIG_DFL};
  for (size_t i = 0; i < FATAL; i++)
    if (fatal[i] == signal && restore.reports) course = restore.before[i];
  sigaction(signal, &course, NULL);
  errno = saved;
  raise(signal);
}

int acr_restore_on_fatal(int fd, const struct termios *settings, const void *bytes, size_t count) {
  static int installed;
  if (count > sizeof restore.bytes) {
    errno = E2BIG;
    return -1;
  }
  memcpy(restore.bytes, bytes, count);
  restore.settings = *settings;
  restore.fd = fd;
  restore.count = count;
  if (!installed) {
    installed = 1;
    restore.reports = getenv("SWIFT_BACKTRACE") != NULL;
    /* A stack of its own, for the stack may be what overflowed. */
    static char stack[65536];
    stack_t alternate = {.ss_sp = stack, .ss_size = sizeof stack};
    sigaltstack(&alternate, NULL);
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_NODEFER | SA_ONSTACK};
    sigemptyset(&action.sa_mask);
    /* In the background a terminal's settings may be changed only while this is blocked. */
    sigaddset(&action.sa_mask, SIGTTOU);
    for (size_t i = 0; i < FATAL; i++)
      if (sigaction(fatal[i], &action, &restore.before[i]) < 0) return -1;
    atexit(give_back);
  }
  __atomic_store_n(&restore.armed, 1, __ATOMIC_RELEASE);
  return 0;
}

void acr_forget_restore(void) { __atomic_store_n(&restore.armed, 0, __ATOMIC_RELEASE); }

static const int curses[] = {SIGINT, SIGTERM, SIGTSTP, SIGWINCH};
enum { CURSES = sizeof curses / sizeof *curses };
static struct sigaction dispositions[CURSES];

void acr_keep_dispositions(void) {
  for (size_t i = 0; i < CURSES; i++) sigaction(curses[i], NULL, &dispositions[i]);
}

void acr_put_dispositions_back(void) {
  for (size_t i = 0; i < CURSES; i++) sigaction(curses[i], &dispositions[i], NULL);
}

int acr_stop_group(void) {
  int signals[] = {SIGTSTP};
  acr_unblock_signals(signals, 1);
  /* Delivered before this returns; without effect where no shell could let the group go on. */
  int result = kill(0, SIGTSTP);
  acr_block_signals(signals, 1);
  return result;
}

int acr_character_width(uint32_t character) { return wcwidth((wchar_t)character); }

#ifndef ACR_CTERMINAL_H
#define ACR_CTERMINAL_H

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

/* What only C can do, or what Glibc's Swift module lacks. Every function returns -1 with errno set when it fails. */

/* A non-blocking, close-on-exec eventfd. */
int acr_eventfd(void);
/* A close-on-exec eventfd to wait on: each read takes one of what was written, and blocks while there is none. */
int acr_semaphore(void);
/* A signalfd for these signals, non-blocking and close-on-exec. */
int acr_signalfd(const int *signals, size_t count);
/* The next signal of a signalfd, or -1 when there is none. */
int acr_next_signal(int fd);
/* Blocks these signals in the calling thread, and so in all that it starts. */
int acr_block_signals(const int *signals, size_t count);
/* Lets these signals through again. */
int acr_unblock_signals(const int *signals, size_t count);
/* A non-blocking, close-on-exec inotify descriptor that watches a folder for files written, moved, made or removed. */
int acr_watch_folder(const char *path);
/* Drops all that the watch has seen; whether there was anything. */
int acr_drain(int fd);

/* When a fatal signal comes (SEGV, BUS, ILL, FPE, ABRT, TRAP, SYS), or the program exits all the same, `bytes` are
   written to `fd`, the terminal gets these settings, held errors are shown, and the signal takes its course. */
int acr_restore_on_fatal(int fd, const struct termios *settings, const void *bytes, size_t count);
/* From now on fatal signals leave the terminal alone: it has been given back. */
void acr_forget_restore(void);

/* From now on what is written to `fd` goes into a file in memory instead; -1 where there is none to be had. */
int acr_write_to_memory(int fd);
/* What has been written to it since it was last empty, at most `size` bytes, to be called until it gives 0: there is no
   more, or `fd` is no file in memory. One such file is taken from at a time. */
ssize_t acr_take_written(int fd, void *bytes, size_t size);
/* A descriptor of its own for the terminal that `fd` is, which never waits; or -1. */
int acr_reopen_nonblocking(int fd);

/* Keeps what is written to standard error, where that is a terminal, until it is released. */
int acr_hold_errors(void);
/* Writes what was held, its last 64 KiB at most. */
void acr_release_errors(void);

/* Remembers what INT, TERM, TSTP and WINCH do, for ncurses takes them. */
void acr_keep_dispositions(void);
/* Puts back what was remembered. */
void acr_put_dispositions_back(void);

/* Stops the process group as Ctrl-Z does, and returns when it goes on. TSTP is blocked before and after. */
int acr_stop_group(void);

/* The cells that the C library gives a character, in the locale of now; -1 for one it does not know. */
int acr_character_width(uint32_t character);

/* A pipe whose ends are close-on-exec: reading, writing. */
int acr_pipe(int ends[2]);
/* Starts a program that outlives this one: in a session of its own and in the root folder, every signal open and at its
   default, standard input, output and error on /dev/null, `given` as descriptor 3, and no other descriptor. The
   process, or -1. */
int acr_spawn_detached(const char *executable, char *const arguments[], char *const environment[], int given);

#endif

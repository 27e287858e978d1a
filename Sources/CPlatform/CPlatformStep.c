#define _GNU_SOURCE
#include "CPlatform.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#include <sys/syscall.h>
#endif
#ifdef __APPLE__
#include <sys/event.h>
#endif

extern char **environ;

#ifndef NSIG
#define NSIG 65
#endif

// MARK: the supervisor's side

static pid_t runner;

static void note_child(int signal) { (void)signal; }

void platform_step_prepare(int sees_stops) {
  runner = getppid();
  // Everything that can be ignored is: the block is its user's equal and may aim at its parent.
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_IGN;
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &action, NULL);
  // A child's death is noticed in `platform_step_wait` alone, so that none falls between a look and the wait.
  sigset_t mask;
  sigemptyset(&mask);
  sigaddset(&mask, SIGCHLD);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  action.sa_handler = note_child;
  action.sa_flags = sees_stops ? 0 : SA_NOCLDSTOP;
  sigaction(SIGCHLD, &action, NULL);
#ifdef __linux__
  prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
#endif
  platform_keep_memory_private();
#if defined(__linux__) && defined(SYS_close_range)
  if (syscall(SYS_close_range, 3U, ~0U, 0U) == 0) return;
#endif
  int last = (int)sysconf(_SC_OPEN_MAX);
  for (int file = 3; file < last && file < 65536; file++) close(file);
}

void platform_keep_memory_private(void) {
#ifdef __linux__
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
#endif
}

int platform_step_is_subreaper(void) {
#ifdef __linux__
  int is_set = 0;
  return prctl(PR_GET_CHILD_SUBREAPER, &is_set, 0, 0, 0) == 0 && is_set;
#else
  return 0;
#endif
}

static int64_t clock_ms(clockid_t clock) {
  struct timespec now;
  clock_gettime(clock, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

// Time awake: a laptop that sleeps uses up no deadline.
int64_t platform_awake_ms(void) {
#ifdef __APPLE__
  return clock_ms(CLOCK_UPTIME_RAW);
#else
  return clock_ms(CLOCK_MONOTONIC);
#endif
}

int64_t platform_wall_ms(void) { return clock_ms(CLOCK_REALTIME); }
int platform_errno(void) { return errno; }
int platform_pid(void) { return getpid(); }

int platform_open_append(const char *path) {
  return open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOCTTY, 0600);
}

// For reading and writing: it never comes to an end when a writer leaves.
int platform_open_control(const char *path) {
  return open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
}

int platform_open_terminal(void) { return open("/dev/tty", O_RDWR | O_CLOEXEC); }

static int allocate(int file, size_t size) {
#ifdef __linux__
  // The C library writes the blocks itself where the file system has no such call.
  return posix_fallocate(file, 0, (off_t)size);
#else
  static const char zeros[4096];
  for (size_t done = 0; done < size;) {
    size_t part = size - done < sizeof zeros ? size - done : sizeof zeros;
    ssize_t written = pwrite(file, zeros, part, (off_t)done);
    if (written < 0) return errno;
    done += (size_t)written;
  }
  return 0;
#endif
}

int platform_open_status(const char *path, size_t size, const char **failed_call) {
  *failed_call = "open";
  int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
  if (file < 0) return -1;
  // A record lock belongs to this process alone. One by flock would be shared with the block between its fork and
  // its exec, and looking at it means taking it.
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  *failed_call = "lock";
  int code = fcntl(file, F_SETLK, &lock) == 0 ? 0 : errno;
  if (code == 0) {
    *failed_call = "fallocate";
    code = allocate(file, size);
  }
  if (code == 0) return file;
  close(file);
  errno = code;
  return -1;
}

int platform_write_status(int descriptor, const uint8_t *bytes, size_t count) {
  for (size_t done = 0; done < count;) {
    ssize_t written = pwrite(descriptor, bytes + done, count - done, (off_t)done);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    done += (size_t)written;
  }
  return 0;
}

int platform_step_is_alone(void) { return getppid() != runner; }

void platform_sync_folder(const char *path) {
  int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

size_t platform_write_all(int descriptor, const uint8_t *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) break;
    bytes += written;
    count -= (size_t)written;
  }
  return count;
}

int platform_read_gate(int descriptor) {
  char byte;
  ssize_t got;
  do got = read(descriptor, &byte, 1);
  while (got < 0 && errno == EINTR);
  return got == 1;
}

int platform_read_some(int descriptor, uint8_t *bytes, size_t size) {
  ssize_t got;
  do got = read(descriptor, bytes, size);
  while (got < 0 && errno == EINTR);
  return got > 0 ? (int)got : 0;
}

void platform_silence(int descriptor) {
  int null = open("/dev/null", O_RDWR | O_CLOEXEC);
  if (null < 0) {
    close(descriptor);
    return;
  }
  dup2(null, descriptor);
  if (null != descriptor) close(null);
}

int64_t platform_file_size(int descriptor) {
  struct stat about;
  return descriptor >= 0 && fstat(descriptor, &about) == 0 ? (int64_t)about.st_size : 0;
}

void platform_step_wait(int descriptor, int64_t timeout_ms) {
  fd_set readable;
  FD_ZERO(&readable);
  if (descriptor >= 0 && descriptor < FD_SETSIZE) FD_SET(descriptor, &readable);
  struct timespec timeout = {
    .tv_sec = (time_t)(timeout_ms / 1000), .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
  sigset_t mask;
  sigemptyset(&mask);
  pselect(descriptor + 1, &readable, NULL, NULL, timeout_ms < 0 ? NULL : &timeout, &mask);
}

int platform_reap(struct platform_reaped *reaped, int sees_stops) {
  int status;
  pid_t pid;
  do pid = waitpid(-1, &status, WNOHANG | (sees_stops ? WUNTRACED : 0));
  while (pid < 0 && errno == EINTR);
  if (pid <= 0) return pid == 0 ? 0 : -1;
  reaped->pid = pid;
  reaped->is_stop = WIFSTOPPED(status);
  reaped->exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  reaped->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  return 1;
}

struct start_failure {
  int code;
  int stage;
};
static const char *const stages[] = {"open", "setsid", "chdir", "exec"};

__attribute__((noreturn)) static void fail_start(int report, int stage) {
  struct start_failure failure = {.code = errno, .stage = stage};
  ssize_t ignored = write(report, &failure, sizeof failure);
  (void)ignored;
  _exit(127);
}

__attribute__((noreturn)) static void become_block(const struct platform_block *block, int report) {
  int input = block->terminal;
  if (block->terminal < 0) {
    input = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (input < 0) fail_start(report, 0);
    if (setsid() < 0) fail_start(report, 1);
  } else {
    // While SIGTTOU is still ignored: the new group is in the background until this call.
    setpgid(0, 0);
    tcsetpgrp(block->terminal, getpid());
  }
  if (dup2(input, 0) < 0 || dup2(block->standard_output, 1) < 0 ||
      dup2(block->standard_error, 2) < 0)
    fail_start(report, 0);
  if (chdir(block->directory) != 0) fail_start(report, 2);
  // Ignored signals are inherited, and a shell can't take them back.
  struct sigaction action;
  memset(&action, 0, sizeof action);
  action.sa_handler = SIG_DFL;
  for (int signal = 1; signal < NSIG; signal++) sigaction(signal, &action, NULL);
#if defined(__linux__) && defined(SYS_rt_sigaction)
  // glibc keeps 32 and 33 to itself, and its posix_spawn leaves them ignored. All zeros is the default action.
  static const unsigned long zeros[8];
  for (int signal = 32; signal < 34; signal++)
    syscall(SYS_rt_sigaction, signal, zeros, NULL, (size_t)8);
#endif
  sigset_t mask;
  sigemptyset(&mask);
  sigprocmask(SIG_SETMASK, &mask, NULL);
  execvp(block->arguments[0], block->arguments);
  fail_start(report, 3);
}

int platform_block_start(const struct platform_block *block, int *pid, const char **failed_call) {
  int report[2];
  *failed_call = "pipe";
  int code = platform_pipe(report);
  if (code != 0) return code;
  *failed_call = "fork";
  pid_t child = fork();
  if (child == 0) {
    close(report[0]);
    become_block(block, report[1]);
  }
  code = child < 0 ? errno : 0;
  close(report[1]);
  struct start_failure failure;
  ssize_t got = 0;
  if (child > 0) {
    do got = read(report[0], &failure, sizeof failure);
    while (got < 0 && errno == EINTR);
  }
  close(report[0]);
  if (child < 0) return code;
  if (got != (ssize_t)sizeof failure) {
    *pid = child;
    return 0;
  }
  int status;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  *failed_call = stages[failure.stage];
  return failure.code;
}

static struct termios saved_modes;
static pid_t saved_group = -1;
static int has_modes;

void platform_terminal_save(int terminal) {
  saved_group = tcgetpgrp(terminal);
  has_modes = tcgetattr(terminal, &saved_modes) == 0;
}

void platform_terminal_lend(int terminal, int group) { tcsetpgrp(terminal, group); }

void platform_terminal_restore(int terminal) {
  if (saved_group > 0) tcsetpgrp(terminal, saved_group);
  saved_group = -1;
  // At once: waiting for the output to drain would hang on a terminal that the user has paused.
  if (has_modes) tcsetattr(terminal, TCSANOW, &saved_modes);
  has_modes = 0;
}

int platform_signal_number(int signal) {
  switch (signal) {
    case PLATFORM_STOP: return SIGSTOP;
    case PLATFORM_CONTINUE: return SIGCONT;
    case PLATFORM_TERMINATE: return SIGTERM;
    default: return SIGKILL;
  }
}

int platform_signal_group(int group, int number) { return kill(-group, number) == 0 ? 0 : errno; }

const char *platform_mark(void) {
  static const char name[] = "RUNBOOK_ATTEMPT=";
  for (char **entry = environ; entry && *entry; entry++)
    if (strncmp(*entry, name, sizeof name - 1) == 0) return *entry;
  return NULL;
}

// MARK: the library's side

int platform_pipe(int ends[2]) {
#ifdef __linux__
  if (pipe2(ends, O_CLOEXEC) != 0) return errno;
#else
  if (pipe(ends) != 0) return errno;
#endif
  for (int i = 0; i < 2; i++) {
    // A process that was started with a standard descriptor closed would get its pipe there.
    if (ends[i] <= 2) {
      int moved = fcntl(ends[i], F_DUPFD_CLOEXEC, 3);
      int code = errno;
      close(ends[i]);
      if (moved < 0) {
        close(ends[1 - i]);
        return code;
      }
      ends[i] = moved;
    }
    fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  }
  return 0;
}

int platform_spawn_supervisor(
  const char *path, char *const *arguments, char *const *environment, int gate, int ready,
  int keeps_terminal, int *pid) {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t attributes;
  int code = posix_spawn_file_actions_init(&files);
  if (code != 0) return code;
  code = posix_spawnattr_init(&attributes);
  if (code != 0) {
    posix_spawn_file_actions_destroy(&files);
    return code;
  }
  short flags = POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
  flags |= keeps_terminal ? POSIX_SPAWN_SETPGROUP : POSIX_SPAWN_SETSID;
#ifdef __APPLE__
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#endif
  sigset_t all, none;
  sigfillset(&all);
  sigemptyset(&none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setpgroup(&attributes, 0);
  code = posix_spawnattr_setflags(&attributes, flags);
  if (code == 0) code = posix_spawn_file_actions_adddup2(&files, gate, 0);
  if (code == 0) code = posix_spawn_file_actions_adddup2(&files, ready, 1);
  if (code == 0) code = posix_spawn_file_actions_addopen(&files, 2, "/dev/null", O_WRONLY, 0);
#if defined(__GLIBC__) && (__GLIBC__ > 2 || __GLIBC_MINOR__ >= 34)
  if (code == 0) code = posix_spawn_file_actions_addclosefrom_np(&files, 3);
#endif
  if (code == 0) code = posix_spawn(pid, path, &files, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&files);
  return code;
}

int platform_end_descriptor(int pid) {
#ifdef __APPLE__
  int queue = kqueue();
  if (queue < 0) return -1;
  fcntl(queue, F_SETFD, FD_CLOEXEC);
  struct kevent change;
  EV_SET(&change, pid, EVFILT_PROC, EV_ADD, NOTE_EXIT, 0, NULL);
  if (kevent(queue, &change, 1, NULL, 0, NULL) == 0) return queue;
  int code = errno;
  close(queue);
  errno = code;
  return -1;
#else
  return platform_pidfd_open(pid);
#endif
}

int platform_readable_descriptor(void) {
  int ends[2];
  int code = platform_pipe(ends);
  if (code != 0) {
    errno = code;
    return -1;
  }
  // A byte, not only the closed end: some ask poll for input alone.
  ssize_t ignored = write(ends[1], "", 1);
  (void)ignored;
  close(ends[1]);
  return ends[0];
}

int platform_wait_readable(int descriptor, int timeout_ms) {
  struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
  return poll(&wanted, 1, timeout_ms) == 1;
}

int platform_status_is_locked(int descriptor) {
  struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  if (fcntl(descriptor, F_GETLK, &lock) != 0) return -1;
  return lock.l_type != F_UNLCK;
}

int platform_send_command(const char *path, const char *line, size_t count) {
  // Open for both ways it needs no reader, and a reader that leaves raises no SIGPIPE.
  int file = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return errno;
  struct stat about;
  int code = fstat(file, &about) != 0 ? errno : S_ISFIFO(about.st_mode) ? 0 : EINVAL;
  if (code == 0 && write(file, line, count) != (ssize_t)count) code = errno;
  close(file);
  return code;
}

int platform_read_ready(int descriptor, uint8_t *bytes, size_t size, int timeout_ms) {
  struct pollfd wanted = {.fd = descriptor, .events = POLLIN};
  for (;;) {
    int count = poll(&wanted, 1, timeout_ms);
    if (count < 0 && errno == EINTR) continue;
    if (count == 0) errno = ETIMEDOUT;
    if (count <= 0) return -1;
    ssize_t got = read(descriptor, bytes, size);
    if (got < 0 && errno == EINTR) continue;
    return (int)got;
  }
}

int platform_open_gate(int descriptor) {
  // SIGPIPE is the calling program's business: held back for this one write, and taken out if it came.
  sigset_t pipe_signal, before, pending;
  sigemptyset(&pipe_signal);
  sigaddset(&pipe_signal, SIGPIPE);
  sigpending(&pending);
  int was_pending = sigismember(&pending, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe_signal, &before);
  ssize_t count;
  do count = write(descriptor, "g", 1);
  while (count < 0 && errno == EINTR);
  int code = count == 1 ? 0 : errno, taken;
  if (code == EPIPE && !was_pending) {
    sigpending(&pending);
    if (sigismember(&pending, SIGPIPE)) sigwait(&pipe_signal, &taken);
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  close(descriptor);
  return code;
}

int platform_signal_process(int pid, int number) { return kill(pid, number) == 0 ? 0 : errno; }

int platform_open_read(const char *path) { return open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY); }

int platform_create(const char *path, int mode) {
  return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOCTTY, (mode_t)mode);
}

int platform_reap_child(int pid) {
  int status;
  pid_t reaped;
  do reaped = waitpid(pid, &status, WNOHANG);
  while (reaped < 0 && errno == EINTR);
  return reaped != 0;
}

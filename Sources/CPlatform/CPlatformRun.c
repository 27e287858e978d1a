#define _GNU_SOURCE
#include "CPlatformRun.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static int signal_pipe[2] = {-1, -1};

static void take_signal(int signal) {
  int saved = errno;
  unsigned char byte = (unsigned char)signal;
  // The pipe does not block: where it is full, somebody already has reason enough to look.
  ssize_t ignored = write(signal_pipe[1], &byte, 1);
  (void)ignored;
  errno = saved;
}

int platform_signals_open(const int *signals, int count) {
  if (signal_pipe[0] < 0) {
    if (pipe(signal_pipe) != 0) return -1;
    for (int end = 0; end < 2; end++) {
      fcntl(signal_pipe[end], F_SETFD, FD_CLOEXEC);
      fcntl(signal_pipe[end], F_SETFL, O_NONBLOCK);
    }
  }
  struct sigaction action = {.sa_handler = take_signal, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  // Whoever started this program may have blocked them (a thread pool's threads do); ignored ones, as under
  // nohup, stay ignored.
  sigset_t wanted;
  sigemptyset(&wanted);
  for (int index = 0; index < count; index++) {
    struct sigaction before;
    if (sigaction(signals[index], 0, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    sigaction(signals[index], &action, 0);
    sigaddset(&wanted, signals[index]);
  }
  pthread_sigmask(SIG_UNBLOCK, &wanted, 0);
  platform_signals_ignore();
  return signal_pipe[0];
}

static void ignore_unless_handled(int signal) {
  struct sigaction before;
  if (sigaction(signal, 0, &before) != 0 || before.sa_handler != SIG_DFL) return;
  struct sigaction ignore = {.sa_handler = SIG_IGN};
  sigaction(signal, &ignore, 0);
}

void platform_signals_ignore(void) {
  static const int signals[] = {
    SIGPIPE, SIGXFSZ, SIGXCPU, SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2,
#ifdef SIGIO
    SIGIO,
#endif
#ifdef SIGPWR
    SIGPWR,
#endif
#ifdef SIGSTKFLT
    SIGSTKFLT,
#endif
#ifdef SIGEMT
    SIGEMT,
#endif
  };
  for (size_t index = 0; index < sizeof signals / sizeof *signals; index++)
    ignore_unless_handled(signals[index]);
#ifdef SIGRTMIN
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) ignore_unless_handled(signal);
#endif
}

int platform_reserve(int file, int64_t size) {
#ifdef __linux__
  if (fallocate(file, FALLOC_FL_KEEP_SIZE, 0, size) == 0) return 0;
  return errno == EOPNOTSUPP || errno == ENOSYS ? 0 : errno;
#else
  (void)file;
  (void)size;
  return 0;
#endif
}

static int64_t nanoseconds(clockid_t clock) {
  struct timespec time;
  clock_gettime(clock, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int64_t platform_awake_ns(void) {
#ifdef __APPLE__
  return nanoseconds(CLOCK_UPTIME_RAW);
#else
  return nanoseconds(CLOCK_MONOTONIC);
#endif
}

int64_t platform_boot_ns(void) {
#ifdef __linux__
  return nanoseconds(CLOCK_BOOTTIME);
#else
  return nanoseconds(CLOCK_MONOTONIC);
#endif
}

int platform_create_or_open(const char *path, unsigned mode) {
  return open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, (mode_t)mode);
}

int platform_sync_data(int file) {
#ifdef __APPLE__
  // fsync leaves the bytes in the drive's cache there.
  if (fcntl(file, F_FULLFSYNC) == 0) return 0;
  return fsync(file);
#else
  return fdatasync(file);
#endif
}

int platform_lock_now(int file) { return flock(file, LOCK_EX | LOCK_NB) == 0 ? 0 : errno; }

int platform_lock(int file) {
  int result;
  do {
    result = flock(file, LOCK_EX);
  } while (result != 0 && errno == EINTR);
  return result == 0 ? 0 : errno;
}

int platform_spawn_session_flag(void) { return POSIX_SPAWN_SETSID; }

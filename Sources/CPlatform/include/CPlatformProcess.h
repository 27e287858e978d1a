// What a process is, who its parent is, and how to signal exactly that one.
#ifndef CPLATFORM_PROCESS_H
#define CPLATFORM_PROCESS_H

#include <stddef.h>
#include <stdint.h>

struct platform_process {
  int pid;
  int parent;
  int group;
  int session;
  int threads;
  char state;
  // Linux: clock ticks since boot. macOS: microseconds since 1970. With the pid it names one process.
  uint64_t start;
  // The kernel's short name, at most 15 bytes on Linux; control characters are replaced by '?'.
  char name[33];
};

// 0, or an errno: ESRCH where there is no such process.
int platform_process_read(int pid, struct platform_process *process);

// True for a process that has ended and only waits to be reaped. A process whose first thread has ended while
// others run looks like a zombie too; it is alive.
int platform_process_is_dead(const struct platform_process *process);

// Signals that process and no later owner of its pid. `parent` is the process that `process` was read as a child
// of, or NULL where the caller itself is the parent; a process that is no child of either any more is not
// signalled. 0, or an errno: ESRCH where it is gone or somebody else's child.
int platform_process_signal(
  const struct platform_process *process, const struct platform_process *parent, int signal);

// The same without a look at its parents.
int platform_process_signal_exactly(const struct platform_process *process, int signal);

// Whether the environment that the process was started with holds the entry `NAME=value`. 1, 0, or -1 where it
// can't be read (another user's, or protected).
int platform_process_has_entry(int pid, const char *entry);

// Every process of the machine: a list to go through with `next`, which gives 0 at the end.
void *platform_processes_open(void);
int platform_processes_next(void *list);
void platform_processes_close(void *list);

// The kernel's words for an errno, into `text`.
void platform_error_text(int code, char *text, size_t size);

// A name for this boot of the machine into `text` (a UUID on Linux). 0, or an errno.
int platform_boot_id(char *text, size_t size);

#endif

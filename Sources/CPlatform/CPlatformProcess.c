#define _GNU_SOURCE
#include "CPlatform.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/syscall.h>
#endif
#ifdef __APPLE__
#include <libproc.h>
#include <sys/sysctl.h>
#include <sys/time.h>
#endif

static void copy_name(char *to, size_t size, const char *from, size_t count) {
  if (count >= size) count = size - 1;
  for (size_t i = 0; i < count; i++) {
    unsigned char byte = (unsigned char)from[i];
    to[i] = byte < 0x20 || byte == 0x7f ? '?' : (char)byte;
  }
  to[count] = 0;
}

void platform_error_text(int code, char *text, size_t size) {
  if (size == 0) return;
  text[0] = 0;
#if defined(__GLIBC__)
  char buffer[256];
  const char *words = strerror_r(code, buffer, sizeof buffer);
  snprintf(text, size, "%s", words);
#else
  if (strerror_r(code, text, size) != 0) snprintf(text, size, "error %d", code);
#endif
}

int platform_process_is_dead(const struct platform_process *process) {
  return process->state == 'X' || (process->state == 'Z' && process->threads <= 1);
}

#ifdef __linux__

// Reads a small file of /proc whole. The count, or -1.
static ssize_t read_small(const char *path, char *buffer, size_t size) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  size_t count = 0;
  while (count + 1 < size) {
    ssize_t got = read(file, buffer + count, size - 1 - count);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      int code = errno;
      close(file);
      errno = code;
      return -1;
    }
    if (got == 0) break;
    count += (size_t)got;
  }
  close(file);
  buffer[count] = 0;
  return (ssize_t)count;
}

int platform_process_read(int pid, struct platform_process *process) {
  char path[64], text[1024];
  memset(process, 0, sizeof *process);
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  ssize_t count = read_small(path, text, sizeof text);
  if (count < 0) return errno == ENOENT ? ESRCH : errno;
  // The name may hold spaces and parentheses: it ends at the last one.
  char *open_mark = strchr(text, '('), *close_mark = strrchr(text, ')');
  if (!open_mark || !close_mark || close_mark < open_mark) return ESRCH;
  copy_name(
    process->name, sizeof process->name, open_mark + 1, (size_t)(close_mark - open_mark - 1));
  unsigned long long start = 0;
  int fields = sscanf(
    close_mark + 1,
    " %c %d %d %d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %d %*d %llu", &process->state,
    &process->parent, &process->group, &process->session, &process->threads, &start);
  if (fields != 6) return ESRCH;
  process->pid = pid;
  process->start = start;
  return 0;
}

static int send_exactly(
  const struct platform_process *process, const struct platform_process *parent, int check_parent,
  int signal) {
#if defined(SYS_pidfd_open) && defined(SYS_pidfd_send_signal)
  // The descriptor pins the process first; what is read of its pid afterwards is then known to be about it.
  int pinned = (int)syscall(SYS_pidfd_open, process->pid, 0);
  if (pinned < 0 && errno != ENOSYS && errno != EPERM) return errno;
#else
  int pinned = -1;
#endif
  struct platform_process now;
  int code = platform_process_read(process->pid, &now);
  if (code == 0 && now.start != process->start) code = ESRCH;
  if (code == 0 && check_parent && now.parent != getpid()) {
    // The parent is looked at after its child: it was the same process before, so it was when we read the child.
    struct platform_process again;
    if (!parent || now.parent != parent->pid || platform_process_read(parent->pid, &again) != 0 ||
        again.start != parent->start)
      code = ESRCH;
  }
  if (code == 0) {
    int result;
#if defined(SYS_pidfd_open) && defined(SYS_pidfd_send_signal)
    if (pinned >= 0)
      result = (int)syscall(SYS_pidfd_send_signal, pinned, signal, NULL, 0);
    else
#endif
      result = kill(process->pid, signal);
    if (result != 0) code = errno;
  }
  if (pinned >= 0) close(pinned);
  return code;
}

int platform_process_has_entry(int pid, const char *entry) {
  char path[64], chunk[4096];
  snprintf(path, sizeof path, "/proc/%d/environ", pid);
  int file = open(path, O_RDONLY | O_CLOEXEC);
  if (file < 0) return -1;
  // Compared entry by entry in a stream: an environment may be megabytes long.
  size_t length = strlen(entry), matched = 0;
  int matching = 1, found = 0;
  for (;;) {
    ssize_t got = read(file, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      close(file);
      return -1;
    }
    if (got == 0) break;
    for (ssize_t i = 0; i < got && !found; i++) {
      if (chunk[i] == 0) {
        found = matching && matched == length;
        matched = 0;
        matching = 1;
      } else if (matching) {
        matching = matched < length && chunk[i] == entry[matched];
        matched++;
      }
    }
    if (found) break;
  }
  close(file);
  return found || (matching && length > 0 && matched == length);
}

void *platform_processes_open(void) { return opendir("/proc"); }

int platform_processes_next(void *list) {
  struct dirent *entry;
  while (list && (entry = readdir(list)) != NULL)
    if (isdigit((unsigned char)entry->d_name[0])) return atoi(entry->d_name);
  return 0;
}

void platform_processes_close(void *list) {
  if (list) closedir(list);
}

int platform_boot_id(char *text, size_t size) {
  if (read_small("/proc/sys/kernel/random/boot_id", text, size) < 0) return errno;
  text[strcspn(text, "\n")] = 0;
  return 0;
}

#elif defined(__APPLE__)

int platform_process_read(int pid, struct platform_process *process) {
  struct proc_bsdinfo info;
  memset(process, 0, sizeof *process);
  if (proc_pidinfo(pid, PROC_PIDTBSDINFO, 0, &info, sizeof info) != (int)sizeof info)
    return errno == EPERM ? EPERM : ESRCH;
  process->pid = pid;
  process->parent = (int)info.pbi_ppid;
  process->group = (int)info.pbi_pgid;
  process->session = getsid(pid);
  process->threads = 1;
  process->state = info.pbi_status == SZOMB ? 'Z' : info.pbi_status == SSTOP ? 'T' : 'R';
  process->start = info.pbi_start_tvsec * 1000000ULL + info.pbi_start_tvusec;
  const char *name = info.pbi_name[0] ? info.pbi_name : info.pbi_comm;
  copy_name(process->name, sizeof process->name, name, strlen(name));
  return 0;
}

// There is no descriptor that pins a process: what remains is the moment between the look and the signal.
static int send_exactly(
  const struct platform_process *process, const struct platform_process *parent, int check_parent,
  int signal) {
  struct platform_process now;
  (void)parent;
  (void)check_parent;
  int code = platform_process_read(process->pid, &now);
  if (code == 0 && now.start != process->start) code = ESRCH;
  if (code == 0 && kill(process->pid, signal) != 0) code = errno;
  return code;
}

int platform_process_has_entry(int pid, const char *entry) {
  int name[3] = {CTL_KERN, KERN_PROCARGS2, pid};
  size_t size = 0;
  if (sysctl(name, 3, NULL, &size, NULL, 0) != 0) return -1;
  char *bytes = malloc(size + 1);
  if (!bytes || sysctl(name, 3, bytes, &size, NULL, 0) != 0) {
    free(bytes);
    return -1;
  }
  bytes[size] = 0;
  int found = 0;
  for (size_t i = sizeof(int); i < size && !found; i += strlen(bytes + i) + 1)
    found = strcmp(bytes + i, entry) == 0;
  free(bytes);
  return found;
}

struct process_list {
  int count;
  int next;
  pid_t pids[];
};

void *platform_processes_open(void) {
  int room = proc_listallpids(NULL, 0) + 64;
  if (room < 64) return NULL;
  struct process_list *list = malloc(sizeof *list + (size_t)room * sizeof(pid_t));
  if (!list) return NULL;
  list->next = 0;
  list->count = proc_listallpids(list->pids, room * (int)sizeof(pid_t));
  return list;
}

int platform_processes_next(void *opaque) {
  struct process_list *list = opaque;
  while (list && list->next < list->count) {
    pid_t pid = list->pids[list->next++];
    if (pid > 0) return pid;
  }
  return 0;
}

void platform_processes_close(void *list) { free(list); }

int platform_boot_id(char *text, size_t size) {
  size_t length = size;
  return sysctlbyname("kern.bootsessionuuid", text, &length, NULL, 0) == 0 ? 0 : errno;
}

#endif

int platform_process_signal(
  const struct platform_process *process, const struct platform_process *parent, int signal) {
  return send_exactly(process, parent, 1, signal);
}

int platform_process_signal_exactly(const struct platform_process *process, int signal) {
  return send_exactly(process, NULL, 0, signal);
}

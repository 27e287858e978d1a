#define _GNU_SOURCE
#include "CPlatformFiles.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#if defined(__linux__)
#include <signal.h>
#include <sys/syscall.h>

// musl has no renameat2(), and glibc before 2.28 neither.
static int rename_flags(int folder, const char *from, const char *to, unsigned int flags) {
  return (int)syscall(SYS_renameat2, folder, from, folder, to, flags);
}

int platform_rename_exchange(int folder, const char *one, const char *other) {
  return rename_flags(folder, one, other, 2 /* RENAME_EXCHANGE */);
}

int platform_rename_new(int folder, const char *from, const char *to) {
  return rename_flags(folder, from, to, 1 /* RENAME_NOREPLACE */);
}

int platform_open_unnamed(const char *folder, unsigned int mode) {
  return open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, mode);
}

int platform_link_unnamed(int file, int folder, const char *name) {
  // AT_EMPTY_PATH would need a capability; the way over /proc needs none.
  char path[40];
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  return linkat(AT_FDCWD, path, folder, name, AT_SYMLINK_FOLLOW);
}

int platform_lease_take(int file) {
  // A broken lease is told by SIGIO unless another signal is named, and SIGIO kills. SIGURG is ignored.
  if (fcntl(file, F_SETSIG, SIGURG) != 0) return -1;
  return fcntl(file, F_SETLEASE, F_RDLCK);
}

int platform_lease_stands(int file) { return fcntl(file, F_GETLEASE) == F_RDLCK; }

int platform_lease_return(int file) { return fcntl(file, F_SETLEASE, F_UNLCK); }

long platform_attribute_names(int file, char *names, size_t size) {
  return flistxattr(file, names, size);
}

long platform_attribute_get(int file, const char *name, void *value, size_t size) {
  return fgetxattr(file, name, value, size);
}

int platform_attribute_set(int file, const char *name, const void *value, size_t size) {
  return fsetxattr(file, name, value, size, 0);
}

int platform_attribute_remove(int file, const char *name) { return fremovexattr(file, name); }

#else

static int missing(void) {
  errno = ENOSYS;
  return -1;
}

int platform_open_unnamed(const char *folder, unsigned int mode) {
  (void)folder, (void)mode;
  return missing();
}

int platform_link_unnamed(int file, int folder, const char *name) {
  (void)file, (void)folder, (void)name;
  return missing();
}

int platform_lease_take(int file) {
  (void)file;
  return missing();
}

int platform_lease_stands(int file) {
  (void)file;
  return 0;
}

int platform_lease_return(int file) {
  (void)file;
  return missing();
}

#if defined(__APPLE__)

int platform_rename_exchange(int folder, const char *one, const char *other) {
  return renameatx_np(folder, one, folder, other, RENAME_SWAP);
}

int platform_rename_new(int folder, const char *from, const char *to) {
  return renameatx_np(folder, from, folder, to, RENAME_EXCL);
}

long platform_attribute_names(int file, char *names, size_t size) {
  return flistxattr(file, names, size, 0);
}

long platform_attribute_get(int file, const char *name, void *value, size_t size) {
  return fgetxattr(file, name, value, size, 0, 0);
}

int platform_attribute_set(int file, const char *name, const void *value, size_t size) {
  return fsetxattr(file, name, value, size, 0, 0);
}

int platform_attribute_remove(int file, const char *name) { return fremovexattr(file, name, 0); }

#endif
#endif

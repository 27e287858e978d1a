// What a runner needs of the system: signals as bytes in a pipe, room on the disk for its journal.
#ifndef CPLATFORM_RUN_H
#define CPLATFORM_RUN_H

#include <stdint.h>

// From now on each signal of the list is a byte (its number) in the pipe whose read end this returns, and those of
// `platform_signals_ignore` are ignored. Called a second time it gives the same pipe. -1, and errno, where there is no pipe.
int platform_signals_open(const int *signals, int count);

// Ignores all that would end a program that doesn't ask for them: a limit on the size of files or on time, timers, users'
// own and real-time signals, a pipe without a reader. A call that a limit stops fails then, and says why. What has a
// handler keeps it; what tells of a fault in the program itself is left.
void platform_signals_ignore(void);

// Room on the disk for `size` bytes without changing the file's length, so that a journal grows on a full disk.
// 0, or an errno; a file system that can't do it is no error.
int platform_reserve(int file, int64_t size);

// Nanoseconds awake since the boot; time asleep does not count.
int64_t platform_awake_ns(void);

// Nanoseconds since the boot, asleep or awake.
int64_t platform_boot_ns(void);

// Opens a file for reading and writing, not through a link, closed on exec; makes it where it is missing. -1, and errno.
int platform_create_or_open(const char *path, unsigned mode);

// The flag of posix_spawn that gives the child a session of its own.
int platform_spawn_session_flag(void);

// The file's bytes to the disk. 0, or -1 and errno.
int platform_sync_data(int file);

// Takes the file's exclusive lock without waiting. 0, or an errno: EWOULDBLOCK where another has it.
int platform_lock_now(int file);

// Waits for it. 0, or an errno.
int platform_lock(int file);

#endif

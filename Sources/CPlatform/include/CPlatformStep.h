// The system calls of `runbook-step`, and those with which the library starts and follows it.
#ifndef CPLATFORM_STEP_H
#define CPLATFORM_STEP_H

#include <stddef.h>
#include <stdint.h>

// MARK: the supervisor's side

// Parent, signals, subreaper, descriptors from 3 up. Called before anything else.
void platform_step_prepare(int sees_stops);

// No core dump of this process, and nobody but root looks into its memory. What it starts is as it would be.
void platform_keep_memory_private(void);

// Whether orphans among the descendants come to this process.
int platform_step_is_subreaper(void);

int64_t platform_awake_ms(void);
int64_t platform_wall_ms(void);
int platform_errno(void);
int platform_pid(void);

// Descriptors, or -1 with errno.
int platform_open_append(const char *path);
int platform_open_control(const char *path);
int platform_open_terminal(void);
// Makes the status file, allocates `size` bytes of it, and locks it.
int platform_open_status(const char *path, size_t size, const char **failed_call);

// Overwrites the start of the allocated file. 0, or an errno.
int platform_write_status(int descriptor, const uint8_t *bytes, size_t count);

// Whether the process that started us is gone.
int platform_step_is_alone(void);

// The names in a folder to the disk.
void platform_sync_folder(const char *path);

// Writes all bytes to a descriptor. How many could not be written: 0 where all was well.
size_t platform_write_all(int descriptor, const uint8_t *bytes, size_t count);
// 1 where a byte came, 0 at the end.
int platform_read_gate(int descriptor);
// Bytes read, 0 where there are none now.
int platform_read_some(int descriptor, uint8_t *bytes, size_t size);
// Lets go of a descriptor and keeps its number busy with /dev/null.
void platform_silence(int descriptor);
int64_t platform_file_size(int descriptor);

// Waits until `descriptor` is readable, a child changes its state, or `timeout_ms` is over (-1: never).
void platform_step_wait(int descriptor, int64_t timeout_ms);

struct platform_reaped {
  int pid;
  int is_stop;
  int exit_code;  // -1 where a signal ended it
  int signal;
};
// 1: one child was reaped (or stopped); 0: children live, none has ended; -1: there are no children.
int platform_reap(struct platform_reaped *reaped, int sees_stops);

struct platform_block {
  const char *directory;
  char *const *arguments;
  int standard_output;
  int standard_error;
  int terminal;  // -1: none, the block gets a session of its own
};
// Starts the block. 0 and its pid; or an errno with the call that failed.
int platform_block_start(const struct platform_block *block, int *pid, const char **failed_call);

// The terminal's state before an interactive block, to be given back once after it.
void platform_terminal_save(int terminal);
void platform_terminal_lend(int terminal, int group);
void platform_terminal_restore(int terminal);

enum {
  PLATFORM_STOP = 1,
  PLATFORM_CONTINUE,
  PLATFORM_TERMINATE,
  PLATFORM_KILL,
};
// The system's number of one of the above.
int platform_signal_number(int signal);
int platform_signal_group(int group, int number);

// The entry `RUNBOOK_ATTEMPT=…` of this process's environment, or NULL.
const char *platform_mark(void);

// MARK: the library's side

// Starts the supervisor with `gate` as standard input, `ready` as standard output and nothing else inherited, in
// a session of its own unless `keeps_terminal`. 0 and its pid, or an errno.
int platform_spawn_supervisor(
  const char *path, char *const *arguments, char *const *environment, int gate, int ready,
  int keeps_terminal, int *pid);

// Both ends are closed on exec, and above 2. 0, or an errno.
int platform_pipe(int ends[2]);

// A descriptor that polls readable when the process has ended, or -1 with errno.
int platform_end_descriptor(int pid);
// A descriptor that polls readable now and always.
int platform_readable_descriptor(void);

// Waits that long at most; 1 where the descriptor polls readable.
int platform_wait_readable(int descriptor, int timeout_ms);

// 1 where another process holds the status file's lock, 0 where none does, -1 with errno.
int platform_status_is_locked(int descriptor);

// Sends one command line into the step's FIFO without ever blocking or raising SIGPIPE. 0, or an errno.
int platform_send_command(const char *path, const char *line, size_t count);

// Reads what the supervisor says once it is ready. Bytes read, 0 at its end, -1 with errno (ETIMEDOUT).
int platform_read_ready(int descriptor, uint8_t *bytes, size_t size, int timeout_ms);

// Lets the block start, and closes the gate's descriptor. 0, or an errno: EPIPE where the supervisor is gone.
int platform_open_gate(int descriptor);

int platform_signal_process(int pid, int number);

// Descriptors, or -1 with errno. `create` fails where the file exists.
int platform_open_read(const char *path);
int platform_create(const char *path, int mode);

// Reaps our child if it has ended; never waits. 0 while it runs; 1 where it is reaped now, or was before.
int platform_reap_child(int pid);

#endif

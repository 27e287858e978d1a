// File calls that Swift cannot import: Linux's behind feature macros, macOS's under another name. Each returns
// -1 and sets errno where it fails; ENOSYS where the system has no such call.
#ifndef CPLATFORM_FILES_H
#define CPLATFORM_FILES_H

#include <stddef.h>

// Both names exist, and each has the other's file afterwards.
int platform_rename_exchange(int folder, const char *one, const char *other);
// EEXIST where the new name is taken.
int platform_rename_new(int folder, const char *from, const char *to);

// A file without a name, readable and writable; given one by platform_link_unnamed. Gone if we die before.
int platform_open_unnamed(const char *folder, unsigned int mode);
int platform_link_unnamed(int file, int folder, const char *name);

// A read lease: granted (0) only while nobody has the file open for writing; EAGAIN where somebody has.
// Whoever opens it for writing then waits until the lease is given back.
int platform_lease_take(int file);
// 1 while the lease stands, 0 where somebody waits for it (or it is gone).
int platform_lease_stands(int file);
int platform_lease_return(int file);

// Names separated by NUL; size 0 asks for the length.
long platform_attribute_names(int file, char *names, size_t size);
long platform_attribute_get(int file, const char *name, void *value, size_t size);
int platform_attribute_set(int file, const char *name, const void *value, size_t size);
int platform_attribute_remove(int file, const char *name);

#endif

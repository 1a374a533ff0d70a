// Makes one file operation of a process fail, or kills the process in it. Loaded with LD_PRELOAD.
//
// The file that TUNEDECK_FAULTS names says what is to happen: `action count pattern`. Operations on files whose path
// holds the pattern are counted from the process's start: opening to write, write, fsync, rename. The one with that
// count fails, and a line about it is added to the same path with `.log` behind it.
//
//   eio, enospc, eintr   returns −1 with this errno
//   full                 as enospc, and all later ones, too
//   short                a write takes half of its bytes; only writes of two bytes or more are counted
//   kill                 SIGKILL, half of the bytes of a write being written
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { most_files = 4096 };

static char action[16];
static char pattern[256];
static char log_path[4096];
static long count;
static atomic_long seen;
static atomic_bool watched[most_files];

static ssize_t (*real_write)(int, const void *, size_t);
static int (*real_open)(const char *, int, ...);
static int (*real_fsync)(int);
static int (*real_close)(int);
static int (*real_rename)(const char *, const char *);

// Other libraries open files while they are loaded, before this one is.
static void find(void) {
    if (real_rename) return;
    real_write = (ssize_t(*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    real_open = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    real_fsync = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    real_close = (int (*)(int))dlsym(RTLD_NEXT, "close");
    real_rename = (int (*)(const char *, const char *))dlsym(RTLD_NEXT, "rename");
}

__attribute__((constructor)) static void begin(void) {
    find();
    const char *path = getenv("TUNEDECK_FAULTS");
    FILE *file = path ? fopen(path, "r") : NULL;
    if (!file) return;
    if (fscanf(file, "%15s %ld %255s", action, &count, pattern) != 3) count = 0;
    fclose(file);
    snprintf(log_path, sizeof log_path, "%s.log", path);
}

static int is(const char *name) { return strcmp(action, name) == 0; }

static int matches(const char *path) { return count > 0 && path && strstr(path, pattern) != NULL; }

/// Whether the operation that is about to happen is the one.
static int is_due(const char *operation) {
    if (is("short") && strcmp(operation, "write") != 0) return 0;
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (is("full") ? now < count : now != count) return 0;
    char line[64];
    int length = snprintf(line, sizeof line, "%s %ld %s\n", action, now, operation);
    int file = real_open(log_path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (file >= 0) {
        if (real_write(file, line, (size_t)length) < 0) abort();
        real_close(file);
    }
    return 1;
}

static int fail(void) {
    if (is("kill")) kill(getpid(), SIGKILL);
    errno = is("eio") ? EIO : is("eintr") ? EINTR : ENOSPC;
    return -1;
}

static int opened(const char *path, int flags, mode_t mode) {
    find();
    int writes = matches(path) && (flags & O_ACCMODE) != O_RDONLY;
    if (writes && is_due("open")) return fail();
    int file = real_open(path, flags, mode);
    if (file >= 0 && file < most_files && matches(path)) watched[file] = 1;
    return file;
}

#define OPEN_WITH_MODE(name)                                                                                           \
    int name(const char *path, int flags, ...) {                                                                       \
        va_list rest;                                                                                                  \
        va_start(rest, flags);                                                                                         \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;                                        \
        va_end(rest);                                                                                                  \
        return opened(path, flags, mode);                                                                              \
    }
OPEN_WITH_MODE(open)
OPEN_WITH_MODE(open64)

ssize_t write(int file, const void *bytes, size_t size) {
    find();
    if (file < 0 || file >= most_files || !watched[file]) return real_write(file, bytes, size);
    if (is("short") && size < 2) return real_write(file, bytes, size);
    if (!is_due("write")) return real_write(file, bytes, size);
    if (is("short")) return real_write(file, bytes, size / 2);
    if (is("kill") && real_write(file, bytes, size / 2) < 0) abort();
    return fail();
}

int fsync(int file) {
    find();
    if (file >= 0 && file < most_files && watched[file] && is_due("fsync")) return fail();
    return real_fsync(file);
}

int close(int file) {
    find();
    if (file >= 0 && file < most_files) watched[file] = 0;
    return real_close(file);
}

int rename(const char *from, const char *to) {
    find();
    if (matches(to) && is_due("rename")) return fail();
    return real_rename(from, to);
}

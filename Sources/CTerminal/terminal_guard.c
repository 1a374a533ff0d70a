#include "terminal_guard.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static const int fatal_signals[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT};
enum { FATAL_COUNT = sizeof fatal_signals / sizeof fatal_signals[0] };

static struct sigaction before[FATAL_COUNT];
static struct termios saved_modes;
static char reset_bytes[512];
static size_t reset_length;
static volatile sig_atomic_t armed_terminal = -1;
/* The real stderr and the file that stands in for it; -1 while stderr is not redirected. */
static int real_stderr = -1;
static int held_stderr = -1;
static void write_all(int file, const char *bytes, size_t length) {
    while (length > 0) {
        ssize_t count = write(file, bytes, length);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) return;
        bytes += count;
        length -= (size_t)count;
    }
}

/* Everything below is on POSIX's list of calls that a signal handler may make. */
static void show_held_stderr(void) {
    if (real_stderr < 0) return;
    char bytes[4096];
    dup2(real_stderr, STDERR_FILENO);
    lseek(held_stderr, 0, SEEK_SET);
    for (;;) {
        ssize_t count = read(held_stderr, bytes, sizeof bytes);
        if (count <= 0) break;
        write_all(STDERR_FILENO, bytes, (size_t)count);
    }
}

static void on_fatal(int number) {
    int terminal = armed_terminal;
    armed_terminal = -1;
    if (terminal >= 0) {
        write_all(terminal, reset_bytes, reset_length);
        tcsetattr(terminal, TCSANOW, &saved_modes);
        show_held_stderr();
    }
    for (int i = 0; i < FATAL_COUNT; i++) {
        if (fatal_signals[i] == number) sigaction(number, &before[i], NULL);
    }
    raise(number);
}

/* Takes stderr aside when it would write over the screen. */
static void hold_stderr(int terminal) {
    struct stat screen, error;
    if (fstat(terminal, &screen) != 0 || fstat(STDERR_FILENO, &error) != 0) return;
    if (screen.st_rdev != error.st_rdev || !S_ISCHR(error.st_mode)) return;
    FILE *file = tmpfile();
    if (file == NULL) return;
    held_stderr = dup(fileno(file));
    fclose(file);
    real_stderr = dup(STDERR_FILENO);
    if (held_stderr < 0 || real_stderr < 0 || dup2(held_stderr, STDERR_FILENO) < 0) {
        if (held_stderr >= 0) close(held_stderr);
        if (real_stderr >= 0) close(real_stderr);
        held_stderr = real_stderr = -1;
    }
}

void terminal_guard_cover_thread(void) {
    static __thread int is_covered;
    if (is_covered) return;
    is_covered = 1;
    stack_t present;
    if (sigaltstack(NULL, &present) == 0 && !(present.ss_flags & SS_DISABLE)) return;
    stack_t stack = {.ss_size = 64 * 1024};
    stack.ss_sp = malloc(stack.ss_size);
    if (stack.ss_sp != NULL) sigaltstack(&stack, NULL);
}

int terminal_guard_arm(int terminal, const char *reset, size_t length) {
    if (length > sizeof reset_bytes) {
        errno = EINVAL;
        return -1;
    }
    if (tcgetattr(terminal, &saved_modes) != 0) return -1;
    memcpy(reset_bytes, reset, length);
    reset_length = length;
    hold_stderr(terminal);

    terminal_guard_cover_thread();
    armed_terminal = terminal;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_fatal;
    action.sa_flags = SA_ONSTACK;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal_signals[i], &action, &before[i]);
    return 0;
}

void terminal_guard_disarm(void) {
    if (armed_terminal < 0) return;
    for (int i = 0; i < FATAL_COUNT; i++) sigaction(fatal_signals[i], &before[i], NULL);
    armed_terminal = -1;
    if (real_stderr < 0) return;
    show_held_stderr();
    close(held_stderr);
    close(real_stderr);
    held_stderr = real_stderr = -1;
}

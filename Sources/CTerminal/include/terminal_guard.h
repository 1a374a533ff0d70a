#ifndef TUNEDECK_TERMINAL_GUARD_H
#define TUNEDECK_TERMINAL_GUARD_H

#include <stddef.h>

/* The two things about a terminal that only C may do: work inside a signal handler.
 *
 * One terminal per process. Nothing here is safe to call from two threads at once, except what the kernel calls. */

/* Remembers the terminal's present modes and what resets its screen, and from now on restores both when the program
 * dies of a trap, an abort or a bad access; the signal then takes its usual course. While armed, stderr goes to a
 * temporary file if it is the same terminal, and is shown once the screen is gone, so that no message is lost under
 * it. `reset` is copied; at most 512 bytes. Returns 0, or -1 with errno. */
int terminal_guard_arm(int terminal, const char *reset, size_t length);

/* Gives the calling thread a second stack, so that the above also works when its first one has overflowed. Costs
 * nothing from the second call on; the stack lives as long as the program, as the threads of a pool do. */
void terminal_guard_cover_thread(void);

/* Forgets all of it and shows what was written to stderr in the meantime. */
void terminal_guard_disarm(void);

/* Makes SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP and SIGCONT arrive as bytes (their numbers) on a pipe. Returns the
 * end to read from, which never blocks, or -1 with errno. */
int terminal_signals_open(void);

/* Takes the signals again after a library has put in handlers of its own. */
void terminal_signals_claim(void);

/* Gives the signals back to whoever had them before and closes the pipe. */
void terminal_signals_close(void);

/* Stops this process as Ctrl-Z would, and returns when it is continued. */
void terminal_stop_process(void);

#endif

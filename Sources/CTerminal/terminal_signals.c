#include "terminal_guard.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int told_signals[] = {SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT};
enum { TOLD_COUNT = sizeof told_signals / sizeof told_signals[0] };

static struct sigaction before[TOLD_COUNT];
static int pipe_ends[2] = {-1, -1};

static void on_told(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    /* A full pipe already holds enough wake-ups. */
    ssize_t ignored = write(pipe_ends[1], &byte, 1);
    (void)ignored;
    errno = saved;
}

void terminal_signals_claim(void) {
    if (pipe_ends[0] < 0) return;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_told;
    action.sa_flags = SA_RESTART;
    sigfillset(&action.sa_mask);
    for (int i = 0; i < TOLD_COUNT; i++) sigaction(told_signals[i], &action, NULL);
}

int terminal_signals_open(void) {
    if (pipe_ends[0] >= 0) return pipe_ends[0];
    if (pipe(pipe_ends) != 0) return -1;
    for (int i = 0; i < 2; i++) {
        fcntl(pipe_ends[i], F_SETFL, O_NONBLOCK);
        fcntl(pipe_ends[i], F_SETFD, FD_CLOEXEC);
    }
    for (int i = 0; i < TOLD_COUNT; i++) sigaction(told_signals[i], NULL, &before[i]);
    terminal_signals_claim();
    return pipe_ends[0];
}

void terminal_signals_close(void) {
    if (pipe_ends[0] < 0) return;
    for (int i = 0; i < TOLD_COUNT; i++) sigaction(told_signals[i], &before[i], NULL);
    for (int i = 0; i < 2; i++) {
        close(pipe_ends[i]);
        pipe_ends[i] = -1;
    }
}

void terminal_stop_process(void) {
    struct sigaction action, told;
    memset(&action, 0, sizeof action);
    action.sa_handler = SIG_DFL;
    sigaction(SIGTSTP, &action, &told);
    /* To this thread, so that it stops here and not some lines later; threads of a pool have the signal blocked. */
    sigset_t stop, mask;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTSTP);
    pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
    pthread_kill(pthread_self(), SIGTSTP);
    pthread_sigmask(SIG_SETMASK, &mask, NULL);
    sigaction(SIGTSTP, &told, NULL);
}

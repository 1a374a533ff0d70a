#ifndef TUNEDECK_CNCURSES_SHIM_H
#define TUNEDECK_CNCURSES_SHIM_H

/* Without it the header hides the wide-character half of ncursesw. */
#ifndef _XOPEN_SOURCE_EXTENDED
#define _XOPEN_SOURCE_EXTENDED 1
#endif
/* Functions and constants only: macros named `move` or `clear` would reach into every importer. */
#define NCURSES_NOMACROS 1

#include <curses.h>
#include <stdio.h>
#include <term.h>

/* KEY_F(n) is a macro with an argument, which Swift does not import. */
static inline int tunedeck_function_key(int number) { return KEY_F(number); }

/* The result of tigetstr is (char *)-1 when the name is no string at all; Swift has no such pointer. */
static inline const char *tunedeck_capability(const char *name) {
    const char *text = tigetstr(name);
    return text == (const char *)-1 ? NULL : text;
}

/* The C library's streams are variables that Swift cannot prove safe to share. */
static inline SCREEN *tunedeck_start(const char *type) { return newterm(type, stdout, stdin); }

#endif

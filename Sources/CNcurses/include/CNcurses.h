#ifndef CNCURSES_H
#define CNCURSES_H

// These must come before curses.h; this header is read by clang and by Swift's importer alike.
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdbool.h>
#include <wchar.h>

#include "TerminalSession.h"

// What Swift cannot import: attributes are casts, and the globals are shared mutable state.

static const attr_t CURSES_BOLD = WA_BOLD;
static const attr_t CURSES_UNDERLINE = WA_UNDERLINE;
static const attr_t CURSES_REVERSE = WA_REVERSE;

static inline int curses_color_count(void) { return COLORS; }

static inline int curses_pair_count(void) { return COLOR_PAIRS; }

/// Whether a colour number of this terminal is a red-green-blue value (xterm-direct and its kin).
bool curses_colors_are_direct(void);

/// One cell that is a template for many: pair numbers above 32767 go through the options pointer.
static inline int curses_set_cell(cchar_t *cell, const wchar_t *text, attr_t attributes, int pair) {
  return setcchar(cell, text, attributes, (short)0, &pair);
}

/// Has the next refresh repaint everything, whatever the terminal is believed to show.
static inline void curses_repaint(void) { clearok(curscr, TRUE); }

/// The columns that the C library gives a character; ncurses lays rows out by it.
int curses_column_width(wchar_t character);

#endif

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

#include "TerminalSequences.h"
#include "TerminalSession.h"

/// The columns that the C library gives a character.
int curses_column_width(wchar_t character);

#endif

#ifndef RESTORATION_H
#define RESTORATION_H

#include <stdbool.h>

// What brings the terminal back when the program cannot do it in an orderly way any more.

/// Remembers the terminal as it is now. False if it cannot be asked.
bool restoration_prepare(int keys);

/// Writes to the terminal at once.
void restoration_write(const char *text);

/// From now on a crash gives the terminal back before the process dies by the crash's signal.
/// What is written to a standard error that is this terminal is kept and shown afterwards.
void restoration_arm(bool mouse);

/// Gives this thread a stack for the handler of its crash, as `restoration_arm` does for the first.
void restoration_guard_thread(void);

/// Undoes `restoration_arm` and shows what was written to standard error meanwhile.
void restoration_disarm(void);

/// Between the two, standard error is shown at once and a crash has nothing to bring back.
void restoration_pause(void);
void restoration_continue(void);

/// Brings everything back at once, by what a signal handler may call. A second time does nothing.
void restoration_now(void);

/// Mouse and paste reports, which ncurses does not manage for us; the latter tells whether the mouse
/// was reported.
void restoration_enable_reports(void);
bool restoration_disable_reports(void);

#endif

#ifndef TERMINAL_SESSION_H
#define TERMINAL_SESSION_H

#include <stdbool.h>

// The time during which the program has the terminal to itself: taking it, noticing signals
// meanwhile, and giving it back whatever happens. All of it runs on the main thread, but for
// `session_wake` and `session_guard_thread`.

/// What is known of the terminal that $TERM names.
enum session_terminal {
  SESSION_TERMINAL_USABLE,
  SESSION_TERMINAL_UNUSABLE,     // it is unknown, or its cursor cannot be placed
  SESSION_TERMINAL_NO_DATABASE,  // there is no description of any terminal
};
enum session_terminal session_look_at_terminal(void);

/// Takes keys from standard input, or where that is no terminal, from the one that the process
/// belongs to. False if there is none.
bool session_find_keys(void);

/// The descriptor that keys are read from.
int session_keys(void);

/// Takes the terminal: full screen, raw keys, handlers for signals and crashes.
/// False, with the terminal as it was, if that cannot be done or a session is under way.
bool session_start(bool mouse);

/// Sends what the next frame has other than the last, all at once: `refresh` alone writes a few bytes
/// at a time.
void session_refresh(void);

/// The row, from 0, that `session_ask_cursor` writes in: not the first, whose answers look like F3.
enum { SESSION_ASKED_ROW = 1 };

/// Writes text before the next frame, which paints over it, and asks where the cursor is then.
/// False where the terminal has no such question; nothing is written.
bool session_ask_cursor(const char *text);

/// Asks what colour the background is. A terminal that does not know the question leaves it out.
void session_ask_background(void);

/// Hands text, written in base 64, to the terminal's clipboard. A terminal that does not know how
/// leaves it out.
void session_copy(const char *text);

/// Asks at once where the cursor is: what the terminal sent before comes before its answer.
/// False where it has no such question.
bool session_ask_end(void);

/// Has the terminal report neither the mouse nor pasting any more; whether it reported the mouse.
bool session_stop_reports(void);

/// Gives the terminal back as it was found. Also run at exit; a second time does nothing.
void session_end(void);

/// Gives the terminal back, stops the process as Ctrl-Z does, and takes it again when continued.
void session_suspend(void);

/// Takes the terminal again after the process was stopped and continued by others.
void session_resume(void);

/// Asks the terminal for its size and tells ncurses.
void session_measure(int *columns, int *rows);

/// What the handlers noticed since the last call.
struct session_notices {
  int quit_signal;  // SIGINT, SIGTERM or another that ends a program; 0 for none
  bool suspended;   // SIGTSTP came: the program should stop
  bool continued;   // SIGCONT came
  bool resized;     // SIGWINCH came
  bool woken;       // session_wake was called
};
struct session_notices session_take_notices(void);

/// Has `session_wait` return. May be called from any thread at any time.
void session_wake(void);

/// Has a stack overflow of this thread, too, give the terminal back. May be called at any time.
void session_guard_thread(void);

/// Waits until there is input or something to notice, at most so long (-1: for ever).
/// Returns true if input can be read (or its end).
bool session_wait(int milliseconds);

/// Dies by a signal as if it had never been caught.
_Noreturn void session_die(int signal);

#endif

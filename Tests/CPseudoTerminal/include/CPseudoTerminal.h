#ifndef CPSEUDO_TERMINAL_H
#define CPSEUDO_TERMINAL_H

#include <stdbool.h>
#include <sys/types.h>

// Starting programs for tests: what Swift cannot do itself because it needs a fork, or because
// Glibc's overlay hides it.

/// How a program is started.
struct process_plan {
  const char *path;
  char *const *arguments;    // with the program's name first and NULL at the end
  char *const *environment;  // NULL at the end
  const char *directory;     // NULL for the test's own
  int standard[3];           // become descriptors 0, 1 and 2; every other is closed
  bool controls_terminal;    // standard[0] becomes the terminal of a new session
  unsigned deadline;         // seconds after which the program is killed, come what may
};

/// Starts a program with no signal blocked or ignored. Returns its process, or -1.
pid_t process_start(const struct process_plan *plan);

/// A descriptor that can be read from, for poll, when the process has ended; or -1.
int process_watch(pid_t process);

/// A new pseudo-terminal; both descriptors are closed on exec. False if there is none.
bool pseudo_terminal_open(int columns, int rows, int *controller, int *terminal);

/// Changes the size; the foreground processes get SIGWINCH.
bool pseudo_terminal_resize(int controller, int columns, int rows);

/// A file in memory, closed on exec; or -1.
int memory_file(void);

#endif

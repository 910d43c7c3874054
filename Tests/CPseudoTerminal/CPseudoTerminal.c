#define _GNU_SOURCE 1
#include "CPseudoTerminal.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

// A test's thread has nearly every signal blocked, which a child would inherit.
static void reset_signals(void) {
  struct sigaction usual = {.sa_handler = SIG_DFL};
  sigemptyset(&usual.sa_mask);
  for (int number = 1; number < NSIG; number++) sigaction(number, &usual, NULL);
  sigprocmask(SIG_SETMASK, &usual.sa_mask, NULL);
}

// Between fork and exec: nothing that allocates or locks.
static _Noreturn void become(const struct process_plan *plan) {
  reset_signals();
  if (plan->controls_terminal && (setsid() < 0 || ioctl(plan->standard[0], TIOCSCTTY, 0) != 0))
    _exit(127);
  // The descriptors are all above 2: see `process_start`.
  for (int i = 0; i < 3; i++)
    if (dup2(plan->standard[i], i) < 0) _exit(127);
  close_range(3, ~0U, 0);
  if (plan->directory != NULL && chdir(plan->directory) != 0) _exit(127);
  alarm(plan->deadline);
  execve(plan->path, plan->arguments, plan->environment);
  _exit(127);
}

pid_t process_start(const struct process_plan *plan) {
  for (int i = 0; i < 3; i++)
    if (plan->standard[i] < 3) return -1;
  pid_t process = fork();
  if (process == 0) become(plan);
  return process;
}

int process_watch(pid_t process) { return (int)syscall(SYS_pidfd_open, process, 0); }

bool pseudo_terminal_open(int columns, int rows, int *controller, int *terminal) {
  char name[128];
  *controller = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*controller < 0) return false;
  *terminal = -1;
  if (grantpt(*controller) == 0 && unlockpt(*controller) == 0 &&
      ptsname_r(*controller, name, sizeof name) == 0)
    *terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (*terminal >= 0 && pseudo_terminal_resize(*controller, columns, rows)) return true;
  if (*terminal >= 0) close(*terminal);
  close(*controller);
  return false;
}

bool pseudo_terminal_resize(int controller, int columns, int rows) {
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(controller, TIOCSWINSZ, &size) == 0;
}

int memory_file(void) { return memfd_create("test", MFD_CLOEXEC); }

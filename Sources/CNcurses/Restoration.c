#define _GNU_SOURCE 1
#include "Restoration.h"
#include "CNcurses.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static atomic_bool armed;
static struct termios found;
static int keys_fd = STDIN_FILENO;

static char reset[512];
static size_t reset_length;

static bool reports_mouse, reports_paste, reports_are_on;

static int real_stderr = -1, kept_stderr = -1;

static const int crash_signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGSYS};
static struct sigaction previous[COUNT(crash_signals)];
static bool reporter_wanted;

// A crash by stack overflow leaves no room for its handler on the stack itself. Each thread has its
// own: the kernel knows an alternate stack for one thread only.
static _Thread_local char crash_stack[64 * 1024];
static stack_t previous_stack;

static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";
static const char paste_on[] = "\033[?2004h";
static const char paste_off[] = "\033[?2004l";

static void write_all(int fd, const char *bytes, size_t count) {
  while (count > 0) {
    ssize_t written = write(fd, bytes, count);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;
    bytes += written;
    count -= (size_t)written;
  }
}

static void write_text(const char *text) { write_all(STDOUT_FILENO, text, strlen(text)); }

void restoration_write(const char *text) { write_text(text); }

bool restoration_prepare(int keys) {
  keys_fd = keys;
  return tcgetattr(keys_fd, &found) == 0;
}

// Appends a sequence without its padding ("$<5>"), which a handler could not time.
static void append(const char *sequence) {
  if (sequence == NULL || sequence == (char *)-1) return;
  while (*sequence != '\0' && reset_length < sizeof reset) {
    const char *padding_end = strncmp(sequence, "$<", 2) == 0 ? strchr(sequence, '>') : NULL;
    if (padding_end != NULL) {
      sequence = padding_end + 1;
    } else {
      reset[reset_length++] = *sequence++;
    }
  }
}

static void compose_reset(void) {
  reset_length = 0;
  if (reports_mouse) append(mouse_off);
  if (reports_paste) append(paste_off);
  append(tigetstr("sgr0"));
  append(tigetstr("cnorm"));
  append(tigetstr("rmcup"));
  append("\r\n");
}

static void keep_stderr(void) {
  if (kept_stderr < 0 || real_stderr < 0) return;
  dup2(kept_stderr, STDERR_FILENO);
}

static void show_stderr(void) {
  if (kept_stderr < 0 || real_stderr < 0) return;
  dup2(real_stderr, STDERR_FILENO);
  char bytes[4096];
  off_t offset = 0;
  ssize_t count;
  while ((count = pread(kept_stderr, bytes, sizeof bytes, offset)) > 0) {
    write_all(STDERR_FILENO, bytes, (size_t)count);
    offset += count;
  }
  if (ftruncate(kept_stderr, 0) == 0) lseek(kept_stderr, 0, SEEK_SET);
}

void restoration_now(void) {
  if (!atomic_exchange(&armed, false)) return;
  write_all(STDOUT_FILENO, reset, reset_length);
  tcflush(keys_fd, TCIFLUSH);  // the mouse's reports are no command lines
  tcsetattr(keys_fd, TCSANOW, &found);
  show_stderr();
}

static const struct sigaction *previous_action(int signal_number) {
  for (size_t i = 0; i < COUNT(crash_signals); i++)
    if (crash_signals[i] == signal_number) return &previous[i];
  return NULL;
}

static void crashed(int signal_number, siginfo_t *info, void *context) {
  (void)context;
  restoration_now();
  if (reporter_wanted) {
    sigaction(signal_number, previous_action(signal_number), NULL);
  } else {
    signal(signal_number, SIG_DFL);
  }
  // A fault comes again when the handler returns; what was sent by kill or abort does not.
  if (info->si_code <= 0) raise(signal_number);
}

void restoration_guard_thread(void) {
  stack_t stack = {.ss_sp = crash_stack, .ss_size = sizeof crash_stack};
  sigaltstack(&stack, NULL);
}

static void catch_crashes(void) {
  sigaltstack(NULL, &previous_stack);
  restoration_guard_thread();
  struct sigaction action = {.sa_sigaction = crashed, .sa_flags = SA_SIGINFO | SA_ONSTACK};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(crash_signals); i++)
    sigaction(crash_signals[i], &action, &previous[i]);
  // Unasked, Swift's crash reporter would hold the terminal for half a minute with a question.
  reporter_wanted = getenv("SWIFT_BACKTRACE") != NULL;
}

void restoration_arm(bool mouse) {
  // Only terminals that can report a mouse are sure to take these modes quietly.
  const char *mouse_key = tigetstr("kmous");
  bool modern = mouse_key != NULL && mouse_key != (char *)-1;
  reports_mouse = mouse && modern;
  reports_paste = modern;
  compose_reset();
  if (isatty(STDERR_FILENO)) {
    if (real_stderr < 0) real_stderr = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3);
    if (kept_stderr < 0) kept_stderr = memfd_create("stderr", MFD_CLOEXEC);
    keep_stderr();
  }
  catch_crashes();
  atomic_store(&armed, true);
}

void restoration_disarm(void) {
  atomic_store(&armed, false);
  show_stderr();
  for (size_t i = 0; i < COUNT(crash_signals); i++)
    sigaction(crash_signals[i], &previous[i], NULL);
  sigaltstack(&previous_stack, NULL);
}

void restoration_pause(void) {
  atomic_store(&armed, false);
  show_stderr();
}

void restoration_continue(void) {
  keep_stderr();
  atomic_store(&armed, true);
}

void restoration_enable_reports(void) {
  if (reports_mouse) write_text(mouse_on);
  if (reports_paste) write_text(paste_on);
  reports_are_on = true;
}

bool restoration_disable_reports(void) {
  if (!reports_are_on) return false;
  reports_are_on = false;
  if (reports_mouse) write_text(mouse_off);
  if (reports_paste) write_text(paste_off);
  return reports_mouse;
}

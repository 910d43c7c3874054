#define _GNU_SOURCE 1
#include "CNcurses.h"
#include "HeldOutput.h"
#include "Restoration.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <term.h>
#include <time.h>
#include <unistd.h>
#undef lines
#undef columns

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

// Handlers only set these and make `notice_fd` readable, so that nothing that comes between a
// look at them and the wait is lost, whichever thread the signal was given to.
static atomic_int quit_signal;
static atomic_bool suspended, continued, resized, woken;
static int notice_fd = -1;
static atomic_long quit_second;

static SCREEN *screen;

// Where keys come from: standard input, or the terminal itself where that is a pipe or a file.
static int keys_fd = STDIN_FILENO;

// All but the last three end a program that does not handle them.
static const int noticed_signals[] = {SIGINT,  SIGTERM, SIGHUP,  SIGQUIT,   SIGALRM,
                                      SIGUSR1, SIGUSR2, SIGXCPU, SIGVTALRM, SIGPROF,
                                      SIGIO,   SIGPWR,  SIGTSTP, SIGCONT,   SIGWINCH};
static struct sigaction previous[COUNT(noticed_signals)];

// A program that does not come round to leaving within this time dies at the next signal.
static const long patience_seconds = 2;

static long now_seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return now.tv_sec;
}

static void make_noticeable(void) {
  (void)eventfd_write(notice_fd, 1);  // should it be full, it is readable, which is enough
}

static void quit_noticed(int signal_number) {
  int none = 0;
  if (atomic_compare_exchange_strong(&quit_signal, &none, signal_number)) {
    atomic_store(&quit_second, now_seconds());
  } else if (now_seconds() - atomic_load(&quit_second) > patience_seconds) {
    restoration_now();
    signal(signal_number, SIG_DFL);
    raise(signal_number);
  }
}

static void notice(int signal_number) {
  int saved_errno = errno;
  switch (signal_number) {
    case SIGTSTP: atomic_store(&suspended, true); break;
    case SIGCONT: atomic_store(&continued, true); break;
    case SIGWINCH: atomic_store(&resized, true); break;
    default: quit_noticed(signal_number);
  }
  make_noticeable();
  errno = saved_errno;
}

static void notice_signals(void) {
  struct sigaction action = {.sa_handler = notice, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  for (size_t i = 0; i < COUNT(noticed_signals); i++) {
    sigaction(noticed_signals[i], NULL, &previous[i]);
    // What the parent had ignored (nohup, a shell's background job) stays ignored.
    if (previous[i].sa_handler != SIG_IGN) sigaction(noticed_signals[i], &action, NULL);
  }
}

static void forget_signals(void) {
  for (size_t i = 0; i < COUNT(noticed_signals); i++)
    sigaction(noticed_signals[i], &previous[i], NULL);
}

static bool is_described(const char *terminal) {
  int error = 0;
  if (setupterm(terminal, STDOUT_FILENO, &error) != OK) return false;
  del_curterm(cur_term);
  return true;
}

enum session_terminal session_look_at_terminal(void) {
  // Every database has one of these. That of a bare container has folders, perhaps, but no file.
  static const char *const common[] = {"xterm-256color", "xterm", "linux", "vt100", "ansi"};
  int error = 0;
  if (setupterm(NULL, STDOUT_FILENO, &error) != OK) {
    for (size_t i = 0; i < COUNT(common); i++)
      if (is_described(common[i])) return SESSION_TERMINAL_UNUSABLE;
    return SESSION_TERMINAL_NO_DATABASE;
  }
  const char *place_cursor = tigetstr("cup");
  bool usable = place_cursor != NULL && place_cursor != (char *)-1;
  del_curterm(cur_term);
  return usable ? SESSION_TERMINAL_USABLE : SESSION_TERMINAL_UNUSABLE;
}

bool session_find_keys(void) {
  int terminal = isatty(STDIN_FILENO) ? STDIN_FILENO : open("/dev/tty", O_RDWR | O_CLOEXEC);
  if (terminal < 0) return false;
  keys_fd = terminal;
  return true;
}

int session_keys(void) { return keys_fd; }

static void set_modes(void) {
  raw();
  noecho();
  nonl();
  curs_set(0);
  typeahead(-1);  // a frame is never left half drawn because keys are waiting
  restoration_enable_reports();
}

bool session_start(bool mouse) {
  if (screen != NULL) return false;
  if (notice_fd < 0) notice_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (notice_fd < 0 || !restoration_prepare(keys_fd)) return false;
  atomic_store(&quit_signal, 0);
  // Before newterm, which leaves handlers alone that it finds.
  notice_signals();
  // Not initscr, which prints and exits where it fails.
  // Keys are not read through it, so that its standard input may be a pipe.
  screen = newterm(NULL, held_output_open(), stdin);
  if (screen == NULL) {
    forget_signals();
    return false;
  }
  restoration_arm(mouse);
  static bool registered;
  if (!registered) registered = atexit(session_end) == 0;
  set_modes();
  return true;
}

void session_refresh(void) {
  bool is_held = held_output_begin();
  refresh();
  if (is_held) held_output_end();
}

static int put_byte(int byte) {
  unsigned char written = (unsigned char)byte;
  return write(STDOUT_FILENO, &written, 1) == 1 ? byte : EOF;
}

// Where there is no screen to go back to, `endwin` leaves the cursor on the last line, which the
// shell would write over in part.
static void leave_screen(void) {
  endwin();
  if (exit_ca_mode == NULL && clr_eol != NULL) tputs(clr_eol, 1, put_byte);
}

static const char cursor_question[] = "\033[6n";

// Terminals that have no such question would show it, and others answer in their own way.
static bool answers_cursor(void) {
  return screen != NULL && user7 != NULL && strcmp(user7, cursor_question) == 0;
}

bool session_ask_cursor(const char *text) {
  // Hiding the cursor has sent out what ncurses held back: nothing of this is seen on the screen
  // that the program began on.
  if (!answers_cursor() || (enter_ca_mode != NULL && cursor_invisible == NULL)) return false;
  tputs(tparm(cursor_address, SESSION_ASKED_ROW, 0), 1, put_byte);
  restoration_write(text);
  restoration_write(cursor_question);
  return true;
}

// XTerm Control Sequences, "Operating System Commands", 11.
void session_ask_background(void) { restoration_write("\033]11;?\033\\"); }

// The same, 52: `c` is the clipboard.
void session_copy(const char *text) {
  restoration_write("\033]52;c;");
  restoration_write(text);
  restoration_write("\033\\");
}

bool session_ask_end(void) {
  if (!answers_cursor()) return false;
  restoration_write(cursor_question);
  return true;
}

bool session_stop_reports(void) { return restoration_disable_reports(); }

void session_end(void) {
  if (screen == NULL) return;
  restoration_disable_reports();
  leave_screen();
  restoration_disarm();
  forget_signals();
  delscreen(screen);
  screen = NULL;
}

static void take_again(void) {
  reset_prog_mode();  // keys; the next refresh takes the screen
  restoration_enable_reports();
  curses_repaint();
}

void session_resume(void) {
  endwin();  // whoever had the terminal meanwhile has changed its modes
  take_again();
}

void session_suspend(void) {
  struct sigaction ours, stop = {.sa_handler = SIG_DFL};
  sigaction(SIGTSTP, NULL, &ours);
  if (ours.sa_handler == SIG_IGN) return;  // the parent does not want its children stopped
  restoration_disable_reports();
  leave_screen();
  restoration_pause();
  sigemptyset(&stop.sa_mask);
  sigaction(SIGTSTP, &stop, NULL);
  kill(0, SIGTSTP);  // the whole job, as the terminal's own Ctrl-Z would
  sigaction(SIGTSTP, &ours, NULL);
  restoration_continue();
  take_again();
  atomic_store(&continued, false);  // the signal that ended our own stop
}

void session_measure(int *columns, int *rows) {
  struct winsize size = {0};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 && size.ws_row > 0)
    resize_term(size.ws_row, size.ws_col);
  *columns = COLS;
  *rows = LINES;
}

struct session_notices session_take_notices(void) {
  // Emptied before the flags are read: what comes in between is noticed twice, never lost.
  eventfd_t count;
  (void)eventfd_read(notice_fd, &count);
  return (struct session_notices){
      .quit_signal = atomic_load(&quit_signal),
      .suspended = atomic_exchange(&suspended, false),
      .continued = atomic_exchange(&continued, false),
      .resized = atomic_exchange(&resized, false),
      .woken = atomic_exchange(&woken, false),
  };
}

void session_wake(void) {
  atomic_store(&woken, true);
  if (notice_fd >= 0) make_noticeable();
}

void session_guard_thread(void) { restoration_guard_thread(); }

bool session_wait(int milliseconds) {
  struct pollfd watched[] = {{.fd = keys_fd, .events = POLLIN},
                             {.fd = notice_fd, .events = POLLIN}};
  if (poll(watched, COUNT(watched), milliseconds) <= 0) return false;
  return watched[0].revents != 0;
}

void session_die(int signal_number) {
  session_end();
  fflush(NULL);  // a signal's death does not
  signal(signal_number, SIG_DFL);
  sigset_t only;
  sigemptyset(&only);
  sigaddset(&only, signal_number);
  pthread_sigmask(SIG_UNBLOCK, &only, NULL);
  raise(signal_number);
  _exit(128 + signal_number);  // not reached unless the signal does not kill
}

int curses_column_width(wchar_t character) { return wcwidth(character); }

bool curses_colors_are_direct(void) { return tigetflag("RGB") > 0 || tigetnum("RGB") > 0; }

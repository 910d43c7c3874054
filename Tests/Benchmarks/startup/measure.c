// Starts terminal programs in a pseudo-terminal and times their screens.
//
//   measure COLUMNSxROWS RUNS KEYS PROGRAM [ARGUMENT...] [-- PROGRAM [ARGUMENT...]]...
//
// Every program is run RUNS times, in turns, so that what else the machine does meets all alike.
// A run is timed from just before posix_spawn to the last byte of the first screen; a screen is
// over when nothing has come for QUIET milliseconds, which are not counted. Then the bytes of
// KEYS are sent to the first program one by one, each after the screen of the one before.
// Printed are medians: of the wall clock, of the program's own processor time (its user and
// system time as the kernel counts them), and of the bytes that it wrote.

#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { QUIET = 150, MOST_PROGRAMS = 16, MOST_KEYS = 256 };

struct screen {
  double wall; // milliseconds
  double cpu;  // milliseconds
  double bytes;
};

static double milliseconds(clockid_t clock) {
  struct timespec time;
  if (clock_gettime(clock, &time) != 0) return 0;
  return time.tv_sec * 1e3 + time.tv_nsec / 1e6;
}

static void fail(const char *what) {
  perror(what);
  exit(1);
}

// Reads until nothing comes any more, or nothing at all within `patience` milliseconds; `wall` is
// when the last byte came.
static struct screen read_screen(int terminal, double start, int patience) {
  struct screen screen = {0, 0, 0};
  char buffer[65536];
  for (;;) {
    struct pollfd watched = {terminal, POLLIN, 0};
    if (poll(&watched, 1, screen.bytes == 0 ? patience : QUIET) <= 0) return screen;
    ssize_t count = read(terminal, buffer, sizeof buffer);
    if (count <= 0) return screen;
    screen.wall = milliseconds(CLOCK_MONOTONIC) - start;
    screen.bytes += count;
  }
}

static pid_t start(char **arguments, const char *terminal) {
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  // Opened by the leader of a new session, the terminal controls it.
  posix_spawn_file_actions_addopen(&files, 0, terminal, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&files, 0, 1);
  posix_spawn_file_actions_adddup2(&files, 0, 2);
  posix_spawnattr_t attributes;
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
  char *environment[] = {"TERM=xterm-256color", "LC_ALL=C.UTF-8", "PATH=/usr/bin:/bin", NULL};
  pid_t process;
  int problem = posix_spawn(&process, arguments[0], &files, &attributes, arguments, environment);
  if (problem != 0) {
    fprintf(stderr, "%s: %s\n", arguments[0], strerror(problem));
    exit(1);
  }
  posix_spawn_file_actions_destroy(&files);
  posix_spawnattr_destroy(&attributes);
  return process;
}

static struct winsize size;

// One run: the first screen, then one screen a key.
static void run(char **arguments, const char *keys, struct screen *screens) {
  int controller, terminal;
  char name[64];
  if (openpty(&controller, &terminal, name, NULL, &size) != 0) fail("openpty");
  fcntl(controller, F_SETFD, FD_CLOEXEC);
  fcntl(terminal, F_SETFD, FD_CLOEXEC);
  double begin = milliseconds(CLOCK_MONOTONIC);
  pid_t process = start(arguments, name);
  clockid_t clock;
  if (clock_getcpuclockid(process, &clock) != 0) fail("clock_getcpuclockid");
  screens[0] = read_screen(controller, begin, 10000);
  screens[0].cpu = milliseconds(clock);
  for (int i = 0; keys[i] != 0; i++) {
    double cpu = milliseconds(clock);
    begin = milliseconds(CLOCK_MONOTONIC);
    if (write(controller, keys + i, 1) != 1) fail("write");
    screens[i + 1] = read_screen(controller, begin, 1000);
    screens[i + 1].cpu = milliseconds(clock) - cpu;
  }
  kill(process, SIGKILL);
  waitpid(process, NULL, 0);
  close(terminal);
  close(controller);
}

static int compare(const void *first, const void *second) {
  double difference = *(const double *)first - *(const double *)second;
  return (difference > 0) - (difference < 0);
}

// The median of one field of the same screen in every run.
static double median(const struct screen *screens, size_t field, int runs, int stride) {
  double values[runs];
  for (int i = 0; i < runs; i++)
    memcpy(&values[i], (const char *)&screens[i * stride] + field, sizeof(double));
  qsort(values, runs, sizeof *values, compare);
  return runs % 2 == 1 ? values[runs / 2] : (values[runs / 2 - 1] + values[runs / 2]) / 2;
}

#define MEDIAN(screens, name) median(screens, offsetof(struct screen, name), runs, stride)

int main(int count, char **arguments) {
  int columns = 0, rows = 0;
  if (count < 5 || sscanf(arguments[1], "%dx%d", &columns, &rows) != 2 || columns < 1 || rows < 1 ||
      atoi(arguments[2]) < 1 || strlen(arguments[3]) >= MOST_KEYS) {
    fprintf(stderr, "usage: measure COLUMNSxROWS RUNS KEYS PROGRAM [ARGUMENT...] [-- PROGRAM ...]...\n");
    return 64;
  }
  size = (struct winsize){rows, columns, 0, 0};
  arguments++, count--;
  int runs = atoi(arguments[1]), stride = strlen(arguments[2]) + 1, programs = 1;
  char **program[MOST_PROGRAMS] = {arguments + 3};
  for (int i = 3; i < count && programs < MOST_PROGRAMS; i++) {
    if (strcmp(arguments[i], "--") != 0) continue;
    arguments[i] = NULL;
    program[programs++] = arguments + i + 1;
  }
  struct screen *screens = calloc((size_t)programs * runs * stride, sizeof *screens);
  if (screens == NULL) fail("calloc");
  for (int i = 0; i < runs; i++)
    for (int p = 0; p < programs; p++)
      run(program[p], p == 0 ? arguments[2] : "", screens + ((size_t)p * runs + i) * stride);

  printf("%-32s %9s %9s %8s\n", "", "wall ms", "CPU ms", "bytes");
  for (int p = 0; p < programs; p++) {
    const struct screen *first = screens + (size_t)p * runs * stride;
    const char *slash = strrchr(program[p][0], '/');
    printf("first screen of %-16s %9.2f %9.2f %8.0f\n", slash ? slash + 1 : program[p][0],
           MEDIAN(first, wall), MEDIAN(first, cpu), MEDIAN(first, bytes));
  }
  for (int i = 0; arguments[2][i] != 0; i++)
    printf("key %-28c %9.2f %9.3f %8.0f\n", arguments[2][i], MEDIAN(screens + i + 1, wall),
           MEDIAN(screens + i + 1, cpu), MEDIAN(screens + i + 1, bytes));
  if (programs == 2)
    printf("ratio of the first screens: %.2f\n",
           MEDIAN(screens, wall) / MEDIAN(screens + (size_t)runs * stride, wall));
  return 0;
}

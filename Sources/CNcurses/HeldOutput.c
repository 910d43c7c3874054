#define _GNU_SOURCE 1
#include "HeldOutput.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

static FILE *output;
// A file in memory that takes the terminal's place while a frame is drawn.
static int held = -1;

FILE *held_output_open(void) {
  if (output != NULL) return output;
  int copy = fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  if (copy < 0) return stdout;
  output = fdopen(copy, "w");
  if (output == NULL) {
    close(copy);
    return stdout;
  }
  // Where no file may grow, none can hold a frame.
  struct rlimit most;
  if (getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur == RLIM_INFINITY)
    held = memfd_create("frame", MFD_CLOEXEC);
  return output;
}

bool held_output_begin(void) {
  return held >= 0 && dup3(held, fileno(output), O_CLOEXEC) >= 0;
}

static void send(const char *bytes, ssize_t count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, (size_t)count);
    if (written < 0 && errno == EAGAIN) {
      struct pollfd watched = {.fd = STDOUT_FILENO, .events = POLLOUT};
      poll(&watched, 1, -1);
    } else if (written < 0 && errno != EINTR) {
      return;
    }
    if (written <= 0) continue;
    bytes += written;
    count -= written;
  }
}

void held_output_end(void) {
  off_t end = lseek(held, 0, SEEK_CUR);
  dup3(STDOUT_FILENO, fileno(output), O_CLOEXEC);
  static char bytes[64 * 1024];
  for (off_t offset = 0; offset < end;) {
    size_t left = (size_t)(end - offset);
    ssize_t count = pread(held, bytes, left < sizeof bytes ? left : sizeof bytes, offset);
    if (count <= 0) break;
    send(bytes, count);
    offset += count;
  }
  // The memory stays for the next frame.
  lseek(held, 0, SEEK_SET);
}

#include "CNcurses.h"

#include <errno.h>
#include <poll.h>
#include <term.h>
#include <unistd.h>
#undef lines
#undef columns

static unsigned char *target;
static int target_room, target_length;

static int keep_byte(int byte) {
  if (target_length >= target_room) return EOF;
  target[target_length++] = (unsigned char)byte;
  return byte;
}

// Terminals from before ECMA-48's colours count them from blue.
static int counted_from_blue(int colour) {
  static const int swapped[] = {0, 4, 2, 6, 1, 5, 3, 7};
  return colour >= 0 && colour < 8 ? swapped[colour] : colour;
}

static const char *expanded(enum terminal_sequence kind, int first, int second) {
  const char *sequence = NULL;
  switch (kind) {
    case SEQUENCE_CLEAR: return clear_screen;
    case SEQUENCE_ERASE_LINE: return clr_eol;
    case SEQUENCE_HIDE_CURSOR: return cursor_invisible;
    case SEQUENCE_SHOW_CURSOR: return cursor_normal;
    case SEQUENCE_PLAIN: return exit_attribute_mode;
    case SEQUENCE_PLAIN_COLOURS: return orig_pair;
    case SEQUENCE_BOLD: return enter_bold_mode;
    case SEQUENCE_UNDERLINE: return enter_underline_mode;
    case SEQUENCE_REVERSE: return enter_reverse_mode;
    case SEQUENCE_PLACE: sequence = cursor_address; break;
    case SEQUENCE_RIGHT: sequence = parm_right_cursor; break;
    case SEQUENCE_FOREGROUND:
      sequence = set_a_foreground != NULL ? set_a_foreground : set_foreground;
      if (sequence == set_foreground) first = counted_from_blue(first);
      break;
    case SEQUENCE_BACKGROUND:
      sequence = set_a_background != NULL ? set_a_background : set_background;
      if (sequence == set_background) first = counted_from_blue(first);
      break;
  }
  return sequence == NULL ? NULL : tiparm(sequence, first, second);
}

int terminal_sequence(
    enum terminal_sequence kind, int first, int second, unsigned char *bytes, int room) {
  target = bytes;
  target_room = room;
  target_length = 0;
  const char *sequence = expanded(kind, first, second);
  if (sequence != NULL) tputs(sequence, 1, keep_byte);
  return target_length;
}

int terminal_colour_count(void) {
  bool are_chosen = (set_a_foreground != NULL && set_a_background != NULL) ||
                    (set_foreground != NULL && set_background != NULL);
  return are_chosen && orig_pair != NULL ? max_colors : 0;
}

bool terminal_colours_are_direct(void) { return tigetflag("RGB") > 0 || tigetnum("RGB") > 0; }

struct terminal_habits terminal_habits(void) {
  return (struct terminal_habits){
      .takes_places_with_looks = magic_cookie_glitch > 0,
      .moves_in_any_look = move_standout_mode,
      .scrolls_at_last_cell = auto_right_margin && !eat_newline_glitch,
      .looks_without_colours = no_color_video > 0 ? no_color_video : 0,
  };
}

bool terminal_send(const unsigned char *bytes, long count) {
  while (count > 0) {
    ssize_t written = write(STDOUT_FILENO, bytes, (size_t)count);
    if (written < 0 && errno == EAGAIN) {
      struct pollfd watched = {.fd = STDOUT_FILENO, .events = POLLOUT};
      poll(&watched, 1, -1);
    } else if (written < 0 && errno != EINTR) {
      return false;
    }
    if (written <= 0) continue;
    bytes += written;
    count -= written;
  }
  return true;
}

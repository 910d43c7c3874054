#ifndef TERMINAL_SEQUENCES_H
#define TERMINAL_SEQUENCES_H

#include <stdbool.h>

// What the terminal of the session is told, as its description has it. Valid from `session_start`.

enum terminal_sequence {
  SEQUENCE_CLEAR,           // the whole screen
  SEQUENCE_ERASE_LINE,      // from the cursor to the row's end
  SEQUENCE_HIDE_CURSOR,
  SEQUENCE_SHOW_CURSOR,
  SEQUENCE_PLAIN,           // no attributes any more
  SEQUENCE_PLAIN_COLOURS,   // the terminal's own
  SEQUENCE_BOLD,
  SEQUENCE_UNDERLINE,
  SEQUENCE_REVERSE,
  SEQUENCE_PLACE,           // the cursor: row, column, from 0
  SEQUENCE_RIGHT,           // the cursor, by so many columns
  SEQUENCE_FOREGROUND,      // a colour's number
  SEQUENCE_BACKGROUND,
};

/// Writes a sequence with its parameters into `bytes`; how long it is, 0 where the terminal has none.
int terminal_sequence(
    enum terminal_sequence kind, int first, int second, unsigned char *bytes, int room);

/// How many colours there are; 0 where they cannot be chosen one by one and taken back.
int terminal_colour_count(void);

/// Whether a colour's number is a red-green-blue value (xterm-direct and its kin).
bool terminal_colours_are_direct(void);

struct terminal_habits {
  bool takes_places_with_looks;  // an attribute takes a column of the screen
  bool moves_in_any_look;        // the cursor may be placed while attributes are on
  bool scrolls_at_last_cell;     // a character in the last place of the screen moves all rows up
  int looks_without_colours;     // bits of attributes that colours exclude, as terminfo's `ncv`
};
struct terminal_habits terminal_habits(void);

/// Sends bytes, all of them, waiting where the terminal takes no more; false where it is gone.
bool terminal_send(const unsigned char *bytes, long count);

#endif

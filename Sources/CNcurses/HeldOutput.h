#ifndef HELD_OUTPUT_H
#define HELD_OUTPUT_H

#include <stdbool.h>
#include <stdio.h>

// What ncurses writes, held back until all of a frame is there. It writes after every move of the
// cursor, a hundred times a frame, and every write wakes the terminal.

/// The file that ncurses is to write to: standard output by a descriptor of its own, where there is
/// one left.
FILE *held_output_open(void);

/// Holds back what ncurses writes from here on. False where that cannot be done.
bool held_output_begin(void);

/// Writes what was held back.
void held_output_end(void);

#endif

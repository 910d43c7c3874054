// What start-up is compared with: the least that an ncurses program does.
#define NCURSES_WIDECHAR 1
#include <curses.h>
#include <locale.h>

int main(void) {
  setlocale(LC_CTYPE, "");
  initscr();
  raw();
  noecho();
  keypad(stdscr, TRUE);
  mvaddstr(11, 33, "Hello, world!");
  refresh();
  getch();
  endwin();
  return 0;
}

#ifndef ACR_CNCURSES_SHIM_H
#define ACR_CNCURSES_SHIM_H
/* ncursesw with its wide-character half; what Swift can't import as a macro is spelled out. */
#define _XOPEN_SOURCE_EXTENDED 1
#define NCURSES_WIDECHAR 1
#include <stdio.h>
#include <stdlib.h>
#include <ncurses.h>
#include <term.h>

static const int acr_err = ERR;
static const int acr_key_code = KEY_CODE_YES;
static const attr_t acr_bold = A_BOLD;
static const attr_t acr_dim = A_DIM;
static const attr_t acr_reverse = A_REVERSE;
static const attr_t acr_underline = A_UNDERLINE;
static const attr_t acr_italic = A_ITALIC;
static const mmask_t acr_mouse_taken = BUTTON1_PRESSED | BUTTON4_PRESSED | BUTTON5_PRESSED | REPORT_MOUSE_POSITION;
static const mmask_t acr_motion = REPORT_MOUSE_POSITION;
static const mmask_t acr_button1 = BUTTON1_PRESSED | BUTTON1_CLICKED;
static const mmask_t acr_wheel_up = BUTTON4_PRESSED;
static const mmask_t acr_wheel_down = BUTTON5_PRESSED;
static inline WINDOW *acr_stdscr(void) { return stdscr; }
/* Whether the terminal named by TERM could be taken; `initscr` would end the program where it can't. What ncurses
   writes goes to `output`, a descriptor of the terminal's. What the line says of its size is believed where it is sane;
   LINES and COLUMNS never are, for shells leave old ones behind: the caller looks at them where the line says nothing. */
static inline int acr_start(int output, int is_sane) {
  FILE *file = fdopen(output, "w");
  if (file == NULL) return 0;
  use_env(!is_sane);
  use_tioctl(is_sane);
  if (!is_sane) {
    /* Not every description has a size, and ncurses takes none without any. */
    setenv("LINES", "24", 1);
    setenv("COLUMNS", "80", 1);
  }
  return newterm(NULL, file, stdin) != NULL;
}
static inline int acr_colors(void) { return COLORS; }
static inline int acr_color_pairs(void) { return COLOR_PAIRS; }
static inline int acr_terminfo_lines(void) { return lines; }
static inline int acr_terminfo_columns(void) { return columns; }
/* ncurses' own `lines` and `columns` macros read terminfo; they would shadow Swift names otherwise. */
#undef lines
#undef columns
#undef tab
#endif

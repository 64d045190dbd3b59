/* cmocka with what it wants included before it, and table-driven rows. */
#ifndef EXREG_TESTS_SUPPORT_TEST_H
#define EXREG_TESTS_SUPPORT_TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Assert inside a table of cases; a failure names its row. */
#define CHECK_ROW(i, cond)                           \
 do {                                                \
  if (!(cond)) {                                     \
   print_error("row %zu: %s\n", (size_t)(i), #cond); \
   fail();                                           \
  }                                                  \
 } while (0)

#endif

/* The directory's outcomes as errors of the API. */
#ifndef EXREG_API_DIRECTORY_ANSWER_H
#define EXREG_API_DIRECTORY_ANSWER_H

#include "base/err.h"
#include "directory/directory.h"

/* what: "person", "group". Returns 0 for DIRECTORY_OK, or -1 with
 * ERR_DIRECTORY_DOWN or ERR_NOT_FOUND. */
int directory_answer(enum directory_result r, const char *what, struct err *e);

#endif

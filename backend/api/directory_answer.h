/* What the directory says, as errors and views of the API. */
#ifndef EXREG_API_DIRECTORY_ANSWER_H
#define EXREG_API_DIRECTORY_ANSWER_H

#include "api/administration_view.h"
#include "base/err.h"
#include "directory/directory.h"

/* what: "person", "group". Returns 0 for DIRECTORY_OK, or -1 with
 * ERR_DIRECTORY_DOWN or ERR_NOT_FOUND. */
int directory_answer(enum directory_result r, const char *what, struct err *e);

struct person_view person_view_of(const struct directory_person *p);

/*
 * The person of a directory name that the input names at pointer. A name
 * that is nobody's, or of an account that is disabled, is a fault there.
 * Returns 0, or -1 with ERR_INVALID or ERR_DIRECTORY_DOWN.
 */
int person_named(struct ctx *c, const char *uid, const char *pointer,
    struct directory_person *p, struct err *e);

/* Insert or update the person as read just now; *id gets the row. */
int person_keep(struct ctx *c, const struct directory_person *p, int64_t *id,
    struct err *e);

#endif

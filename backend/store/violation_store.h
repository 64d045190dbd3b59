/*
 * Reported violations. Functions return 0, or -1 with e set, unless they
 * say otherwise; lists are newest first, below the id `before`.
 */
#ifndef EXREG_STORE_VIOLATION_STORE_H
#define EXREG_STORE_VIOLATION_STORE_H

#include "base/err.h"
#include "domain/violation.h"

struct db;

#define VIOLATION_PAGE_MAX 101

/* v->id is a number taken before. */
int violation_store_add(struct db *db, const struct violation *v,
    struct err *e);

/* 1, 0 when there is none, -1. */
int violation_store_find(struct db *db, int64_t id, struct violation *out,
    struct err *e);

int violation_store_list(struct db *db, int64_t before, int64_t limit,
    struct violation **rows, size_t *n, struct err *e);

/* What a person reported, or was told of as the supervisor. At most
 * VIOLATION_PAGE_MAX. */
int violation_store_list_of(struct db *db, int64_t person_id, int64_t before,
    int64_t limit, struct violation **rows, size_t *n, struct err *e);

/* A notice of it to one person; once, however often it is asked. id: UUIDv7
 * of the notice. */
int violation_store_tell(struct db *db, const struct violation *v,
    int64_t person_id, const unsigned char id[16], struct err *e);

#endif

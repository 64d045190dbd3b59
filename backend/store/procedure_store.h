/* Versions of procedures, and the world a procedure is checked against. */
#ifndef EXREG_STORE_PROCEDURE_STORE_H
#define EXREG_STORE_PROCEDURE_STORE_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/procedure.h"

struct db;

/* All versions of a procedure, the newest first. */
int procedure_store_versions(struct db *db, const char *key,
    struct procedure_version_row **rows, size_t *n, struct err *e);

/* 1, 0 when there is none, -1. */
int procedure_store_version(struct db *db, const char *key, int64_t version,
    struct procedure_row *out, struct err *e);

/* A version is added and never changed. -1 with ERR_CONFLICT when it is
 * there already. */
int procedure_store_publish(struct db *db, const struct procedure *p,
    const char *body, const unsigned char hash[32], int64_t person_id,
    instant_t now, struct err *e);

/* Roles and documents as they are now, on the arena. */
int procedure_store_world(struct db *db, struct arena *a,
    struct procedure_world *out, struct err *e);

/* A new role of the approver class. -1 with ERR_CONFLICT: there is one. */
int procedure_store_role(struct db *db, const char *role, const char *title,
    struct err *e);

#endif

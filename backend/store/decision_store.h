/* Findings, decisions and the risk entries they lead to. */
#ifndef EXREG_STORE_DECISION_STORE_H
#define EXREG_STORE_DECISION_STORE_H

#include "base/err.h"
#include "domain/record.h"

struct db;

int finding_store_put(struct db *db, int64_t exception_id,
    const struct finding *f, struct err *e);
int finding_store_list(struct db *db, int64_t exception_id,
    struct finding **rows, size_t *n, struct err *e);

/* A second decision of the same stage and version is refused by the key. The
 * role's title is found here; d->role_title need not be set. Its conditions
 * are stored with it, and come with it again. */
int decision_store_add(struct db *db, int64_t exception_id,
    const struct decision *d, struct err *e);
int decision_store_list(struct db *db, int64_t exception_id,
    struct decision **rows, size_t *n, struct err *e);

/* Enter a risk under a number taken before, r->id, and link it. */
int risk_store_add(struct db *db, int64_t exception_id, const struct risk *r,
    struct err *e);
int risk_store_list(struct db *db, int64_t exception_id, struct risk **rows,
    size_t *n, struct err *e);

/* Title of a role, NULL when there is none. */
int role_store_title(struct db *db, const char *role, const char **title,
    struct err *e);

#endif

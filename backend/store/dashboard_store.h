/*
 * Figures of the dashboard. Each is the length of a register list, counted
 * by the same branches. Functions return 0, or -1 with e set.
 */
#ifndef EXREG_STORE_DASHBOARD_STORE_H
#define EXREG_STORE_DASHBOARD_STORE_H

#include "db/db.h"
#include "domain/register.h"

#define DASHBOARD_EXPIRED_DAYS 30

struct figures {
	int64_t active;       /* status=active */
	int64_t waiting;      /* status=in_review,returned */
	int64_t ending_30;    /* status=expiring: within the notice period */
	int64_t expired_30;   /* status=expired, from today - 30 */
	int64_t undocumented; /* imported, to be completed; totals only */
};

/* f: a unit or a document, or neither. */
int dashboard_store_totals(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v,
    struct figures *out, struct err *e);

/* One of them for each of n values of a dimension, in their order. */
int dashboard_store_values(struct db *db, struct arena *a,
    const struct register_filter *f, const struct register_view *v,
    enum dimension d, const struct named_row *values, size_t n,
    struct figures *out, struct err *e);

/* Documents by key; units by code, below one when unit_id is not 0. */
int dashboard_store_documents(struct db *db, struct named_row **rows, size_t *n,
    struct err *e);
int dashboard_store_units(struct db *db, int64_t unit_id,
    struct named_row **rows, size_t *n, struct err *e);

#endif

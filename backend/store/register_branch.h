/* The SQL of one branch of a register plan, in two halves. */
#ifndef EXREG_STORE_REGISTER_BRANCH_H
#define EXREG_STORE_REGISTER_BRANCH_H

#include "store/register_filter.h"
#include "store/register_sql.h"

/* It starts from exception_facet, as f. */
bool branch_is_facet(const struct register_branch *b);

/* Sort key and id as the branch names them: "f.holds_until", "e.id". */
const char *branch_key(const struct register_plan *p,
    const struct register_branch *b);
const char *branch_id(const struct register_branch *b);

/* What the index alone answers: the table, then the conditions on it (the
 * first without AND), then the place in the order. */
void branch_put_table(struct sql *q, const struct register_plan *p,
    const struct register_branch *b);
void branch_put_index(struct sql *q, const struct register_plan *p,
    const struct register_branch *b);
void branch_put_span(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const struct register_span *s);

/*
 * The rest: joins by primary key, and conditions (each with AND). The table
 * exception is joined as e when anything here or `want_row` needs it; id:
 * what the joins go by.
 */
void branch_put_joins(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const char *id, bool want_row);
void branch_put_row_joins(struct sql *q, const struct register_plan *p,
    const struct register_branch *b, const char *id); /* without e */
void branch_put_rest(struct sql *q, const struct register_plan *p,
    const struct register_branch *b);

/*
 * Confidential rows of exception, as e, only for those who may see them: " AND
 * (...)", nothing for who sees all.
 */
void branch_put_visible(struct sql *q, const struct register_view *v);

/* There is a rest: rows that the index half finds may not match. */
bool branch_has_rest(const struct register_plan *p,
    const struct register_branch *b);

/* Days are answered by the index: the branch reads by last or first day. */
bool branch_has_days(const struct register_plan *p,
    const struct register_branch *b);

/* Bounds of days as conditions on table `t` ('e' or 'f'); with the last day
 * when `until`. */
void branch_put_days(struct sql *q, char t, const struct status_range *r,
    bool until);

/* "ORDER BY key, id" in the direction of the list. */
void branch_put_order(struct sql *q, const struct register_plan *p,
    const struct register_branch *b);

/* Schema of (sort_key, id) rows. */
const struct schema *branch_place_schema(const struct register_plan *p);

#endif

/* Findings may be replaced by their author; decisions never. */
#include "store/decision_store.h"

#include <string.h>

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

int
finding_store_put(struct db *db, int64_t exception_id, const struct finding *f,
    struct err *e)
{
	return db_exec(db, STMT_FINDING_PUT,
	    VALS(v_i64(exception_id), v_i64(f->content_version),
		v_i64(f->stage), v_str(f->kind), v_i64(f->judgement),
		v_str(f->text), v_i64(f->author_id), v_time(f->created_at)),
	    NULL, e);
}

int
finding_store_list(struct db *db, int64_t exception_id, struct finding **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_FINDINGS_OF, VALS(v_i64(exception_id)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

static int
add_conditions(struct db *db, int64_t exception_id, const struct decision *d,
    struct err *e)
{
	for (size_t i = 0; i < d->nconditions; i++) {
		const struct condition *c = &d->conditions[i];

		if (db_exec(db, STMT_CONDITION_INSERT,
			VALS(v_i64(exception_id), v_i64(d->content_version),
			    v_i64(d->stage), v_i64((int64_t)i + 1),
			    v_str(c->text), v_str(c->owner), v_date(c->due_on)),
			NULL, e) < 0)
			return -1;
	}
	return 0;
}

int
decision_store_add(struct db *db, int64_t exception_id,
    const struct decision *d, struct err *e)
{
	unsigned char hash[32];

	if (d->content_hash == NULL || strlen(d->content_hash) != 64 ||
	    hex_decode(d->content_hash, hash, sizeof(hash)) < 0)
		return err_set(e, ERR_INTERNAL, "The content has no hash.");
	if (db_exec(db, STMT_DECISION_INSERT,
		VALS(v_i64(exception_id), v_i64(d->content_version),
		    v_i64(d->stage), v_i64(d->verdict), v_str(d->reason),
		    v_str(d->precedent_reason), v_date(d->expires_on),
		    v_bytes(hash, sizeof(hash)), v_i64(d->decider_id),
		    v_str(d->decider_name), v_str(d->decider_title),
		    v_str(d->decider_groups), v_str(d->role), v_str(d->role),
		    v_i64(d->mapping_id), v_i64(d->designation_id),
		    v_i64(d->delegation_id), v_i64(d->on_behalf_of_id),
		    v_str(d->on_behalf_of), v_i64(d->procedure_id),
		    v_time(d->decided_at)),
		NULL, e) < 0)
		return -1;
	return add_conditions(db, exception_id, d, e);
}

/* The conditions of one exception stand in the order of its decisions'
 * versions and stages, so those of one decision are neighbours. */
static void
give_conditions(struct decision *d, struct condition *all, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (all[i].content_version != d->content_version ||
		    all[i].stage != d->stage)
			continue;
		if (d->nconditions++ == 0)
			d->conditions = &all[i];
	}
}

static bool
has_approval(const struct decision *d, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (d[i].verdict == VERDICT_APPROVE)
			return true;
	return false;
}

int
decision_store_list(struct db *db, int64_t exception_id, struct decision **rows,
    size_t *n, struct err *e)
{
	void *list = NULL, *conditions = NULL;
	size_t nconditions = 0;

	if (db_list(db, STMT_DECISIONS_OF, VALS(v_i64(exception_id)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	if (has_approval(*rows, *n) &&
	    db_list(db, STMT_CONDITIONS_OF, VALS(v_i64(exception_id)),
		&conditions, &nconditions, e) < 0)
		return -1;
	for (size_t i = 0; i < *n; i++)
		give_conditions(&(*rows)[i], conditions, nconditions);
	return 0;
}

int
risk_store_add(struct db *db, int64_t exception_id, const struct risk *r,
    struct err *e)
{
	if (db_exec(db, STMT_RISK_INSERT,
		VALS(v_i64(r->id), v_str(r->title), v_str(r->description),
		    v_bool(r->confidentiality), v_bool(r->integrity),
		    v_bool(r->availability), v_i64(r->likelihood_before),
		    v_i64(r->impact_before), v_i64(r->likelihood_after),
		    v_i64(r->impact_after), v_i64(r->treatment),
		    v_i64(r->owner_id), v_i64(r->unit_id), v_time(r->opened_at),
		    v_date(r->review_on)),
		NULL, e) < 0)
		return -1;
	return db_exec(db, STMT_EXCEPTION_RISK_INSERT,
	    VALS(v_i64(exception_id), v_i64(r->id)), NULL, e);
}

int
risk_store_list(struct db *db, int64_t exception_id, struct risk **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_RISKS_OF, VALS(v_i64(exception_id)), &list, n, e) <
	    0)
		return -1;
	*rows = list;
	return 0;
}

int
role_store_title(struct db *db, const char *role, const char **title,
    struct err *e)
{
	struct text_row row = { 0 };

	if (db_get(db, STMT_ROLE_TITLE, VALS(v_str(role)), OUT(row), e) < 0)
		return -1;
	*title = row.text;
	return 0;
}

/* One statement a function; lists are bounded by their LIMIT. */
#include "store/catalogue_store.h"

#include <ctype.h>

#include "base/buf.h"
#include "db/db.h"
#include "store/like.h"
#include "store/statements.h"

/* ",(staff|customer),": one of the kinds in a comma separated list. A kind
 * is made of letters, digits and underscores. */
static const char *
one_of(struct arena *a, const char *const *kinds, size_t n)
{
	struct buf b;

	if (kinds == NULL)
		return NULL;
	buf_init(&b, a);
	buf_str(&b, ",(");
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, '|');
		for (const char *s = kinds[i]; *s != '\0'; s++)
			if (isalnum((unsigned char)*s) || *s == '_')
				buf_char(&b, *s);
	}
	buf_str(&b, "),");
	return buf_text(&b);
}

int
catalogue_store_documents(struct db *db, struct arena *a,
    const struct document_filter *f, struct document_row **rows, size_t *n,
    struct err *e)
{
	const char *part = like_pattern(a, "%", f->q);
	const char *kinds = one_of(a, f->kinds, f->nkinds);
	void *list = NULL;

	if (db_list(db, STMT_DOCUMENT_LIST,
		VALS(v_i64(f->after), v_i64(f->domain), v_i64(f->domain),
		    v_str(part), v_str(part), v_str(kinds), v_str(kinds)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_document(struct db *db, const char *key,
    struct document_row *out, struct err *e)
{
	return db_get(db, STMT_DOCUMENT_BY_KEY, VALS(v_str(key)), OUT(*out), e);
}

int
catalogue_store_clauses(struct db *db, int64_t document_id, const char *version,
    struct clause **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DOCUMENT_CLAUSES,
		VALS(v_i64(document_id), v_str(version)), &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_sla(struct db *db, int64_t document_id, const char *version,
    struct sla_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_DOCUMENT_SLA,
		VALS(v_i64(document_id), v_str(version)), &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_procedures(struct db *db, struct procedure_row **rows,
    size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_PROCEDURE_LIST, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_procedure(struct db *db, int64_t id, struct procedure_row *out,
    struct err *e)
{
	return db_get(db, STMT_PROCEDURE_BY_ID, VALS(v_i64(id)), OUT(*out), e);
}

int
catalogue_store_procedure_newest(struct db *db, const char *key,
    struct procedure_row *out, struct err *e)
{
	return db_get(db, STMT_PROCEDURE_NEWEST, VALS(v_str(key)), OUT(*out),
	    e);
}

int
catalogue_store_assets(struct db *db, struct arena *a,
    const struct asset_filter *f, struct asset_row **rows, size_t *n,
    struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ASSET_LIST,
		VALS(v_i64(f->me), v_i64(f->after),
		    v_str(like_pattern(a, "%", f->q)), v_bool(f->mine),
		    v_i64(f->me)),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_asset(struct db *db, int64_t id, int64_t me,
    struct asset_row *out, struct err *e)
{
	return db_get(db, STMT_ASSET_BY_ID, VALS(v_i64(me), v_i64(id)),
	    OUT(*out), e);
}

int
catalogue_store_units(struct db *db, struct unit_row **rows, size_t *n,
    struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_UNIT_LIST, NO_VALS, &list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_unit(struct db *db, const char *code, struct unit_row *out,
    struct err *e)
{
	return db_get(db, STMT_UNIT_BY_CODE, VALS(v_str(code)), OUT(*out), e);
}

int
catalogue_store_owners(struct db *db, struct arena *a, const char *q,
    struct owner_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_OWNER_LIST, VALS(v_str(like_pattern(a, "", q))),
		&list, n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
catalogue_store_person(struct db *db, const char *uid, int64_t *id,
    struct err *e)
{
	struct id_row row = { 0 };
	int found =
	    db_get(db, STMT_PERSON_ID_BY_UID, VALS(v_str(uid)), OUT(row), e);

	if (found > 0)
		*id = row.id;
	return found;
}

int
catalogue_store_profile(struct db *db, int64_t id, struct profile *out,
    struct err *e)
{
	return db_get(db, STMT_PERSON_PROFILE, VALS(v_i64(id)), OUT(*out), e);
}

int
catalogue_store_held_role(struct db *db, const struct grant *g,
    struct held_role *out, struct err *e)
{
	int found;

	if (g->mapping_id > 0)
		found = db_get(db, STMT_ROLE_BY_MAPPING,
		    VALS(v_i64(g->mapping_id)), OUT(*out), e);
	else if (g->designation_id > 0)
		found = db_get(db, STMT_ROLE_BY_DESIGNATION,
		    VALS(v_i64(g->designation_id)), OUT(*out), e);
	else
		found = db_get(db, STMT_ROLE_BY_KEY, VALS(v_str(g->role)),
		    OUT(*out), e);
	if (found > 0)
		out->on_behalf_of = g->on_behalf_name;
	return found;
}

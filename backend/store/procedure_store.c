/* Nothing here changes or removes a version. */
#include "store/procedure_store.h"

#include "db/db.h"
#include "domain/access.h"
#include "domain/roles.h"
#include "store/statements.h"

int
procedure_store_versions(struct db *db, const char *key,
    struct procedure_version_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_PROCEDURE_VERSIONS, VALS(v_str(key)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
procedure_store_version(struct db *db, const char *key, int64_t version,
    struct procedure_row *out, struct err *e)
{
	return db_get(db, STMT_PROCEDURE_VERSION_GET,
	    VALS(v_str(key), v_i64(version)), OUT(*out), e);
}

int
procedure_store_publish(struct db *db, const struct procedure *p,
    const char *body, const unsigned char hash[32], int64_t person_id,
    instant_t now, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_PROCEDURE_VERSION_INSERT,
		VALS(v_str(p->key), v_i64(p->version), v_str(p->title),
		    v_i64(p->type), v_str(body), v_bytes(hash, 32), v_time(now),
		    v_i64(person_id), v_str(p->key), v_i64(p->version)),
		&n, e) < 0)
		return -1;
	return n == 1 ? 0 :
			err_set(e, ERR_CONFLICT,
			    "That version is there already. Look at it, then "
			    "publish yours as the next one.");
}

static int
load_roles(struct db *db, struct arena *a, struct procedure_world *out,
    struct err *e)
{
	struct world_role *rows;
	const char **roles;
	bool *held;
	void *list = NULL;

	if (db_list(db, STMT_WORLD_ROLES, NO_VALS, &list, &out->nroles, e) < 0)
		return -1;
	rows = list;
	roles = arena_array(a, out->nroles, sizeof(*roles));
	held = arena_array(a, out->nroles, sizeof(*held));
	for (size_t i = 0; i < out->nroles; i++) {
		roles[i] = rows[i].role;
		held[i] = rows[i].held;
	}
	out->roles = roles;
	out->held = held;
	return 0;
}

static int
load_kinds(struct db *db, struct arena *a, struct procedure_world *out,
    struct err *e)
{
	struct role_row *rows;
	const char **kinds;
	void *list = NULL;

	if (db_list(db, STMT_KIND_LIST, NO_VALS, &list, &out->nkinds, e) < 0)
		return -1;
	rows = list;
	kinds = arena_array(a, out->nkinds, sizeof(*kinds));
	for (size_t i = 0; i < out->nkinds; i++)
		kinds[i] = rows[i].role;
	out->kinds = kinds;
	return 0;
}

int
procedure_store_world(struct db *db, struct arena *a,
    struct procedure_world *out, struct err *e)
{
	struct world_document *rows;
	const char **keys;
	int64_t *days;
	void *list = NULL;

	if (load_roles(db, a, out, e) < 0 || load_kinds(db, a, out, e) < 0 ||
	    db_list(db, STMT_WORLD_DOCUMENTS, NO_VALS, &list, &out->ndocuments,
		e) < 0)
		return -1;
	rows = list;
	keys = arena_array(a, out->ndocuments, sizeof(*keys));
	days = arena_array(a, out->ndocuments, sizeof(*days));
	for (size_t i = 0; i < out->ndocuments; i++) {
		keys[i] = rows[i].document_key;
		days[i] = rows[i].max_term_days;
	}
	out->documents = keys;
	out->document_max_days = days;
	return 0;
}

int
procedure_store_role(struct db *db, const char *role, const char *title,
    struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_ROLE_INSERT,
		VALS(v_str(role), v_str(title), v_i64(ROLE_CLASS_APPROVER),
		    v_str(role)),
		&n, e) < 0)
		return -1;
	return n == 1 ?
	    0 :
	    err_set(e, ERR_CONFLICT, "There is a role of that key.");
}

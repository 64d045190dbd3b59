/* Looked up one after the other; a name that is not there is a fault. */
#include "api/scope_input.h"

#include <string.h>

#include "store/catalogue_store.h"
#include "store/role_store.h"

static int
find_role(struct ctx *c, const char *role, const char **title, struct err *e)
{
	struct role_row *roles = NULL;
	size_t n = 0;

	*title = NULL;
	if (role_store_list(c->db, &roles, &n, e) < 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (strcmp(roles[i].role, role) == 0)
			*title = roles[i].title;
	}
	return 0;
}

static int
find_unit(struct ctx *c, const char *code, int64_t *id, struct err *e)
{
	struct unit_row unit;
	int found;

	*id = I64_NONE;
	if (code == NULL)
		return 0;
	found = catalogue_store_unit(c->db, code, &unit, e);
	if (found > 0)
		*id = unit.id;
	return found < 0 ? -1 : 0;
}

int
scope_resolve(struct ctx *c, const struct scope_named *named,
    struct scope_ids *ids, struct err *e)
{
	ids->document_id = I64_NONE;
	ids->domain = named->domain != 0 ? (int64_t)named->domain : I64_NONE;
	if (find_role(c, named->role, &ids->role_title, e) < 0 ||
	    find_unit(c, named->unit, &ids->unit_id, e) < 0)
		return -1;
	if (named->document != NULL &&
	    document_store_id(c->db, named->document, &ids->document_id, e) < 0)
		return -1;
	if (ids->role_title == NULL)
		err_field(e, c->arena, "/role", "is not a role");
	if (named->unit != NULL && ids->unit_id == I64_NONE)
		err_field(e, c->arena, "/unit", "is not a unit");
	if (named->document != NULL && ids->document_id == I64_NONE)
		err_field(e, c->arena, "/document", "is not a document");
	return e->kind == ERR_NONE ? 0 : -1;
}

/*
 * EXPLAIN of a composed statement: a test fails when a table of the register
 * is read other than by an index.
 */
#ifndef EXREG_TESTS_DB_EXPLAIN_H
#define EXREG_TESTS_DB_EXPLAIN_H

#include "support/test.h"

#include "store/register_filter.h"
#include "support/db_fixture.h"

struct explain_row {
	int64_t id;
	const char *select_type;
	const char *table;
	const char *type;
	const char *possible_keys;
	const char *key;
	const char *key_len;
	const char *ref;
	const char *rows;
	const char *Extra;
};

/* clang-format off */
static const struct field explain_row_fields[] = {
	F_I64(explain_row, id, .flags = FIELD_NULLABLE, .doc = "-"),
	F_STR(explain_row, select_type, .doc = "-"),
	F_STR(explain_row, table, .doc = "-"),
	F_STR(explain_row, type, .doc = "-"),
	F_STR(explain_row, possible_keys, .doc = "-"),
	F_STR(explain_row, key, .doc = "-"),
	F_STR(explain_row, key_len, .doc = "-"),
	F_STR(explain_row, ref, .doc = "-"),
	F_STR(explain_row, rows, .doc = "-"),
	F_STR(explain_row, Extra, .doc = "-"),
};
/* clang-format on */
static const struct schema explain_row_schema =
    SCHEMA(explain_row, explain_row_fields, "-");

static inline bool
is(const char *value, const char *expected)
{
	return value != NULL && strcmp(value, expected) == 0;
}

/* A table the server makes itself, or a list of the few. */
static inline bool
is_own_table(const char *table)
{
	return table != NULL && table[0] == '<';
}

/* In order: the two names differ, and so do their filesorts. */
static inline const char *
fault_of(const struct explain_row *x, bool sorted)
{
	bool sorts = x->Extra != NULL && strstr(x->Extra, "filesort") != NULL;
	bool copies = x->Extra != NULL && strstr(x->Extra, "temporary") != NULL;

	if (is_own_table(x->table) || is(x->select_type, "UNION RESULT"))
		return NULL;
	/* Impossible bounds, or the table of constants of a key read. */
	if (x->table == NULL)
		return NULL;
	if (is(x->type, "ALL"))
		return "a full scan";
	if (is(x->type, "index"))
		return "a scan of a whole index";
	if (sorts && !sorted)
		return "a filesort";
	if (copies && !sorted)
		return "a temporary table";
	return NULL;
}

static inline void
explain(struct db_fixture *fx, const char *name, const struct register_sql *sql,
    bool sorted)
{
	struct stmt_def def = sql->def;
	void *list = NULL;
	size_t n = 0;

	if (strncmp(def.text, "SET STATEMENT", 13) == 0)
		def.text = strstr(def.text, "SELECT");
	def.text = arena_printf(&fx->arena, "EXPLAIN %s", def.text);
	def.row = &explain_row_schema;
	db_fixture_ok(db_list_def(fx->db, &def, sql->vals, sql->nvals, &list,
			  &n, &fx->e),
	    &fx->e);
	for (size_t i = 0; i < n; i++) {
		const struct explain_row *x =
		    &((const struct explain_row *)list)[i];
		const char *fault = fault_of(x, sorted);

		if (fault == NULL)
			continue;
		print_error("%s: %s of %s by %s (%s)\n%s\n", name, fault,
		    x->table, x->key != NULL ? x->key : "no key",
		    x->Extra != NULL ? x->Extra : "", def.text);
		fail();
	}
}

#endif

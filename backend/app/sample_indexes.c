/*
 * One pass over sorted keys is several times faster than a place in a tree
 * for each row. The schema itself says which indexes there are, so a
 * migration that adds one needs nothing here.
 */
#include "app/sample_indexes.h"

#include <string.h>

#include "base/buf.h"
#include "db/db.h"

struct collect {
	struct buf drop;
	struct buf restore;
};

/* name, type, columns */
static int
index_row(void *arg, size_t n, const char **names, const char **values,
    struct err *e)
{
	struct collect *c = arg;
	const char *kind =
	    strcmp(values[1], "FULLTEXT") == 0 ? "FULLTEXT " : "";

	(void)n;
	(void)names;
	(void)e;
	if (c->drop.len > 0) {
		buf_str(&c->drop, ", ");
		buf_str(&c->restore, ", ");
	}
	buf_printf(&c->drop, "DROP KEY %s", values[0]);
	buf_printf(&c->restore, "ADD %sKEY %s (%s)", kind, values[0],
	    values[2]);
	return 0;
}

int
indexes_drop(struct db *db, const char *table, struct arena *a,
    struct table_indexes *out, struct err *e)
{
	struct collect c;
	const char *query = arena_printf(a,
	    "SELECT index_name, index_type,"
	    " GROUP_CONCAT(column_name ORDER BY seq_in_index)"
	    " FROM information_schema.statistics"
	    " WHERE table_schema = DATABASE() AND table_name = '%s'"
	    " AND non_unique = 1 GROUP BY index_name, index_type"
	    " ORDER BY index_name",
	    table);

	*out = (struct table_indexes){ .table = table };
	buf_init(&c.drop, a);
	buf_init(&c.restore, a);
	if (db_text(db, query, index_row, &c, e) < 0)
		return -1;
	if (c.drop.len == 0)
		return 0;
	out->restore =
	    arena_printf(a, "ALTER TABLE %s %s", table, buf_text(&c.restore));
	return db_text(db,
	    arena_printf(a, "ALTER TABLE %s %s", table, buf_text(&c.drop)),
	    NULL, NULL, e);
}

int
indexes_restore(struct db *db, const struct table_indexes *x, struct err *e)
{
	return x->restore == NULL ? 0 : db_text(db, x->restore, NULL, NULL, e);
}

/*
 * An open hash table over an arena of its own: entries by (kind, number,
 * text), where a name is found by its id and an id by what people type. It
 * fills to NAMES_MAX and starts anew with the next request; what finds no
 * room meanwhile goes into a second table on the caller's arena.
 */
#include "store/names.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "domain/register.h"
#include "store/register_sql.h"
#include "store/statements.h"

enum kind {
	KIND__NONE, /* a free place */
	KIND_DOCUMENT,
	KIND_UNIT,
	KIND_PERSON,
	KIND_DOCUMENT_KEY,
	KIND_UNIT_CODE,
	KIND_CLAUSE_REF, /* number: its document */
};

struct entry {
	enum kind kind;
	int64_t number;
	const char *text; /* what was typed, or key or code */
	const char *name;
	int64_t id;
};

struct table {
	struct arena *arena;
	struct entry *entries;
	size_t places; /* a power of two, more than twice what is in it */
	size_t n;
};

struct names {
	struct arena arena;
	struct table table;
	int64_t epoch;
};

/* Ids asked for in one statement; their number is made one of few, so that
 * few statements are prepared. */
#define ASK_MOST 128

static void
table_init(struct table *t, struct arena *a, size_t places)
{
	t->arena = a;
	t->places = places;
	t->n = 0;
	t->entries = arena_array(a, places, sizeof(*t->entries));
}

static uint64_t
mix(uint64_t h, uint64_t v)
{
	return (h ^ v) * UINT64_C(1099511628211); /* FNV-1a */
}

static uint64_t
hash_of(enum kind kind, int64_t number, const char *text)
{
	uint64_t h = mix(UINT64_C(14695981039346656037), kind);

	for (unsigned shift = 0; shift < 64; shift += 8)
		h = mix(h, (uint64_t)number >> shift & 0xff);
	for (; text != NULL && *text != '\0'; text++)
		h = mix(h, (unsigned char)*text);
	return h ^ h >> 32;
}

/* text: what is part of the key, NULL where the number is all of it. */
static struct entry *
place_of(const struct table *t, enum kind kind, int64_t number,
    const char *text)
{
	size_t i = (size_t)hash_of(kind, number, text) & (t->places - 1);

	for (;; i = (i + 1) & (t->places - 1)) {
		struct entry *at = &t->entries[i];

		if (at->kind == KIND__NONE ||
		    (at->kind == kind && at->number == number &&
			(text == NULL || strcmp(at->text, text) == 0)))
			return at;
	}
}

static const struct entry *
find(const struct table *t, enum kind kind, int64_t number, const char *text)
{
	const struct entry *at;

	if (t->places == 0)
		return NULL;
	at = place_of(t, kind, number, text);
	return at->kind == KIND__NONE ? NULL : at;
}

static void
keep(struct table *t, const struct entry *entry, const char *key)
{
	struct entry *at = place_of(t, entry->kind, entry->number, key);

	if (at->kind != KIND__NONE)
		return;
	*at = *entry;
	at->text = arena_strdup(t->arena, entry->text);
	at->name = arena_strdup(t->arena, entry->name);
	t->n++;
}

struct names *
names_open(void)
{
	struct names *n = calloc(1, sizeof(*n));

	if (n == NULL)
		abort();
	arena_init(&n->arena);
	table_init(&n->table, &n->arena, (size_t)2 * NAMES_MAX);
	return n;
}

void
names_close(struct names *n)
{
	if (n == NULL)
		return;
	arena_release(&n->arena);
	free(n);
}

static bool
is_full(const struct table *t)
{
	return t->n >= NAMES_MAX;
}

void
names_at(struct names *n, int64_t epoch)
{
	if (n->epoch == epoch && !is_full(&n->table))
		return;
	n->epoch = epoch;
	arena_release(&n->arena);
	table_init(&n->table, &n->arena, (size_t)2 * NAMES_MAX);
}

/* ---- by id ---------------------------------------------------------------- */

/* Ids of one kind that are not known yet, each once. */
struct asked {
	int64_t ids[ASK_MOST];
	size_t n;
};

struct filling {
	struct names *names;
	struct db *db;
	struct arena *arena;
	struct table more; /* when there is no room in names */
};

static const struct entry *
known(const struct filling *f, enum kind kind, int64_t id)
{
	const struct entry *at = find(&f->names->table, kind, id, NULL);

	return at != NULL ? at : find(&f->more, kind, id, NULL);
}

static void
learn(struct filling *f, const struct entry *entry)
{
	if (!is_full(&f->names->table))
		keep(&f->names->table, entry, NULL);
	else
		keep(&f->more, entry, NULL);
}

static const char *
statement_of(enum kind kind)
{
	switch (kind) {
	case KIND_DOCUMENT:
		return "SELECT id, document_key AS `key`, title AS name"
		       " FROM document WHERE id";
	case KIND_UNIT:
		return "SELECT id, code AS `key`, name FROM unit WHERE id";
	case KIND_PERSON:
	case KIND__NONE:
	case KIND_DOCUMENT_KEY:
	case KIND_UNIT_CODE:
	case KIND_CLAUSE_REF:
		break;
	}
	return "SELECT id, '' AS `key`, name FROM person WHERE id";
}

static int
ask(struct filling *f, enum kind kind, struct asked *asked, struct err *e)
{
	struct named_row *rows;
	struct stmt_def def;
	void *list = NULL;
	struct sql q;
	size_t n = 0;
	size_t size = 4;

	if (asked->n == 0)
		return 0;
	while (size < asked->n)
		size *= 4;
	if (size > ASK_MOST)
		size = ASK_MOST;
	while (asked->n < size) {
		asked->ids[asked->n] = asked->ids[0];
		asked->n++;
	}
	sql_begin(&q, f->arena);
	sql_put(&q, statement_of(kind));
	sql_in(&q, asked->ids, asked->n);
	asked->n = 0;
	def = sql_end(&q, "names", &named_row_schema);
	if (db_list_def(f->db, &def, q.vals, q.nvals, &list, &n, e) < 0)
		return -1;
	rows = list;
	for (size_t i = 0; i < n; i++)
		learn(f,
		    &(struct entry){ .kind = kind,
			.number = rows[i].id,
			.text = rows[i].key,
			.name = rows[i].name });
	return 0;
}

static int64_t
id_in(const struct register_row *r, enum kind kind)
{
	switch (kind) {
	case KIND_DOCUMENT:
		return r->document_id;
	case KIND_UNIT:
		return r->unit_id;
	case KIND_PERSON:
		return r->owner_id;
	case KIND__NONE:
	case KIND_DOCUMENT_KEY:
	case KIND_UNIT_CODE:
	case KIND_CLAUSE_REF:
		break;
	}
	return I64_NONE;
}

static bool
is_asked(const struct asked *asked, int64_t id)
{
	for (size_t i = 0; i < asked->n; i++)
		if (asked->ids[i] == id)
			return true;
	return false;
}

/* Know all names of a kind that the rows speak of. */
static int
ask_all(struct filling *f, enum kind kind, const struct register_row *rows,
    size_t nrows, struct err *e)
{
	struct asked asked = { .n = 0 };

	for (size_t i = 0; i < nrows; i++) {
		int64_t id = id_in(&rows[i], kind);

		if (id == I64_NONE || is_asked(&asked, id) ||
		    known(f, kind, id) != NULL)
			continue;
		asked.ids[asked.n++] = id;
		if (asked.n == ASK_MOST && ask(f, kind, &asked, e) < 0)
			return -1;
	}
	return ask(f, kind, &asked, e);
}

static void
fill_row(const struct filling *f, struct register_row *r)
{
	static const struct entry none;
	const struct entry *document = known(f, KIND_DOCUMENT, r->document_id);
	const struct entry *unit = known(f, KIND_UNIT, r->unit_id);
	const struct entry *owner = known(f, KIND_PERSON, r->owner_id);

	document = document != NULL ? document : &none;
	unit = unit != NULL ? unit : &none;
	r->document_key = document->text;
	r->document_title = document->name;
	r->unit_code = unit->text;
	r->unit_name = unit->name;
	r->owner_name = owner != NULL ? owner->name : NULL;
}

int
names_fill(struct names *n, struct db *db, struct arena *a,
    struct register_row *rows, size_t nrows, struct err *e)
{
	struct filling f = { .names = n, .db = db, .arena = a };

	/* Room for a document, a unit and an owner of each row. */
	if (n->table.n + 3 * nrows > NAMES_MAX) {
		size_t places = 16;

		while (places < 6 * nrows)
			places *= 2;
		table_init(&f.more, a, places);
	}
	for (enum kind k = KIND_DOCUMENT; k <= KIND_PERSON; k++)
		if (ask_all(&f, k, rows, nrows, e) < 0)
			return -1;
	for (size_t i = 0; i < nrows; i++)
		fill_row(&f, &rows[i]);
	return 0;
}

/* ---- by what people type --------------------------------------------------- */

static int
look_up(struct db *db, enum kind kind, int64_t document_id, const char *text,
    struct named_row *row, struct err *e)
{
	switch (kind) {
	case KIND_DOCUMENT_KEY:
		return db_get(db, STMT_REGISTER_DOCUMENT, VALS(v_str(text)),
		    row, sizeof(*row), e);
	case KIND_UNIT_CODE:
		return db_get(db, STMT_REGISTER_UNIT, VALS(v_str(text)), row,
		    sizeof(*row), e);
	case KIND_CLAUSE_REF:
		return db_get(db, STMT_REGISTER_CLAUSE,
		    VALS(v_i64(document_id), v_str(text)), row, sizeof(*row),
		    e);
	case KIND__NONE:
	case KIND_DOCUMENT:
	case KIND_UNIT:
	case KIND_PERSON:
		break;
	}
	assert(!"a kind that nobody types");
	return -1;
}

/* number: the document of a clause, else 0. */
static int
id_of(struct names *n, struct db *db, enum kind kind, int64_t number,
    const char *text, int64_t *id, struct err *e)
{
	const struct entry *at = find(&n->table, kind, number, text);
	struct named_row row = { 0 };
	int found;

	if (at != NULL) {
		*id = at->id;
		return 1;
	}
	found = look_up(db, kind, number, text, &row, e);
	if (found != 1)
		return found;
	*id = row.id;
	/* Other spellings of it must not take the room of names. */
	if (!is_full(&n->table) && strcmp(row.key, text) == 0)
		keep(&n->table,
		    &(struct entry){ .kind = kind,
			.number = number,
			.text = text,
			.id = row.id },
		    text);
	return 1;
}

int
names_document(struct names *n, struct db *db, const char *key, int64_t *id,
    struct err *e)
{
	return id_of(n, db, KIND_DOCUMENT_KEY, 0, key, id, e);
}

int
names_unit(struct names *n, struct db *db, const char *code, int64_t *id,
    struct err *e)
{
	return id_of(n, db, KIND_UNIT_CODE, 0, code, id, e);
}

int
names_clause(struct names *n, struct db *db, int64_t document_id,
    const char *ref, int64_t *id, struct err *e)
{
	return id_of(n, db, KIND_CLAUSE_REF, document_id, ref, id, e);
}

/*
 * Prepared statements: made on first use, kept as long as the connection.
 * The result is described and bound once, when the statement is prepared;
 * an execution binds the parameters and costs one round trip.
 */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "db/handle.h"

/* Types go by the signature and not by the value, so that a NULL does not
 * change what the server made of the statement. */
static void
param_init(MYSQL_BIND *b, struct param *p, char letter)
{
	b->is_null = &p->null;
	b->length = &p->len;
	switch (letter) {
	case 'i':
		b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &p->num;
		break;
	case 's':
		b->buffer_type = MYSQL_TYPE_STRING;
		break;
	case 'b':
		b->buffer_type = MYSQL_TYPE_BLOB;
		break;
	case 'd':
		b->buffer_type = MYSQL_TYPE_DATE;
		b->buffer = &p->time;
		break;
	default:
		assert(letter == 't');
		b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &p->time;
		break;
	}
}

static void
time_of(MYSQL_TIME *t, enum enum_mysql_timestamp_type type, date_t day,
    int64_t us)
{
	struct civil c = date_to_civil(day);
	int64_t s = us / US_PER_SECOND;

	*t = (MYSQL_TIME){
		.year = (unsigned)c.year,
		.month = (unsigned)c.month,
		.day = (unsigned)c.day,
		.hour = (unsigned)(s / 3600),
		.minute = (unsigned)(s / 60 % 60),
		.second = (unsigned)(s % 60),
		.second_part = (unsigned long)(us % US_PER_SECOND),
		.time_type = type,
	};
}

static void
instant_of(MYSQL_TIME *t, instant_t when)
{
	int64_t day = when / US_PER_DAY;
	int64_t us = when % US_PER_DAY;

	if (us < 0) {
		us += US_PER_DAY;
		day--;
	}
	time_of(t, MYSQL_TIMESTAMP_DATETIME, (date_t)day, us);
}

static void
param_set(MYSQL_BIND *b, struct param *p, char letter, const struct val *v)
{
	assert(v->type != VAL__INVALID);
	p->null = v->type == VAL_NULL ? 1 : 0;
	switch (v->type) {
	case VAL__INVALID:
	case VAL_NULL:
		return;
	case VAL_I64:
		assert(letter == 'i');
		p->num = v->num;
		return;
	case VAL_STR:
	case VAL_BYTES:
		assert(letter == (v->type == VAL_STR ? 's' : 'b'));
		p->len = v->len;
		b->buffer_length = v->len;
		memcpy(&b->buffer, &v->data, sizeof(b->buffer)); /* only read */
		return;
	case VAL_DATE:
		assert(letter == 'd');
		time_of(&p->time, MYSQL_TIMESTAMP_DATE, (date_t)v->num, 0);
		return;
	case VAL_TIME:
		assert(letter == 't');
		instant_of(&p->time, v->num);
		return;
	}
}

/* Number of parameters, columns or none, and the plan for them. */
static int
stmt_describe(struct db *db, struct stmt *st, struct err *e)
{
	const struct stmt_def *def = st->def;
	unsigned columns = mysql_stmt_field_count(st->handle);
	MYSQL_RES *meta;
	char why[200];

	st->nparams = strlen(def->sig);
	if (mysql_stmt_param_count(st->handle) != st->nparams)
		return db_fault(db, def, e,
		    "%zu parameters in the heading, %lu in the text",
		    st->nparams, mysql_stmt_param_count(st->handle));
	if (columns == 0)
		return def->row == NULL ?
		    0 :
		    db_fault(db, def, e, "names a row but has no columns");
	if (def->row == NULL)
		return db_fault(db, def, e, "has columns but names no row");
	meta = mysql_stmt_result_metadata(st->handle);
	if (meta == NULL)
		return db_fail(db, def, st, e);
	st->plan = plan_new(def->row, mysql_fetch_fields(meta), columns, why,
	    sizeof(why));
	mysql_free_result(meta);
	if (st->plan == NULL)
		return db_fault(db, def, e, "%s", why);
	if (mysql_stmt_bind_result(st->handle, plan_binds(st->plan)))
		return db_fail(db, def, st, e);
	return 0;
}

struct stmt *
stmt_prepare(struct db *db, const struct stmt_def *def, struct err *e)
{
	struct stmt *st = db_calloc(1, sizeof(*st));

	st->def = def;
	st->handle = mysql_stmt_init(db->mysql);
	if (st->handle == NULL)
		abort();
	if (mysql_stmt_prepare(st->handle, def->text, strlen(def->text))) {
		db_fail(db, def, st, e);
		goto failed;
	}
	if (stmt_describe(db, st, e) < 0)
		goto failed;
	st->params = db_calloc(st->nparams + 1, sizeof(*st->params));
	st->binds = db_calloc(st->nparams + 1, sizeof(*st->binds));
	for (size_t i = 0; i < st->nparams; i++)
		param_init(&st->binds[i], &st->params[i], def->sig[i]);
	return st;
failed:
	stmt_close(st);
	return NULL;
}

void
stmt_close(struct stmt *st)
{
	if (st == NULL)
		return;
	mysql_stmt_close(st->handle);
	plan_free(st->plan);
	free(st->params);
	free(st->binds);
	for (size_t i = 0; i < COPIED_TEXTS; i++)
		free(st->texts[i]);
	free(st);
}

struct stmt *
stmt_find(struct db *db, unsigned id, struct err *e)
{
	assert(id < db->ndefs);
	if (db_may_run(db, db->defs[id].name, e) < 0)
		return NULL;
	if (db->stmts[id] == NULL)
		db->stmts[id] = stmt_prepare(db, &db->defs[id], e);
	return db->stmts[id];
}

static uint64_t
text_hash(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a */

	for (; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * UINT64_C(1099511628211);
	return h;
}

static bool
same_def(const struct stmt_def *a, const struct stmt_def *b)
{
	return a->row == b->row && strcmp(a->sig, b->sig) == 0 &&
	    strcmp(a->text, b->text) == 0;
}

/* The place of that statement, or else the one to be used for it: a free
 * one, or the one not used for the longest time. */
static size_t
composed_place(const struct db *db, const struct stmt_def *def, uint64_t hash)
{
	size_t place = 0;

	for (size_t i = 0; i < COMPOSED_MAX; i++) {
		const struct stmt *st = db->composed[i];

		if (st == NULL)
			return i; /* filled from the front */
		if (st->hash == hash && same_def(st->def, def))
			return i;
		if (st->used < db->composed[place]->used)
			place = i;
	}
	return place;
}

static void
copy_def(struct stmt *st, const struct stmt_def *def)
{
	const char *const texts[COPIED_TEXTS] = { def->name, def->sig,
		def->where, def->text };

	for (size_t i = 0; i < COPIED_TEXTS; i++)
		st->texts[i] = db_strdup(texts[i]);
	st->copy = (struct stmt_def){
		.name = st->texts[0],
		.sig = st->texts[1],
		.row = def->row,
		.where = st->texts[2],
		.text = st->texts[3],
	};
	st->def = &st->copy;
}

struct stmt *
stmt_compose(struct db *db, const struct stmt_def *def, struct err *e)
{
	uint64_t hash = text_hash(def->text);
	size_t i = composed_place(db, def, hash);
	struct stmt *st = db->composed[i];

	if (db_may_run(db, def->name, e) < 0)
		return NULL;
	if (st == NULL || st->hash != hash || !same_def(st->def, def)) {
		st = stmt_prepare(db, def, e);
		if (st == NULL)
			return NULL;
		copy_def(st, def);
		st->hash = hash;
		stmt_close(db->composed[i]);
		db->composed[i] = st;
	}
	st->used = ++db->clock;
	return st;
}

int
stmt_run(struct db *db, struct stmt *st, const struct val *v, size_t nv,
    struct err *e)
{
	assert(nv == st->nparams);
	for (size_t i = 0; i < nv; i++)
		param_set(&st->binds[i], &st->params[i], st->def->sig[i],
		    &v[i]);
	db->count++;
	if ((nv > 0 && mysql_stmt_bind_param(st->handle, st->binds)) ||
	    mysql_stmt_execute(st->handle))
		return db_fail(db, st->def, st, e);
	return 0;
}

/*
 * Written for speed, as one would by hand: statements prepared once, bound
 * buffers, an append buffer, an escaper that copies what needs no escape.
 */
#include "bench/bare.h"

#include <mysql.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "bench/stats.h"

#define STATEMENTS_MAX 512
#define COLUMNS_MAX 80
#define TEXT_MAX 4096
#define BUFFER_BYTES (8u << 20)

struct column {
	char name[80];
	size_t name_len;
	enum enum_field_types type; /* LONGLONG, DATETIME or STRING */
	long long number;
	MYSQL_TIME time;
	char text[TEXT_MAX];
	unsigned long len;
	my_bool null;
};

struct statement {
	const char *text;
	MYSQL_STMT *handle; /* NULL: run as text (BEGIN, COMMIT) */
	unsigned ncolumns;
	struct column *columns;
	MYSQL_BIND binds[COLUMNS_MAX];
};

struct bare_client {
	MYSQL *mysql;
	struct statement *statements;
	size_t n;
	char *buffer;
	size_t used;
	FILE *output;
	size_t number;
	long long inserted;
};

/* ---- statements ------------------------------------------------------- */

static void
bind_column(struct statement *st, unsigned i, const MYSQL_FIELD *field)
{
	struct column *c = &st->columns[i];
	MYSQL_BIND *b = &st->binds[i];

	c->name_len =
	    (size_t)snprintf(c->name, sizeof(c->name), "\"%s\":", field->name);
	b->is_null = &c->null;
	b->length = &c->len;
	if (IS_NUM(field->type) && field->type != MYSQL_TYPE_NEWDECIMAL) {
		c->type = b->buffer_type = MYSQL_TYPE_LONGLONG;
		b->buffer = &c->number;
	} else if (field->type == MYSQL_TYPE_DATE ||
	    field->type == MYSQL_TYPE_DATETIME) {
		c->type = b->buffer_type = MYSQL_TYPE_DATETIME;
		b->buffer = &c->time;
		c->len = field->type == MYSQL_TYPE_DATE;
	} else {
		c->type = b->buffer_type = MYSQL_TYPE_STRING;
		b->buffer = c->text;
		b->buffer_length = TEXT_MAX;
	}
}

static void
prepare(struct bare_client *c, struct statement *st, const char *text)
{
	MYSQL_RES *meta;

	st->text = text;
	if (strncmp(text, "START", 5) == 0 || strncmp(text, "COMMIT", 6) == 0 ||
	    strncmp(text, "SET", 3) == 0)
		return;
	st->handle = mysql_stmt_init(c->mysql);
	if (st->handle == NULL ||
	    mysql_stmt_prepare(st->handle, text, strlen(text)) != 0)
		bare_fail(text, mysql_stmt_error(st->handle));
	meta = mysql_stmt_result_metadata(st->handle);
	if (meta == NULL)
		return;
	st->ncolumns = mysql_num_fields(meta);
	if (st->ncolumns > COLUMNS_MAX)
		bare_fail(text, "too many columns");
	st->columns = calloc(st->ncolumns, sizeof(*st->columns));
	if (st->columns == NULL)
		bare_fail("memory", "is missing");
	for (unsigned i = 0; i < st->ncolumns; i++)
		bind_column(st, i, mysql_fetch_field_direct(meta, i));
	mysql_free_result(meta);
	if (mysql_stmt_bind_result(st->handle, st->binds) != 0)
		bare_fail(text, mysql_stmt_error(st->handle));
}

/* The whole file, cut at the lines ";;". */
static void
read_statements(struct bare_client *c)
{
	FILE *f = fopen(bare.statements, "r");
	size_t cap = 64u << 20;
	char *text = malloc(cap);
	char *end;
	size_t n;

	if (f == NULL || text == NULL)
		bare_fail(bare.statements, "cannot be read");
	n = fread(text, 1, cap - 1, f);
	text[n] = '\0';
	fclose(f);
	c->statements = calloc(STATEMENTS_MAX, sizeof(*c->statements));
	for (; (end = strstr(text, "\n;;\n")) != NULL; text = end + 4) {
		*end = '\0';
		if (c->n == STATEMENTS_MAX || c->statements == NULL)
			bare_fail(bare.statements, "too many statements");
		prepare(c, &c->statements[c->n++], text);
	}
}

struct bare_client *
bare_client_open(size_t number)
{
	struct bare_client *c = calloc(1, sizeof(*c));

	if (c == NULL || (c->buffer = malloc(BUFFER_BYTES)) == NULL)
		bare_fail("memory", "is missing");
	c->number = number;
	c->mysql = mysql_init(NULL);
	mysql_options(c->mysql, MYSQL_SET_CHARSET_NAME, "utf8mb4");
	if (mysql_real_connect(c->mysql, NULL, bare.user, bare.password,
		"exreg", 0, bare.socket, 0) == NULL ||
	    mysql_query(c->mysql,
		"SET NAMES utf8mb4 COLLATE utf8mb4_uca1400_ai_ci,"
		" time_zone = '+00:00'") != 0)
		bare_fail("connect", mysql_error(c->mysql));
	if (bare.statements != NULL)
		read_statements(c);
	if (bare.output != NULL &&
	    (c->output = fopen(bare.output, "w")) == NULL)
		bare_fail(bare.output, "cannot be written");
	return c;
}

void
bare_client_close(struct bare_client *c)
{
	mysql_close(c->mysql);
	if (c->output != NULL && fclose(c->output) != 0)
		bare_fail(bare.output, "is not complete");
}

/* ---- rows ------------------------------------------------------------- */

static char *
put(char *p, const void *data, size_t n)
{
	memcpy(p, data, n);
	return p + n;
}

static char *
put_number(char *p, long long v)
{
	char digits[24];
	size_t at = sizeof(digits);
	unsigned long long u =
	    v < 0 ? 0ull - (unsigned long long)v : (unsigned long long)v;

	do {
		digits[--at] = (char)('0' + u % 10);
		u /= 10;
	} while (u != 0);
	if (v < 0)
		digits[--at] = '-';
	return put(p, digits + at, sizeof(digits) - at);
}

static char *
put_digits(char *p, unsigned long v, int n)
{
	for (int i = n - 1; i >= 0; i--) {
		p[i] = (char)('0' + v % 10);
		v /= 10;
	}
	return p + n;
}

static char *
put_time(char *p, const struct column *c)
{
	p = put_digits(p, c->time.year, 4);
	*p++ = '-';
	p = put_digits(p, c->time.month, 2);
	*p++ = '-';
	p = put_digits(p, c->time.day, 2);
	if (c->time.time_type == MYSQL_TIMESTAMP_DATE)
		return p;
	*p++ = 'T';
	p = put_digits(p, c->time.hour, 2);
	*p++ = ':';
	p = put_digits(p, c->time.minute, 2);
	*p++ = ':';
	p = put_digits(p, c->time.second, 2);
	*p++ = '.';
	p = put_digits(p, c->time.second_part, 6);
	*p++ = 'Z';
	return p;
}

static char *
put_text(char *p, const struct column *c, char quote)
{
	unsigned long n = c->len < TEXT_MAX ? c->len : TEXT_MAX;

	*p++ = '"';
	for (unsigned long i = 0; i < n; i++) {
		unsigned char ch = (unsigned char)c->text[i];

		if (ch == '"' || (ch == '\\' && quote == '\\'))
			*p++ = quote;
		*p++ = (char)(ch < 0x20 ? ' ' : ch);
	}
	*p++ = '"';
	return p;
}

static char *
put_value(char *p, const struct column *c, char quote)
{
	if (c->type == MYSQL_TYPE_LONGLONG)
		return put_number(p, c->number);
	if (c->type == MYSQL_TYPE_STRING)
		return put_text(p, c, quote);
	if (quote == '"')
		return put_time(p, c);
	*p++ = '"';
	p = put_time(p, c);
	*p++ = '"';
	return p;
}

static void
write_json(struct bare_client *c, const struct statement *st)
{
	char *p = c->buffer + c->used;

	*p++ = '{';
	for (unsigned i = 0; i < st->ncolumns; i++) {
		const struct column *col = &st->columns[i];

		if (i > 0)
			*p++ = ',';
		p = put(p, col->name, col->name_len);
		p = col->null ? put(p, "null", 4) : put_value(p, col, '\\');
	}
	*p++ = '}';
	*p++ = ',';
	c->used = (size_t)(p - c->buffer);
}

static void
write_csv(struct bare_client *c, const struct statement *st)
{
	char *p = c->buffer + c->used;

	for (unsigned i = 0; i < st->ncolumns; i++) {
		if (i > 0)
			*p++ = ',';
		if (!st->columns[i].null)
			p = put_value(p, &st->columns[i], '"');
	}
	*p++ = '\r';
	*p++ = '\n';
	c->used = (size_t)(p - c->buffer);
}

static void
write_out(struct bare_client *c, struct stats *s)
{
	s->bytes += (int64_t)c->used;
	if (c->output != NULL &&
	    fwrite(c->buffer, 1, c->used, c->output) != c->used)
		bare_fail(bare.output, "cannot be written");
	c->used = 0;
}

static void
fetch(struct bare_client *c, struct statement *st, struct stats *s)
{
	int code;

	if (bare.output == NULL && mysql_stmt_store_result(st->handle) != 0)
		bare_fail(st->text, mysql_stmt_error(st->handle));
	while ((code = mysql_stmt_fetch(st->handle)) == 0 ||
	    code == MYSQL_DATA_TRUNCATED) {
		if (bare.output != NULL)
			write_csv(c, st);
		else
			write_json(c, st);
		s->rows++;
		if (c->used > BUFFER_BYTES / 2)
			write_out(c, s);
	}
	if (code != MYSQL_NO_DATA)
		bare_fail(st->text, mysql_stmt_error(st->handle));
	mysql_stmt_free_result(st->handle);
}

/* ---- one repetition ------------------------------------------------------ */

static void
query(struct bare_client *c, const char *text)
{
	if (mysql_query(c->mysql, text) != 0)
		bare_fail(text, mysql_error(c->mysql));
}

/* A draft of about 1 KB and the event that says so. */
static void
insert(struct bare_client *c)
{
	static char filler[701];
	char sql[4096];
	long long id =
	    20980000000LL + (long long)c->number * 100000 + c->inserted++;

	memset(filler, 'x', sizeof(filler) - 1);
	query(c, "START TRANSACTION");
	snprintf(sql, sizeof(sql),
	    "INSERT INTO exception (id, procedure_id, type, title,"
	    " requester_id, owner_id, edited_by_id, created_at, updated_at,"
	    " draft_content) VALUES (%lld, 1, 1, 'bench', 1, 1, 1, NOW(6),"
	    " NOW(6), '{\"title\":\"%s\"}')",
	    id, filler);
	query(c, sql);
	snprintf(sql, sizeof(sql),
	    "INSERT INTO audit_event (event_id, at, actor_id, actor, action,"
	    " object_type, object_id, object, refused, detail, address, body)"
	    " VALUES (UNHEX(MD5(CONCAT(NOW(6), '%lld'))), NOW(6), 1, 'bench', 'bench',"
	    " 'exception', %lld, 'bench', 0, SHA2('%lld', 256), '', '%.300s')",
	    id, id, id, filler);
	query(c, sql);
	query(c, "COMMIT");
}

void
bare_client_run(struct bare_client *c, struct stats *s)
{
	if (bare.insert) {
		insert(c);
		return;
	}
	for (size_t i = 0; i < c->n; i++) {
		struct statement *st = &c->statements[i];

		if (st->handle == NULL) {
			query(c, st->text);
			continue;
		}
		if (mysql_stmt_execute(st->handle) != 0)
			bare_fail(st->text, mysql_stmt_error(st->handle));
		if (st->ncolumns > 0)
			fetch(c, st, s);
	}
	write_out(c, s);
}

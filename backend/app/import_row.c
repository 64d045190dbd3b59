/*
 * Every fault of a row is told, not the first alone; what the content may
 * hold is checked by its own field table, so an import takes nothing that a
 * form would not.
 */
#include "app/import.h"

#include <stdarg.h>
#include <string.h>
#include <strings.h>

#include "api/exception_load.h"
#include "api/register.h"
#include "base/buf.h"
#include "base/token.h"
#include "base/utf8.h"
#include "crypto/crypto.h"
#include "export/csv.h"

/* An exception has a real end (rule 1): longer than this is "for ever". */
#define TERM_MAX_DAYS 3653
#define DECIDER_MAX 200
#define REFERENCE_MAX 64

void
import_fault(struct importer *im, const char *column, const char *fmt, ...)
{
	va_list ap;

	if (im->faults == NULL)
		im->faults = arena_array(im->arena, IMPORT_FAULTS_SHOWN,
		    sizeof(*im->faults));
	if (im->nfaults++ >= IMPORT_FAULTS_SHOWN)
		return;
	va_start(ap, fmt);
	im->faults[im->nfaults - 1] = (struct import_fault){
		.row = im->reader->row,
		.column = arena_strdup(im->arena, column),
		.detail = arena_vprintf(im->arena, fmt, ap),
	};
	va_end(ap);
}

/* What a check works on. */
struct check {
	struct importer *im;
	struct arena *a;
	struct import_row *out;
	const char *value[TARGET__MAX]; /* trimmed; NULL: nothing said */
	int64_t before;                 /* faults when it began */
};

/* The heading as the file has it, or the key where the map has a constant. */
static const char *
column_of(const struct importer *im, enum import_target t)
{
	return im->map.column[t] != NULL ? im->map.column[t] :
					   import_target_name(t);
}

#define FAULT(k, t, ...) \
 import_fault((k)->im, column_of((k)->im, t), __VA_ARGS__)

static bool
is_good(const struct check *k)
{
	return k->im->nfaults == k->before;
}

/* Without the blanks around it; NULL when nothing is left. */
static const char *
trimmed(struct arena *a, const char *s)
{
	size_t len;

	s += strspn(s, " \t\r\n");
	len = strlen(s);
	while (len > 0 && strchr(" \t\r\n", s[len - 1]) != NULL)
		len--;
	return len == 0 ? NULL : arena_strndup(a, s, len);
}

static void
read_value(struct check *k, enum import_target t)
{
	const struct importer *im = k->im;
	const char *v = NULL;

	if (im->places[t] >= 0)
		v = trimmed(k->a, im->reader->cells[im->places[t]]);
	if (v != NULL && csv_is_formula(v))
		FAULT(k, t,
		    "begins with \"%.1s\", as a formula does: write the value, "
		    "or an apostrophe before it",
		    v);
	/* as our export writes such a text */
	if (v != NULL && v[0] == '\'' && csv_is_formula(v + 1))
		v++;
	k->value[t] = v != NULL ? v : im->map.constant[t];
}

/* Of everything the row says, constants too. */
static void
hash_values(const struct check *k, unsigned char out[SHA256_LEN])
{
	struct sha256_stream *s = sha256_open();

	for (size_t t = 0; t < TARGET__MAX; t++) {
		const char *v = k->value[t] != NULL ? k->value[t] : "";

		sha256_add(s, v, strlen(v) + 1);
	}
	sha256_close(s, out);
}

static const char *
owed(const struct check *k, enum import_target t)
{
	if (k->value[t] == NULL)
		FAULT(k, t, "is missing");
	return k->value[t];
}

/* Is it there already? 1, 0, or -1 with e set. */
static int
check_reference(struct check *k, struct err *e)
{
	struct importer *im = k->im;
	const char *reference = owed(k, TARGET_NUMBER);
	struct import_known known;
	unsigned char hash[SHA256_LEN];
	int64_t before;
	int found;

	k->out->reference = reference;
	if (reference == NULL)
		return 0;
	if (utf8_length(reference) > REFERENCE_MAX) {
		FAULT(k, TARGET_NUMBER, "is longer than 64 characters");
		return 0;
	}
	import_seen_add(&im->seen, reference, im->reader->row, &before);
	if (before != 0) {
		FAULT(k, TARGET_NUMBER, "\"%s\" is in row %lld as well",
		    reference, (long long)before);
		return 0;
	}
	found =
	    import_store_known(im->db, im->map.source, reference, &known, e);
	if (found <= 0)
		return found;
	if (hex_decode(known.hash, hash, SHA256_LEN) == 0 &&
	    memcmp(hash, k->out->hash, SHA256_LEN) == 0)
		return 1;
	FAULT(k, TARGET_NUMBER,
	    "\"%s\" was imported as %s with other facts; nothing is "
	    "overwritten",
	    reference, exception_number(k->a, known.exception_id));
	return 0;
}

static int
check_procedure(struct check *k, struct err *e)
{
	const char *key = owed(k, TARGET_PROCEDURE);
	int found;

	if (key == NULL)
		return 0;
	found = import_names_procedure(k->im->names, k->a, key,
	    &k->out->procedure, e);
	if (found == 0)
		FAULT(k, TARGET_PROCEDURE, "\"%.40s\" is not a procedure", key);
	return found < 0 ? -1 : 0;
}

static void
check_clause(struct check *k)
{
	const struct import_document *d = k->out->document;
	const char *ref = k->value[TARGET_CLAUSE];

	if (ref == NULL)
		return;
	if (k->value[TARGET_DOCUMENT] == NULL)
		FAULT(k, TARGET_CLAUSE, "needs the document it belongs to");
	for (size_t i = 0; d != NULL && i < d->nclauses; i++)
		if (strcmp(d->clauses[i].ref, ref) == 0)
			k->out->clause = &d->clauses[i];
	if (d != NULL && k->out->clause == NULL)
		FAULT(k, TARGET_CLAUSE, "\"%.40s\" is not a clause of %s", ref,
		    d->row.document_key);
}

static int
check_document(struct check *k, struct err *e)
{
	const char *key = k->value[TARGET_DOCUMENT];
	int found;

	if (key == NULL)
		return 0;
	found = import_names_document(k->im->names, k->a, key,
	    &k->out->document, e);
	if (found == 0)
		FAULT(k, TARGET_DOCUMENT,
		    "\"%.40s\" is not a published "
		    "document",
		    key);
	else if (found == 1 && k->out->procedure != NULL &&
	    !procedure_takes_domain(&k->out->procedure->p,
		k->out->document->row.domain))
		FAULT(k, TARGET_DOCUMENT,
		    "\"%.40s\" is not handled by this procedure", key);
	return found < 0 ? -1 : 0;
}

static int
check_people_and_units(struct check *k, struct err *e)
{
	const char *code = k->value[TARGET_UNIT];
	const char *owner = owed(k, TARGET_OWNER);
	int found;

	if (code != NULL) {
		found = import_names_unit(k->im->names, k->a, code,
		    &k->out->unit, e);
		if (found < 0)
			return -1;
		if (found == 0)
			FAULT(k, TARGET_UNIT, "\"%.40s\" is not a unit", code);
	}
	if (owner == NULL)
		return 0;
	found =
	    import_names_person(k->im->names, k->a, owner, &k->out->owner, e);
	if (found == 0)
		FAULT(k, TARGET_OWNER,
		    "\"%.60s\" is not a person the register knows", owner);
	if (found > 1)
		FAULT(k, TARGET_OWNER,
		    "\"%.60s\" is the name of several people: write the user "
		    "name",
		    owner);
	return found < 0 ? -1 : 0;
}

static date_t
day_of(const struct check *k, enum import_target t)
{
	date_t day = DATE_NONE;

	if (k->value[t] != NULL &&
	    import_date(k->im->map.date_format, k->value[t], &day) < 0)
		FAULT(k, t, "\"%.20s\" is not a day as %s", k->value[t],
		    k->im->map.date_format);
	return day;
}

static void
check_outcome(struct check *k)
{
	static const struct {
		const char *word;
		enum outcome outcome;
	} words[] = {
		{ "approved", OUTCOME_APPROVED },
		{ "granted", OUTCOME_APPROVED },
		{ "active", OUTCOME_APPROVED },
		{ "expired", OUTCOME_APPROVED },
		{ "denied", OUTCOME_DENIED },
		{ "rejected", OUTCOME_DENIED },
		{ "declined", OUTCOME_DENIED },
	};
	const char *v = k->value[TARGET_OUTCOME];

	k->out->outcome = OUTCOME_APPROVED;
	if (v == NULL)
		return;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(words[i].word, v) == 0) {
			k->out->outcome = words[i].outcome;
			return;
		}
	}
	FAULT(k, TARGET_OUTCOME,
	    "\"%.40s\" is no outcome: write approved or denied", v);
}

/* Rule 1: what was approved has an end. */
static void
check_term(struct check *k)
{
	struct import_row *out = k->out;
	bool from_there = k->value[TARGET_EFFECTIVE_ON] != NULL;
	bool until_there = k->value[TARGET_EXPIRES_ON] != NULL;

	out->effective_on = day_of(k, TARGET_EFFECTIVE_ON);
	out->expires_on = day_of(k, TARGET_EXPIRES_ON);
	out->decided_on = day_of(k, TARGET_DECIDED_ON);
	if (out->decided_on != DATE_NONE && out->decided_on > k->im->today)
		FAULT(k, TARGET_DECIDED_ON, "is in the future");
	if (out->outcome == OUTCOME_APPROVED && !from_there)
		FAULT(k, TARGET_EFFECTIVE_ON, "is missing");
	if (out->outcome == OUTCOME_APPROVED && !until_there)
		FAULT(k, TARGET_EXPIRES_ON,
		    "is missing: there is no exception without an end");
	if (out->effective_on == DATE_NONE || out->expires_on == DATE_NONE)
		return;
	if (out->expires_on < out->effective_on)
		FAULT(k, TARGET_EXPIRES_ON, "is before the first day");
	else if (out->expires_on - out->effective_on > TERM_MAX_DAYS)
		FAULT(k, TARGET_EXPIRES_ON,
		    "is more than ten years after the first day: there is no "
		    "exception without an end");
}

static bool
read_flag(struct check *k, enum import_target t)
{
	const char *v = k->value[t];

	if (v == NULL || strcasecmp(v, "no") == 0)
		return false;
	if (strcasecmp(v, "yes") == 0)
		return true;
	FAULT(k, t, "\"%.20s\" is neither yes nor no", v);
	return false;
}

static enum cause
read_cause(struct check *k)
{
	const char *v = k->value[TARGET_CAUSE];

	for (int i = CAUSE__INVALID + 1; v != NULL && i < CAUSE__MAX; i++)
		if (strcmp(cause_names[i], v) == 0)
			return (enum cause)i;
	if (v != NULL)
		FAULT(k, TARGET_CAUSE,
		    "\"%.40s\" is no cause: write one of the form's, such as "
		    "%s",
		    v, cause_names[CAUSE_BUSINESS_NEED]);
	return CAUSE__INVALID;
}

static void
fill_content(struct check *k, struct content *c)
{
	const char **clause = arena_array(k->a, 1, sizeof(*clause));

	schema_init(&content_schema, c);
	c->title = owed(k, TARGET_TITLE);
	c->cause = read_cause(k);
	c->document = k->value[TARGET_DOCUMENT];
	clause[0] = k->value[TARGET_CLAUSE];
	c->clauses = clause;
	c->nclauses = clause[0] != NULL;
	c->unit = k->value[TARGET_UNIT];
	c->justification = k->value[TARGET_JUSTIFICATION];
	c->circumstances = k->value[TARGET_CIRCUMSTANCES];
	c->impact_if_denied = k->value[TARGET_IMPACT_IF_DENIED];
	c->remediation_plan = k->value[TARGET_REMEDIATION_PLAN];
	c->service_request = k->value[TARGET_SERVICE_REQUEST];
	c->requested_from = k->out->effective_on;
	c->requested_until = k->out->expires_on;
	c->confidential = read_flag(k, TARGET_CONFIDENTIAL);
}

/* The target whose value is that member of the content. */
static enum import_target
target_at(const char *pointer)
{
	const char *name = pointer + strlen("/content/");

	for (size_t t = 0; t < TARGET__MAX; t++) {
		const char *one = import_target_name((enum import_target)t);

		if (strncmp(one, name, strlen(one)) == 0)
			return (enum import_target)t;
	}
	return TARGET_TITLE;
}

/* By the table that reads every content. */
static void
check_content(struct check *k)
{
	struct err faults = { 0 };
	struct content read;

	if (content_parse(k->a, content_print(k->a, &k->out->content), &read,
		&faults) == 0)
		return;
	for (size_t i = 0; i < faults.nfields; i++)
		FAULT(k, target_at(faults.fields[i].pointer), "%s",
		    faults.fields[i].detail);
	if (faults.nfields == 0)
		import_fault(k->im, NULL, "%s", faults.detail);
}

static void
check_decider(struct check *k)
{
	const char *v = k->value[TARGET_DECIDER];

	k->out->decider = v != NULL ? v : "unverified";
	if (v != NULL && utf8_length(v) > DECIDER_MAX)
		FAULT(k, TARGET_DECIDER, "is longer than 200 characters");
}

/* Cells that are there, and well-formed. */
static bool
row_is_read(struct check *k, size_t ncolumns)
{
	struct importer *im = k->im;
	const struct csv_reader *r = im->reader;
	const char *column = NULL;

	if (r->fault == NULL && r->ncells == ncolumns)
		return true;
	if (r->fault == NULL) {
		import_fault(im, NULL, "has %zu columns, the heading %zu",
		    r->ncells, ncolumns);
		return false;
	}
	if (r->fault_column > 0 && r->fault_column <= CSV_CELLS_MAX)
		column = im->headings[r->fault_column - 1];
	import_fault(im, column, "%s", r->fault);
	return false;
}

static size_t
columns_of(const struct importer *im)
{
	size_t n = 0;

	while (n < CSV_CELLS_MAX && im->headings[n] != NULL)
		n++;
	return n;
}

static int
check_all(struct check *k, struct err *e)
{
	struct import_row *out = k->out;

	if (check_procedure(k, e) < 0 || check_document(k, e) < 0 ||
	    check_people_and_units(k, e) < 0)
		return -1;
	check_clause(k);
	check_outcome(k);
	/* C-22: it goes through its form, whatever the file says became of it */
	if (out->procedure != NULL && out->procedure->drafts_only) {
		out->kind = IMPORT_DRAFT;
		out->effective_on = day_of(k, TARGET_EFFECTIVE_ON);
		out->expires_on = day_of(k, TARGET_EXPIRES_ON);
	} else {
		out->kind = IMPORT_NEW;
		check_term(k);
	}
	check_decider(k);
	fill_content(k, &out->content);
	check_content(k);
	return 0;
}

int
import_check(struct importer *im, struct arena *row, struct import_row *out,
    struct err *e)
{
	struct check k = { .im = im,
		.a = row,
		.out = out,
		.before = im->nfaults };
	int known;

	memset(out, 0, sizeof(*out));
	out->row = im->reader->row;
	out->effective_on = out->expires_on = out->decided_on = DATE_NONE;
	if (!row_is_read(&k, columns_of(im)))
		return 0;
	for (size_t t = 0; t < TARGET__MAX; t++)
		read_value(&k, (enum import_target)t);
	hash_values(&k, out->hash);
	known = check_reference(&k, e);
	if (known == 0 && check_all(&k, e) < 0)
		return -1;
	if (known == 1)
		out->kind = IMPORT_UNCHANGED;
	if (!is_good(&k))
		out->kind = IMPORT_FAULTY;
	return known < 0 ? -1 : 0;
}

static int
collect(void *arg, const void *data, size_t n, struct err *e)
{
	(void)e;
	buf_add(arg, data, n);
	return 0;
}

/* A field as the export writes it, without the quotes around it; read back
 * as a spreadsheet or we do. */
static const char *
exported(struct check *k, const struct field *f, const void *obj)
{
	const struct schema one = { .fields = f, .nfields = 1 };
	struct csv *w = ARENA_NEW(k->a, struct csv);
	struct err ignored = { 0 };
	struct buf b;
	char *text;
	char *to;

	buf_init(&b, k->a);
	csv_begin(w, collect, &b);
	csv_row(w, &one, obj, &ignored);
	csv_end(w, &ignored);
	text = arena_strndup(k->a, buf_text(&b) + 1, b.len - 4);
	to = text;
	for (const char *s = text; *s != '\0'; s++) {
		*to++ = *s;
		s += s[0] == '"' && s[1] == '"';
	}
	*to = '\0';
	return text;
}

/* Facts that an export leaves out for some readers. */
static bool
may_be_hidden(const char *name)
{
	return strcmp(name, "owner_name") == 0 || strcmp(name, "risk") == 0;
}

static void
compare_own(struct check *k, const struct import_own *own)
{
	const struct importer *im = k->im;

	for (size_t i = 0; i < register_csv_schema.nfields; i++) {
		const char *name = register_csv_schema.fields[i].name;
		const struct field *f = schema_find(&import_own_schema, name);
		const char *cell = im->reader->cells[im->own_places[i]];
		const char *there;

		if (f == NULL || (cell[0] == '\0' && may_be_hidden(name)))
			continue;
		there = exported(k, f, own);
		if (strcmp(there, cell) != 0)
			import_fault(k->im, name,
			    "is \"%.60s\" in the register; nothing is "
			    "overwritten",
			    there);
	}
}

int
import_check_own(struct importer *im, struct arena *row, struct import_row *out,
    struct err *e)
{
	struct check k = { .im = im,
		.a = row,
		.out = out,
		.before = im->nfaults };
	const char *number;
	struct import_own own = { 0 };
	int64_t before;
	int64_t id = 0;
	int found = 1;

	memset(out, 0, sizeof(*out));
	out->row = im->reader->row;
	if (!row_is_read(&k, register_csv_schema.nfields))
		return 0;
	number = im->reader->cells[im->own_places[0]];
	import_seen_add(&im->seen, number, out->row, &before);
	if (exception_number_parse(number, &id) < 0) {
		import_fault(im, "number", "\"%.40s\" is no number", number);
	} else if (before != 0) {
		import_fault(im, "number", "%s is in row %lld as well", number,
		    (long long)before);
	} else {
		found = import_store_own(im->db, id, &own, e);
		if (found == 0)
			import_fault(im, "number",
			    "%s is not in this register. To take the row in "
			    "as one of another register, map its columns.",
			    number);
	}
	if (found < 0)
		return -1;
	if (is_good(&k)) {
		own.risk = own.risk > 0 ? own.risk : I64_NONE;
		compare_own(&k, &own);
	}
	out->kind = is_good(&k) ? IMPORT_UNCHANGED : IMPORT_FAULTY;
	return 0;
}

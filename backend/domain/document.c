/*
 * Lists of names are few and short, so they are kept in the row, comma
 * separated; names hold no comma.
 */
#include "domain/document.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL

const char *const document_state_names[DOCUMENT_STATE__MAX] = { NULL, "draft", "published", "retired" };
const char *const document_act_names[DOCUMENT_ACT__MAX] = { NULL, "publish", "retire" };

static const struct field document_record_fields[] = {
	F_I64(document_record, id, INTERNAL, .doc = "Identifier"),
	F_STR(document_record, document_key, .doc = "Key"),
	F_STR(document_record, title, .doc = "Title"),
	F_ENUM(document_record, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_record, domain, domain, .doc = "Domain"),
	F_ENUM(document_record, state, document_state, .doc = "Draft, published or retired"),
	F_STR(document_record, version, .doc = "Published version"),
	F_DATE(document_record, published_on, NULLABLE, .doc = "Day it was published"),
	F_BOOL(document_record, exceptions_allowed, .doc = "Exceptions may be asked for"),
	F_STR(document_record, exception_note, NULLABLE, .doc = "When exceptions are allowed, or why not"),
	F_I64(document_record, max_term_days, NULLABLE, .doc = "Longest term it allows, in days"),
	F_STR(document_record, exception_types, NULLABLE, .doc = "Types of exception it allows"),
	F_STR(document_record, distribution, NULLABLE, .doc = "Kinds of people it is meant for"),
	F_I64(document_record, row_version, .doc = "Moves with every change"),
	F_STR(document_record, owner_uid, NULLABLE, .doc = "Directory name of the owner"),
	F_STR(document_record, owner_name, NULLABLE, .doc = "Owner"),
	F_STR(document_record, draft_version, NULLABLE, .doc = "Version being written"),
	F_STR(document_record, draft_body, INTERNAL, .doc = "Its text as JSON"),
	F_TIME(document_record, draft_saved_at, NULLABLE, .doc = "When it was saved"),
	F_STR(document_record, draft_saved_by, NULLABLE, .doc = "Who saved it"),
};
const struct schema document_record_schema = SCHEMA(document_record, document_record_fields, "A document in any state");

static const struct field document_version_fields[] = {
	F_STR(document_version, version, .doc = "Version"),
	F_DATE(document_version, published_on, NULLABLE, .doc = "Day it was published, if the register knows"),
	F_STR(document_version, published_by, NULLABLE, .doc = "Who published it"),
	F_I64(document_version, clause_count, .doc = "Clauses"),
};
const struct schema document_version_schema = SCHEMA(document_version, document_version_fields, "A published version");

static const struct field document_clause_fields[] = {
	F_STR(document_clause, ref, .flags = FIELD_REQUIRED, .max = 32, .doc = "Reference, kept from version to version"),
	F_STR(document_clause, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "Heading"),
	F_STR(document_clause, text, .flags = FIELD_REQUIRED, .max = 8000, .doc = "The statement"),
};
const struct schema document_clause_schema = SCHEMA(document_clause, document_clause_fields, "A clause of a version");

static const struct field document_text_fields[] = {
	F_STR(document_text, version, .flags = FIELD_REQUIRED, .max = 16, .doc = "Name of the version, such as 4.2"),
	F_ARRAY(document_text, clauses, document_clause, .flags = FIELD_REQUIRED, .max = DOCUMENT_CLAUSES_MAX, .doc = "In the order of the document"),
	F_ARRAY(document_text, sla, sla_row, .max = SEVERITY__MAX, .doc = "Days allowed to remediate, by severity"),
};
const struct schema document_text_schema = SCHEMA(document_text, document_text_fields, "The text of a version");
/* clang-format on */

bool
document_key_fits(const char *key)
{
	static const char firsts[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	return key[0] != '\0' && strchr(firsts, key[0]) != NULL &&
	    key[strspn(key, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")] == '\0';
}

/* Shown in lists, mails and headers, so it is one line. */
static bool
is_one_line(const char *s)
{
	return s[strcspn(s, "\r\n\t")] == '\0';
}

static void
check_line(const char *pointer, const char *text, struct arena *a,
    struct err *e)
{
	if (!utf8_says(text))
		err_field(e, a, pointer, "is missing");
	else if (!is_one_line(text))
		err_field(e, a, pointer, "must be one line");
}

static bool
is_word_of(const char *word, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (names[i] != NULL && strcmp(names[i], word) == 0)
			return true;
	}
	return false;
}

static bool
is_kind(const char *word, const struct role_row *kinds, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (strcmp(kinds[i].role, word) == 0)
			return true;
	}
	return false;
}

int
document_rules_check(const struct document_rules *r,
    const struct role_row *kinds, size_t nkinds, struct arena *a, struct err *e)
{
	size_t before = e->nfields;

	check_line("/title", r->title, a, e);
	if (!r->exceptions_allowed && (!utf8_says(r->exception_note)))
		err_field(e, a, "/exception_note",
		    "is missing: say why there are no exceptions");
	for (size_t i = 0; i < r->nexception_types; i++) {
		if (!is_word_of(r->exception_types[i], exception_type_names,
			EXCEPTION_TYPE__MAX))
			err_field(e, a,
			    arena_printf(a, "/exception_types/%zu", i),
			    "is not a type of exception");
		else if (is_word_of(r->exception_types[i], r->exception_types,
			     i))
			err_field(e, a,
			    arena_printf(a, "/exception_types/%zu", i),
			    "is named twice");
	}
	for (size_t i = 0; i < r->ndistribution; i++) {
		if (!is_kind(r->distribution[i], kinds, nkinds))
			err_field(e, a, arena_printf(a, "/distribution/%zu", i),
			    "is not a kind of people");
		else if (is_word_of(r->distribution[i], r->distribution, i))
			err_field(e, a, arena_printf(a, "/distribution/%zu", i),
			    "is named twice");
	}
	return e->nfields == before ? 0 : -1;
}

static bool
is_ref_before(const struct document_text *t, size_t at)
{
	for (size_t i = 0; i < at; i++) {
		if (strcmp(t->clauses[i].ref, t->clauses[at].ref) == 0)
			return true;
	}
	return false;
}

static void
check_sla(const struct document_text *t, struct arena *a, struct err *e)
{
	for (size_t i = 0; i < t->nsla; i++) {
		bool twice = false;

		for (size_t j = 0; j < i; j++)
			twice =
			    twice || t->sla[j].severity == t->sla[i].severity;
		if (t->sla[i].severity == SEVERITY__INVALID)
			err_field(e, a, arena_printf(a, "/sla/%zu/severity", i),
			    "is missing");
		else if (twice)
			err_field(e, a, arena_printf(a, "/sla/%zu/severity", i),
			    "is named twice");
		if (t->sla[i].days < 1 || t->sla[i].days > 3660)
			err_field(e, a, arena_printf(a, "/sla/%zu/days", i),
			    "must be 1 to 3660 days");
	}
}

int
document_text_check(const struct document_text *t, struct arena *a,
    struct err *e)
{
	size_t before = e->nfields;

	check_line("/version", t->version, a, e);
	if (t->nclauses == 0)
		err_field(e, a, "/clauses", "are missing: add at least one");
	for (size_t i = 0; i < t->nclauses; i++) {
		const struct document_clause *x = &t->clauses[i];

		check_line(arena_printf(a, "/clauses/%zu/ref", i), x->ref, a,
		    e);
		check_line(arena_printf(a, "/clauses/%zu/title", i), x->title,
		    a, e);
		if (is_ref_before(t, i))
			err_field(e, a, arena_printf(a, "/clauses/%zu/ref", i),
			    "is there twice");
	}
	check_sla(t, a, e);
	return e->nfields == before ? 0 : -1;
}

/* The word stands between commas. */
static bool
has_word(const char *text, const char *word)
{
	size_t len = strlen(word);

	for (const char *s = text; *s != '\0'; s += *s == ',') {
		size_t n = strcspn(s, ",");

		if (n == len && strncmp(s, word, n) == 0)
			return true;
		s += n;
	}
	return false;
}

bool
document_takes_type(const char *types, enum exception_type type)
{
	return types == NULL || has_word(types, exception_type_names[type]);
}

const char *
words_join(struct arena *a, const char *const *words, size_t n)
{
	struct buf b;

	if (n == 0)
		return NULL;
	buf_init(&b, a);
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_char(&b, ',');
		buf_str(&b, words[i]);
	}
	return buf_text(&b);
}

const char **
words_split(struct arena *a, const char *text, size_t *n)
{
	const char *s = text != NULL ? text : "";
	const char **words = arena_array(a, strlen(s) + 1, sizeof(*words));

	*n = 0;
	while (*s != '\0') {
		size_t len = strcspn(s, ",");

		words[(*n)++] = arena_printf(a, "%.*s", (int)len, s);
		s += len;
		s += *s == ',';
	}
	return words;
}

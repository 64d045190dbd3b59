/*
 * A map is one object of JSON: which heading gives what, and a few settings
 * beside it. Headings are compared as they are, blanks around them apart.
 */
#include "app/import.h"

#include <string.h>

#include "api/register.h"
#include "base/token.h"
#include "base/utf8.h"
#include "json/json_read.h"

struct import_columns {
	const char *number;
	const char *title;
	const char *outcome;
	const char *procedure;
	const char *document;
	const char *clause;
	const char *unit;
	const char *owner;
	const char *effective_on;
	const char *expires_on;
	const char *decided_on;
	const char *decider;
	const char *cause;
	const char *justification;
	const char *circumstances;
	const char *impact_if_denied;
	const char *remediation_plan;
	const char *service_request;
	const char *confidential;
};

struct import_settings {
	const char *source;
	const char *date_format;
	const char *separator;
	struct import_columns *constants;
};

/* clang-format off */
static const struct field columns_fields[] = {
	F_STR(import_columns, number, .max = 200, .doc = "Reference in the other register"),
	F_STR(import_columns, title, .max = 200, .doc = "One line"),
	F_STR(import_columns, outcome, .max = 200, .doc = "approved or denied"),
	F_STR(import_columns, procedure, .max = 200, .doc = "Key of the procedure"),
	F_STR(import_columns, document, .max = 200, .doc = "Key of the document"),
	F_STR(import_columns, clause, .max = 200, .doc = "Reference of the clause"),
	F_STR(import_columns, unit, .max = 200, .doc = "Code of the unit"),
	F_STR(import_columns, owner, .max = 200, .doc = "User name or name of the owner"),
	F_STR(import_columns, effective_on, .max = 200, .doc = "First day"),
	F_STR(import_columns, expires_on, .max = 200, .doc = "Last day"),
	F_STR(import_columns, decided_on, .max = 200, .doc = "Day of the decision"),
	F_STR(import_columns, decider, .max = 200, .doc = "Who is said to have decided"),
	F_STR(import_columns, cause, .max = 200, .doc = "Why it is needed, a word of the form"),
	F_STR(import_columns, justification, .max = 200, .doc = "Justification"),
	F_STR(import_columns, circumstances, .max = 200, .doc = "Circumstances"),
	F_STR(import_columns, impact_if_denied, .max = 200, .doc = "Impact if denied"),
	F_STR(import_columns, remediation_plan, .max = 200, .doc = "Plan"),
	F_STR(import_columns, service_request, .max = 200, .doc = "Service request"),
	F_STR(import_columns, confidential, .max = 200, .doc = "yes or no"),
};
static const struct schema import_columns_schema = SCHEMA(import_columns, columns_fields, "Headings");

static const struct field settings_fields[] = {
	F_STR(import_settings, source, .flags = FIELD_REQUIRED, .max = 64, .doc = "Name of the other register: references are unique in it"),
	F_STR(import_settings, date_format, .max = 20, .doc = "Such as dd.mm.yyyy"),
	F_STR(import_settings, separator, .max = 1, .doc = ", or ;"),
	F_OBJECT(import_settings, constants, import_columns, .doc = "What holds where the file says nothing"),
};
static const struct schema import_settings_schema = SCHEMA(import_settings, settings_fields, "Settings of a map");
/* clang-format on */

_Static_assert(sizeof(columns_fields) / sizeof(columns_fields[0]) ==
	TARGET__MAX,
    "a field a target");

const char *
import_target_name(enum import_target t)
{
	return columns_fields[t].name;
}

void
import_map_own(struct import_map *m)
{
	*m = (struct import_map){ .own = true, .date_format = "yyyy-mm-dd" };
}

/* The pattern has each of yyyy, mm and dd once. */
static bool
format_is_valid(const char *format)
{
	static const char *const parts[] = { "yyyy", "mm", "dd" };
	size_t len = strlen(format);

	for (size_t i = 0; i < 3; i++) {
		const char *at = strstr(format, parts[i]);

		if (at == NULL || strstr(at + 1, parts[i]) != NULL)
			return false;
	}
	return len == strspn(format, "ymd./- ") && len <= 12;
}

/* Digits at *s, at most max of them; -1 when there are none. */
static int
digits(const char **s, int max)
{
	int v = 0;
	int n = 0;

	for (; n < max && **s >= '0' && **s <= '9'; n++)
		v = v * 10 + *(*s)++ - '0';
	return n == 0 || (max == 4 && n != 4) ? -1 : v;
}

int
import_date(const char *format, const char *text, date_t *out)
{
	int year = -1, month = -1, day = -1;

	while (*format != '\0') {
		if (strncmp(format, "yyyy", 4) == 0) {
			year = digits(&text, 4);
			format += 4;
		} else if (strncmp(format, "mm", 2) == 0) {
			month = digits(&text, 2);
			format += 2;
		} else if (strncmp(format, "dd", 2) == 0) {
			day = digits(&text, 2);
			format += 2;
		} else if (*format++ != *text++) {
			return -1;
		}
	}
	if (*text != '\0' || !civil_is_valid(year, month, day))
		return -1;
	*out = date_from_civil(year, month, day);
	return 0;
}

/* Members of the settings go to one object, all others to the other. */
static void
split(struct json *all, struct json *settings, struct json *columns)
{
	struct json **end[2] = { &settings->first, &columns->first };
	struct json *next;

	for (struct json *v = all->first; v != NULL; v = next) {
		bool is_column =
		    schema_find(&import_settings_schema, v->key) == NULL;

		next = v->next;
		v->next = NULL;
		*end[is_column] = v;
		end[is_column] = &v->next;
		if (is_column)
			columns->nchildren++;
		else
			settings->nchildren++;
	}
}

static void
spread(const struct import_columns *from, const char *to[TARGET__MAX])
{
	for (size_t i = 0; i < TARGET__MAX; i++)
		memcpy(&to[i],
		    (const unsigned char *)from + columns_fields[i].off,
		    sizeof(to[i]));
}

/* What every row owes must come from somewhere. */
static void
check_owed(struct arena *a, const struct import_map *m, struct err *e)
{
	static const enum import_target owed[] = { TARGET_NUMBER, TARGET_TITLE,
		TARGET_PROCEDURE, TARGET_OWNER };

	for (size_t i = 0; i < sizeof(owed) / sizeof(owed[0]); i++) {
		enum import_target t = owed[i];

		if (m->column[t] == NULL && m->constant[t] == NULL)
			err_field(e, a,
			    arena_printf(a, "/%s", import_target_name(t)),
			    "is missing: name a heading, or a constant");
	}
	if (m->constant[TARGET_NUMBER] != NULL)
		err_field(e, a, "/constants/number",
		    "cannot be the same for every row");
}

int
import_map_read(struct arena *a, const char *text, size_t len,
    struct import_map *m, struct err *e)
{
	struct json settings = { .type = JSON_OBJECT };
	struct json columns = { .type = JSON_OBJECT };
	struct json *all = json_parse(a, text, len, e);
	struct import_settings s = { 0 };
	struct import_columns c = { 0 };

	if (all == NULL)
		return -1;
	if (all->type != JSON_OBJECT)
		return err_set(e, ERR_INVALID, "The map is no JSON object.");
	split(all, &settings, &columns);
	memset(m, 0, sizeof(*m));
	json_read_struct(a, &settings, &import_settings_schema, &s, "", e);
	json_read_struct(a, &columns, &import_columns_schema, &c, "", e);
	if (e->kind != ERR_NONE)
		return -1;
	spread(&c, m->column);
	if (s.constants != NULL)
		spread(s.constants, m->constant);
	m->source = s.source;
	m->date_format = s.date_format != NULL ? s.date_format : "yyyy-mm-dd";
	if (s.separator != NULL)
		m->separator = s.separator[0];
	if (!format_is_valid(m->date_format))
		err_field(e, a, "/date_format",
		    "must have yyyy, mm and dd once each, such as dd.mm.yyyy");
	if (m->separator != 0 && m->separator != ',' && m->separator != ';')
		err_field(e, a, "/separator", "must be , or ;");
	check_owed(a, m, e);
	return e->kind == ERR_NONE ? 0 : -1;
}

static bool
is_heading(const char *cell, const char *name)
{
	size_t len = strlen(name);

	cell += strspn(cell, " \t");
	return strncmp(cell, name, len) == 0 && utf8_is_blank(cell + len);
}

/* Its place, -1 when there is none, -2 when there are two. */
static int
place_of(const struct csv_reader *r, const char *name)
{
	int place = -1;

	for (size_t i = 0; i < r->ncells; i++) {
		if (!is_heading(r->cells[i], name))
			continue;
		if (place >= 0)
			return -2;
		place = (int)i;
	}
	return place;
}

static int
heading_fault(const struct csv_reader *r, struct err *e)
{
	if (r->fault == NULL)
		return 0;
	return err_set(e, ERR_INVALID, "row 1, column %zu: %s", r->fault_column,
	    r->fault);
}

int
import_map_bind(const struct import_map *m, const struct csv_reader *r,
    int places[TARGET__MAX], struct err *e)
{
	if (heading_fault(r, e) < 0)
		return -1;
	for (size_t t = 0; t < TARGET__MAX; t++) {
		places[t] = -1;
		if (m->column[t] == NULL)
			continue;
		places[t] = place_of(r, m->column[t]);
		if (places[t] < 0)
			return err_set(e, ERR_INVALID,
			    "row 1: the heading \"%.60s\", mapped to %s, %s",
			    m->column[t], columns_fields[t].name,
			    places[t] == -2 ? "is there twice" :
					      "is not there");
	}
	return 0;
}

int
import_own_bind(const struct csv_reader *r, int places[IMPORT_OWN_MAX],
    struct err *e)
{
	const struct schema *s = &register_csv_schema;

	if (heading_fault(r, e) < 0)
		return -1;
	for (size_t i = 0; i < s->nfields; i++) {
		places[i] = place_of(r, s->fields[i].name);
		if (places[i] < 0)
			return err_set(e, ERR_INVALID,
			    "row 1: the heading \"%s\" %s. Without --map the "
			    "file must be an export of this register.",
			    s->fields[i].name,
			    places[i] == -2 ? "is there twice" :
					      "is not there");
	}
	if (r->ncells != s->nfields)
		return err_set(e, ERR_INVALID,
		    "row 1: there are headings that an export of this "
		    "register does not have. Say with --map what they are.");
	return 0;
}

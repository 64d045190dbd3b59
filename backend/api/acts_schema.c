/* Field tables of designations and delegations. */
#include "api/acts_view.h"
#include "api/page.h"

#define NOTE_MAX 500

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define REQUIRED .flags = FIELD_REQUIRED

static const struct field acts_in_fields[] = {
	F_BOOL(acts_in, past, .flags = FIELD_QUERY, .doc = "What is over, newest first; else what holds or will"),
	PAGE_LIMIT(acts_in),
	PAGE_CURSOR(acts_in),
};
const struct schema acts_in_schema = SCHEMA(acts_in, acts_in_fields, "Which acts");

static const struct field act_path_fields[] = {
	F_I64(act_path, id, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = INT64_C(9007199254740991), .doc = "Identifier"),
};
const struct schema act_path_schema = SCHEMA(act_path, act_path_fields, "Path of a designation or delegation");

static const struct field designation_list_fields[] = {
	F_ARRAY(designation_list, items, designation, .doc = "Designations"),
	F_STR(designation_list, next_cursor, NULLABLE, .doc = "Where the next page of past ones starts; null on the last one"),
};
const struct schema designation_list_schema = SCHEMA(designation_list, designation_list_fields, "Roles held by name");

static const struct field designation_in_fields[] = {
	F_STR(designation_in, person, REQUIRED, .max = 128, .doc = "Directory name of the person"),
	F_STR(designation_in, role, REQUIRED, .max = 64, .doc = "Role they hold"),
	F_STR(designation_in, unit, NULLABLE, .max = 32, .doc = "Only for this unit and below"),
	F_ENUM(designation_in, domain, domain, NULLABLE, .doc = "Only for this domain"),
	F_STR(designation_in, document, NULLABLE, .max = 32, .doc = "Only for this document"),
	F_DATE(designation_in, from_on, REQUIRED, .doc = "First day"),
	F_DATE(designation_in, until_on, NULLABLE, .doc = "Last day; null: until it is ended"),
	F_STR(designation_in, note, NULLABLE, .max = NOTE_MAX, .doc = "Why"),
};
const struct schema designation_in_schema = SCHEMA(designation_in, designation_in_fields, "A person to hold a role by name");

static const struct field delegation_list_fields[] = {
	F_ARRAY(delegation_list, items, delegation, .doc = "Delegations"),
	F_STR(delegation_list, next_cursor, NULLABLE, .doc = "Where the next page of past ones starts; null on the last one"),
};
const struct schema delegation_list_schema = SCHEMA(delegation_list, delegation_list_fields, "Who acts for whom");

static const struct field delegation_in_fields[] = {
	F_STR(delegation_in, from, REQUIRED, .max = 128, .doc = "Directory name of who is away"),
	F_STR(delegation_in, to, REQUIRED, .max = 128, .doc = "Directory name of who acts"),
	F_STR(delegation_in, role, NULLABLE, .max = 64, .doc = "Only this role; null: every role that decides"),
	F_DATE(delegation_in, from_on, REQUIRED, .doc = "First day"),
	F_DATE(delegation_in, until_on, REQUIRED, .doc = "Last day, at most 90 days in all"),
	F_STR(delegation_in, note, NULLABLE, .max = NOTE_MAX, .doc = "Why"),
};
const struct schema delegation_in_schema = SCHEMA(delegation_in, delegation_in_fields, "Who shall act for whom");

static const struct field own_delegation_in_fields[] = {
	F_STR(own_delegation_in, to, REQUIRED, .max = 128, .doc = "Directory name of who acts"),
	F_STR(own_delegation_in, role, NULLABLE, .max = 64, .doc = "Only this role; null: every role that decides"),
	F_DATE(own_delegation_in, from_on, REQUIRED, .doc = "First day"),
	F_DATE(own_delegation_in, until_on, REQUIRED, .doc = "Last day, at most 90 days in all"),
	F_STR(own_delegation_in, note, NULLABLE, .max = NOTE_MAX, .doc = "Why"),
};
const struct schema own_delegation_in_schema = SCHEMA(own_delegation_in, own_delegation_in_fields, "Who shall act for the reader");

static const struct field own_delegations_fields[] = {
	F_ARRAY(own_delegations, given, delegation, .doc = "Who acts for the reader, the last hundred"),
	F_ARRAY(own_delegations, received, delegation, .doc = "For whom the reader acts, the last hundred"),
};
const struct schema own_delegations_schema = SCHEMA(own_delegations, own_delegations_fields, "Who acts for the reader, and for whom they act");

static const struct field delegate_search_in_fields[] = {
	F_STR(delegate_search_in, q, .flags = FIELD_QUERY | FIELD_REQUIRED, .min = 1, .max = 100, .doc = "Part of the name or mail address"),
};
const struct schema delegate_search_in_schema = SCHEMA(delegate_search_in, delegate_search_in_fields, "A search for somebody to act");

static const struct field delegate_fields[] = {
	F_STR(delegate, uid, .doc = "Directory name"),
	F_STR(delegate, name, .doc = "Name"),
	F_STR(delegate, title, NULLABLE, .doc = "Job title"),
	F_STR(delegate, department, NULLABLE, .doc = "Department"),
};
static const struct schema delegate_schema = SCHEMA(delegate, delegate_fields, "Somebody who could act");

static const struct field delegate_list_fields[] = {
	F_ARRAY(delegate_list, items, delegate, .doc = "People by name, without the reader"),
	F_BOOL(delegate_list, more, .doc = "There are more; type more of the name"),
};
const struct schema delegate_list_schema = SCHEMA(delegate_list, delegate_list_fields, "People who could act");
/* clang-format on */

/* Field tables of the rows, and grants made from them. */
#include "domain/roles.h"

#include "base/arena.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define INTERNAL .flags = FIELD_INTERNAL

static const struct field session_row_fields[] = {
	F_I64(session_row, person_id, NULLABLE, .doc = "Person"),
	F_STR(session_row, directory_id, NULLABLE, .doc = "Stable id in the directory"),
	F_STR(session_row, uid, NULLABLE, .doc = "Directory name"),
	F_STR(session_row, name, NULLABLE, .doc = "Name"),
	F_STR(session_row, title, NULLABLE, .doc = "Job title"),
	F_STR(session_row, group_ids, NULLABLE, .doc = "Group ids at sign-in"),
	F_TIME(session_row, created_at, NULLABLE, .doc = "Sign-in"),
	F_TIME(session_row, last_seen, NULLABLE, .doc = "Last request"),
	F_TIME(session_row, expires_at, NULLABLE, .doc = "Absolute end"),
	F_I64(session_row, mapping_id, NULLABLE, .doc = "Mapping"),
	F_STR(session_row, role, NULLABLE, .doc = "Role"),
	F_ENUM(session_row, role_class, role_class, NULLABLE, .doc = "Permission class"),
	F_I64(session_row, mapped_by, NULLABLE, .doc = "Who saved the mapping"),
	F_I64(session_row, unit_id, NULLABLE, .doc = "Scope"),
	F_I64(session_row, domain, NULLABLE, .doc = "Scope"),
	F_I64(session_row, document_id, NULLABLE, .doc = "Scope"),
	F_I64(session_row, names_epoch, NULLABLE, .doc = "Of the names that workers keep"),
	F_DATE(session_row, acts_until, NULLABLE, .doc = "Last day of an act that names the person"),
};
const struct schema session_row_schema = SCHEMA(session_row, session_row_fields, "A session with one role");

static const struct field role_row_fields[] = {
	F_STR(role_row, role, .doc = "Key"),
	F_STR(role_row, title, .doc = "Role in words"),
	F_ENUM(role_row, role_class, role_class, .doc = "Permission class"),
};
const struct schema role_row_schema = SCHEMA(role_row, role_row_fields, "A role");

static const struct field role_mapping_fields[] = {
	F_I64(role_mapping, id, .doc = "Identifier"),
	F_I64(role_mapping, row_version, INTERNAL, .doc = "Moves with every change"),
	F_STR(role_mapping, etag, NULLABLE, .doc = "For If-Match"),
	F_STR(role_mapping, group_id, .doc = "Stable id of the directory group"),
	F_STR(role_mapping, group_name, .doc = "Its name"),
	F_STR(role_mapping, group_dn, .max = 512, .doc = "Its distinguished name"),
	F_STR(role_mapping, role, .doc = "Role"),
	F_STR(role_mapping, role_title, NULLABLE, .doc = "Role in words"),
	F_ENUM(role_mapping, role_class, role_class, NULLABLE, .doc = "Permission class"),
	F_STR(role_mapping, unit_code, NULLABLE, .doc = "Only for this unit and below"),
	F_STR(role_mapping, unit_name, NULLABLE, .doc = "Only for this unit and below"),
	F_ENUM(role_mapping, domain, domain, NULLABLE, .doc = "Only for this domain"),
	F_STR(role_mapping, document_key, NULLABLE, .doc = "Only for this document"),
	F_I64(role_mapping, members, .doc = "People counted when it was saved"),
	F_TIME(role_mapping, created_at, .doc = "When it was saved"),
	F_STR(role_mapping, created_by, NULLABLE, .doc = "Who saved it"),
};
const struct schema role_mapping_schema = SCHEMA(role_mapping, role_mapping_fields, "A directory group that gives a role");
/* clang-format on */

static int64_t
or_zero(int64_t v)
{
	return v == I64_NONE ? 0 : v;
}

struct grant *
grants_of_rows(struct arena *a, const struct session_row *rows, size_t n,
    size_t *ngrants)
{
	struct grant *grants = arena_array(a, n, sizeof(*grants));
	size_t used = 0;

	for (size_t i = 0; i < n; i++) {
		const struct session_row *r = &rows[i];

		if (r->mapping_id == I64_NONE)
			continue;
		grants[used++] = (struct grant){
			.role = r->role,
			.role_class = r->role_class,
			.mapping_id = r->mapping_id,
			.mapped_by = or_zero(r->mapped_by),
			.unit_id = or_zero(r->unit_id),
			.domain = (int)or_zero(r->domain),
			.document_id = or_zero(r->document_id),
		};
	}
	*ngrants = used;
	return grants;
}

unsigned
classes_settle(unsigned classes)
{
	if ((classes & (1u << ROLE_CLASS_AUDITOR)) != 0)
		return classes & ~(1u << ROLE_CLASS_STAFF);
	return classes | 1u << ROLE_CLASS_STAFF;
}

unsigned
classes_of_grants(const struct grant *grants, size_t n)
{
	unsigned classes = 0;

	for (size_t i = 0; i < n; i++)
		classes |= 1u << grants[i].role_class;
	return classes_settle(classes);
}

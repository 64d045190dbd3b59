/* Field tables of the administration's inputs and answers. */
#include "api/administration_view.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define QUERY .flags = FIELD_QUERY | FIELD_NULLABLE

static const struct field role_list_fields[] = {
	F_ARRAY(role_list, items, role_row, .doc = "Roles"),
};
const struct schema role_list_schema = SCHEMA(role_list, role_list_fields, "The roles there are");

static const struct field role_mapping_list_out_fields[] = {
	F_ARRAY(role_mapping_list_out, items, role_mapping, .doc = "Live mappings"),
};
const struct schema role_mapping_list_out_schema = SCHEMA(role_mapping_list_out, role_mapping_list_out_fields, "Directory groups that give roles");

static const struct field role_mapping_in_fields[] = {
	F_STR(role_mapping_in, group_id, .flags = FIELD_REQUIRED, .max = 64, .doc = "Stable id of the directory group"),
	F_STR(role_mapping_in, role, .flags = FIELD_REQUIRED, .max = 64, .doc = "Role it gives"),
	F_STR(role_mapping_in, unit, NULLABLE, .max = 32, .doc = "Only for this unit and below"),
	F_ENUM(role_mapping_in, domain, domain, NULLABLE, .doc = "Only for this domain"),
	F_STR(role_mapping_in, document, NULLABLE, .max = 32, .doc = "Only for this document"),
};
const struct schema role_mapping_in_schema = SCHEMA(role_mapping_in, role_mapping_in_fields, "A group to map to a role");

static const struct field group_view_fields[] = {
	F_STR(group_view, id, .doc = "Stable id"),
	F_STR(group_view, name, .doc = "Name"),
	F_STR(group_view, dn, .max = 512, .doc = "Distinguished name"),
	F_STR(group_view, description, NULLABLE, .max = 1000, .doc = "What the directory says of it"),
	F_I64(group_view, members, NULLABLE, .doc = "Direct members, groups included"),
	F_STR(group_view, role, NULLABLE, .doc = "Role it gives, if any"),
	F_STR(group_view, scope, NULLABLE, .doc = "Where the role holds"),
};
const struct schema group_view_schema = SCHEMA(group_view, group_view_fields, "A directory group");

static const struct field person_view_fields[] = {
	F_STR(person_view, uid, .doc = "Directory name"),
	F_STR(person_view, name, .doc = "Name"),
	F_STR(person_view, title, NULLABLE, .doc = "Job title"),
	F_STR(person_view, mail, NULLABLE, .doc = "Mail address"),
	F_STR(person_view, department, NULLABLE, .doc = "Department"),
};
const struct schema person_view_schema = SCHEMA(person_view, person_view_fields, "A person in the directory");

static const struct field role_mapping_preview_out_fields[] = {
	F_OBJECT(role_mapping_preview_out, group, group_view, .doc = "The group"),
	F_I64(role_mapping_preview_out, members, .doc = "People in it, nested groups included"),
	F_BOOL(role_mapping_preview_out, more, .doc = "There are more people than were counted"),
	F_ARRAY(role_mapping_preview_out, people, person_view, .doc = "The first of them"),
	F_STRS(role_mapping_preview_out, gains, .doc = "Names of people who get the role newly"),
	F_I64(role_mapping_preview_out, gains_more, .doc = "How many more get it newly"),
	F_I64(role_mapping_preview_out, already, .doc = "People who hold the role already"),
};
const struct schema role_mapping_preview_out_schema = SCHEMA(role_mapping_preview_out, role_mapping_preview_out_fields, "What a mapping would do");

static const struct field role_mapping_path_fields[] = {
	F_I64(role_mapping_path, id, .flags = FIELD_PATH | FIELD_REQUIRED, .min = 1, .max = INT64_C(9007199254740991), .doc = "Mapping"),
};
const struct schema role_mapping_path_schema = SCHEMA(role_mapping_path, role_mapping_path_fields, "Path of a mapping");

static const struct field group_search_in_fields[] = {
	F_STR(group_search_in, q, QUERY, .max = 100, .doc = "Part of the name"),
};
const struct schema group_search_in_schema = SCHEMA(group_search_in, group_search_in_fields, "A search for groups");

static const struct field group_list_fields[] = {
	F_ARRAY(group_list, items, group_view, .doc = "Groups by name"),
	F_BOOL(group_list, more, .doc = "There are more; type more of the name"),
};
const struct schema group_list_schema = SCHEMA(group_list, group_list_fields, "Directory groups");

static const struct field people_search_in_fields[] = {
	F_STR(people_search_in, q, .flags = FIELD_QUERY | FIELD_REQUIRED, .min = 1, .max = 100, .doc = "Part of the name or mail address"),
};
const struct schema people_search_in_schema = SCHEMA(people_search_in, people_search_in_fields, "A search for people");

static const struct field people_list_fields[] = {
	F_ARRAY(people_list, items, person_view, .doc = "People by name"),
	F_BOOL(people_list, more, .doc = "There are more; type more of the name"),
};
const struct schema people_list_schema = SCHEMA(people_list, people_list_fields, "People in the directory");

static const struct field person_access_in_fields[] = {
	F_STR(person_access_in, uid, .flags = FIELD_PATH | FIELD_REQUIRED, .max = 128, .doc = "Directory name"),
};
const struct schema person_access_in_schema = SCHEMA(person_access_in, person_access_in_fields, "Path of a person");

static const struct field person_access_fields[] = {
	F_OBJECT(person_access, person, person_view, .doc = "What the directory says"),
	F_ARRAY(person_access, groups, group_view, .doc = "Groups, nested ones included, with the role each gives"),
	F_ARRAY(person_access, designations, designation, .doc = "Roles held by name today"),
	F_ARRAY(person_access, acts_for, delegation, .doc = "For whom the person acts today, in roles that decide"),
	F_STRS(person_access, classes, .doc = "What the roles add up to"),
};
const struct schema person_access_schema = SCHEMA(person_access, person_access_fields, "Why a person may do what");
/* clang-format on */

/* Field tables of the administration of documents. */
#include "api/document_admin_view.h"

#include "api/page.h"

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define KEY .flags = FIELD_PATH | FIELD_REQUIRED, .max = 32, .doc = "Key of the document"

static const struct field document_records_in_fields[] = {
	F_STR(document_records_in, q, .flags = FIELD_QUERY, .max = 100, .doc = "Part of title or key"),
	F_ENUM(document_records_in, state, document_state, .flags = FIELD_QUERY, .doc = "Only documents in this state"),
	PAGE_LIMIT(document_records_in),
	PAGE_CURSOR(document_records_in),
};
const struct schema document_records_in_schema = SCHEMA(document_records_in, document_records_in_fields, "Which documents");

static const struct field document_record_brief_fields[] = {
	F_STR(document_record_brief, key, .doc = "Key"),
	F_STR(document_record_brief, title, .doc = "Title"),
	F_ENUM(document_record_brief, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_record_brief, domain, domain, .doc = "Domain"),
	F_ENUM(document_record_brief, state, document_state, .doc = "Draft, published or retired"),
	F_STR(document_record_brief, version, NULLABLE, .doc = "Published version; null before the first"),
	F_STR(document_record_brief, draft_version, NULLABLE, .doc = "Version being written"),
	F_DATE(document_record_brief, published_on, NULLABLE, .doc = "Day it was published"),
	F_BOOL(document_record_brief, exceptions_allowed, .doc = "Exceptions may be asked for"),
	F_STR(document_record_brief, owner_name, NULLABLE, .doc = "Owner"),
};
const struct schema document_record_brief_schema = SCHEMA(document_record_brief, document_record_brief_fields, "A document in the list of all");

static const struct field document_records_out_fields[] = {
	F_ARRAY(document_records_out, items, document_record_brief, .doc = "By title"),
	F_STR(document_records_out, next_cursor, NULLABLE, .doc = "Where the next page starts; null on the last one"),
};
const struct schema document_records_out_schema = SCHEMA(document_records_out, document_records_out_fields, "Documents in every state");

static const struct field document_record_in_fields[] = { F_STR(document_record_in, key, KEY) };
const struct schema document_record_in_schema = SCHEMA(document_record_in, document_record_in_fields, "Which document");

static const struct field document_version_in_fields[] = {
	F_STR(document_version_in, key, KEY),
	F_STR(document_version_in, version, .flags = FIELD_PATH | FIELD_REQUIRED, .max = 16, .doc = "Version"),
};
const struct schema document_version_in_schema = SCHEMA(document_version_in, document_version_in_fields, "Which version");

static const struct field document_owner_fields[] = {
	F_STR(document_owner, uid, .doc = "Directory name"),
	F_STR(document_owner, name, .doc = "Name"),
};
const struct schema document_owner_schema = SCHEMA(document_owner, document_owner_fields, "Owner of a document");

static const struct field document_draft_view_fields[] = {
	F_OBJECT(document_draft_view, text, document_text, .doc = "What the next version says so far"),
	F_TIME(document_draft_view, saved_at, .doc = "When it was saved"),
	F_STR(document_draft_view, saved_by, NULLABLE, .doc = "Who saved it"),
};
const struct schema document_draft_view_schema = SCHEMA(document_draft_view, document_draft_view_fields, "The version being written");

static const struct field document_record_view_fields[] = {
	F_STR(document_record_view, key, .doc = "Key"),
	F_I64(document_record_view, row_version, .doc = "Moves with every change"),
	F_STR(document_record_view, etag, .doc = "For the next If-Match"),
	F_STR(document_record_view, title, .doc = "Title"),
	F_ENUM(document_record_view, kind, document_kind, .doc = "Policy, standard or procedure"),
	F_ENUM(document_record_view, domain, domain, .doc = "Domain"),
	F_ENUM(document_record_view, state, document_state, .doc = "Draft, published or retired"),
	F_STR(document_record_view, version, NULLABLE, .doc = "Published version; null before the first"),
	F_DATE(document_record_view, published_on, NULLABLE, .doc = "Day it was published"),
	F_OBJECT(document_record_view, owner, document_owner, NULLABLE, .doc = "Owner"),
	F_BOOL(document_record_view, exceptions_allowed, .doc = "Exceptions may be asked for"),
	F_STR(document_record_view, exception_note, NULLABLE, .doc = "When exceptions are allowed, or why not"),
	F_I64(document_record_view, max_term_days, NULLABLE, .doc = "Longest term it allows, in days"),
	F_STRS(document_record_view, exception_types, .doc = "Types of exception it allows; empty: every type"),
	F_STRS(document_record_view, distribution, .doc = "Kinds of people it is meant for; empty: everybody"),
	F_ARRAY(document_record_view, kinds, role_row, .doc = "Kinds of people there are"),
	F_OBJECT(document_record_view, text, document_text, NULLABLE, .doc = "The published text"),
	F_OBJECT(document_record_view, draft, document_draft_view, NULLABLE, .doc = "The version being written"),
	F_ARRAY(document_record_view, versions, document_version, .doc = "Published versions, the newest first"),
};
const struct schema document_record_view_schema = SCHEMA(document_record_view, document_record_view_fields, "A document as its administrators see it");

#define RULES \
	F_STR(document_save_in, title, .flags = FIELD_REQUIRED, .max = 200, .doc = "Title"), \
	F_ENUM(document_save_in, kind, document_kind, .flags = FIELD_REQUIRED, .doc = "Policy, standard or procedure"), \
	F_ENUM(document_save_in, domain, domain, .flags = FIELD_REQUIRED, .doc = "Domain"), \
	F_STR(document_save_in, owner, NULLABLE, .max = 128, .doc = "Directory name of the owner, whom the register knows"), \
	F_BOOL(document_save_in, exceptions_allowed, .flags = FIELD_REQUIRED, .doc = "Exceptions may be asked for"), \
	F_STR(document_save_in, exception_note, NULLABLE, .max = 500, .doc = "When exceptions are allowed, or why not"), \
	F_I64(document_save_in, max_term_days, NULLABLE, .min = 1, .max = 3660, .doc = "Longest term it allows, in days"), \
	F_STRS(document_save_in, exception_types, .max = 8, .doc = "Types of exception it allows; empty: every type"), \
	F_STRS(document_save_in, distribution, .max = 8, .doc = "Kinds of people it is meant for; empty: everybody"),

static const struct field document_new_in_fields[] = {
	F_STR(document_save_in, key, .flags = FIELD_REQUIRED, .min = 2, .max = 32, .doc = "Key: capital letters, digits, dots and hyphens"),
	RULES
};
const struct schema document_new_in_schema = { .name = "document_new_in",
	.fields = document_new_in_fields,
	.nfields = sizeof(document_new_in_fields) / sizeof(document_new_in_fields[0]),
	.size = sizeof(struct document_save_in), .doc = "A new document" };

static const struct field document_save_in_fields[] = {
	F_STR(document_save_in, key, KEY),
	RULES
};
const struct schema document_save_in_schema = SCHEMA(document_save_in, document_save_in_fields, "A document and its exception rules; what is left out is emptied");

static const struct field document_write_in_fields[] = {
	F_STR(document_write_in, key, KEY),
	F_OBJECT(document_write_in, text, document_text, .flags = FIELD_REQUIRED, .doc = "The whole text of the version"),
};
const struct schema document_write_in_schema = SCHEMA(document_write_in, document_write_in_fields, "The text of the next version");

static const struct field document_step_in_fields[] = {
	F_STR(document_step_in, key, KEY),
	F_ENUM(document_step_in, action, document_act, .flags = FIELD_REQUIRED, .doc = "Publish what was written, or retire the document"),
};
const struct schema document_step_in_schema = SCHEMA(document_step_in, document_step_in_fields, "An act on a document");
/* clang-format on */

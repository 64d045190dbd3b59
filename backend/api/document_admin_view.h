/* Structs of the administration of documents. */
#ifndef EXREG_API_DOCUMENT_ADMIN_VIEW_H
#define EXREG_API_DOCUMENT_ADMIN_VIEW_H

#include "api/document_admin.h"
#include "domain/document.h"

struct document_records_in {
	const char *q;
	enum document_state state;
	int64_t limit;
	const char *cursor;
};

struct document_record_brief {
	const char *key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	enum document_state state;
	const char *version; /* NULL before the first */
	const char *draft_version;
	date_t published_on;
	bool exceptions_allowed;
	const char *owner_name;
};
extern const struct schema document_record_brief_schema;

struct document_records_out {
	struct document_record_brief *items;
	size_t nitems;
	const char *next_cursor;
};

struct document_record_in {
	const char *key;
};

struct document_version_in {
	const char *key;
	const char *version;
};

struct document_owner {
	const char *uid;
	const char *name;
};
extern const struct schema document_owner_schema;

struct document_draft_view {
	struct document_text *text;
	instant_t saved_at;
	const char *saved_by;
};
extern const struct schema document_draft_view_schema;

struct document_record_view {
	const char *key;
	int64_t row_version;
	const char *etag;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	enum document_state state;
	const char *version;
	date_t published_on;
	struct document_owner *owner;
	bool exceptions_allowed;
	const char *exception_note;
	int64_t max_term_days;
	const char **exception_types;
	size_t nexception_types;
	const char **distribution;
	size_t ndistribution;
	struct role_row *kinds;
	size_t nkinds;
	struct document_text *text; /* published; NULL before the first */
	struct document_draft_view *draft;
	struct document_version *versions;
	size_t nversions;
};

/* Of a new document and of changes to one. */
struct document_save_in {
	const char *key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	const char *owner; /* directory name */
	bool exceptions_allowed;
	const char *exception_note;
	int64_t max_term_days;
	const char **exception_types;
	size_t nexception_types;
	const char **distribution;
	size_t ndistribution;
};

struct document_write_in {
	const char *key;
	struct document_text *text;
};

struct document_step_in {
	const char *key;
	enum document_act action;
};

#endif

/*
 * A file that belongs to an exception: what is known of it, and who may add
 * or remove one (V-21). Pure; the facts are those of the workflow.
 */
#ifndef EXREG_DOMAIN_ATTACHMENT_H
#define EXREG_DOMAIN_ATTACHMENT_H

#include "domain/exception.h"
#include "domain/workflow.h"

/* One row of table exception_attachment. Strings live on the arena. */
struct attachment {
	int64_t exception_id;
	int64_t position; /* from 1, never used again */
	const char *name;
	const char *media_type; /* what the content is */
	int64_t size;           /* bytes */
	const char *sha256;     /* hex */
	const char *file;       /* name in the folder */
	int64_t content_version;
	instant_t uploaded_at;
	int64_t uploaded_by;
	const char *uploaded_by_name; /* only where it is joined */
	instant_t removed_at;         /* TIME_NONE: it is there */
	bool decided; /* or voted on, in a version that it is part of */
};
extern const struct schema attachment_schema;

/*
 * The first version that a file of today is part of: the next one while the
 * requester has it, the one under decision otherwise.
 */
int64_t attachment_version(enum request_state state, int64_t content_version);

/* Not removed, and not a file that its requester has not sent yet. */
bool attachment_is_seen(const struct attachment *a, int64_t content_version,
    int64_t person_id);

/* Why this person may not add a file now, one sentence; NULL: they may. */
const char *attachment_add_reason(enum request_state state,
    const struct facts *facts);

/* The same for removing one. */
const char *attachment_remove_reason(enum request_state state,
    const struct attachment *a, int64_t person_id);

#endif

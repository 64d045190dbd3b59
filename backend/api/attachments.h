/* Files that belong to an exception: list, add, fetch, remove (V-21). */
#ifndef EXREG_API_ATTACHMENTS_H
#define EXREG_API_ATTACHMENTS_H

#include "api/ctx.h"

extern const struct schema attachments_path_schema, attachment_in_schema,
    attachment_path_schema;

/* One file as the reader sees it. */
struct attachment_view {
	int64_t position;
	const char *name;
	const char *media_type;
	const char *kind; /* in words */
	int64_t size;
	const char *sha256;
	instant_t uploaded_at;
	const char *uploaded_by;
	const char *href;
	bool may_remove;
	const char *kept; /* why not */
};
extern const struct schema attachment_view_schema;

struct attachments_out {
	struct attachment_view *items;
	size_t nitems;
	bool may_add;
	const char *reason; /* why not */
	const char **extensions;
	size_t nextensions;
	int64_t max_file_bytes;
	int64_t max_files;
	int64_t max_total_bytes;
	int64_t total_bytes;
};
extern const struct schema attachments_out_schema;

int attachment_list(struct ctx *c, struct err *e);

/* prepare looks the file over and puts it into the folder: both take their
 * time, and a file without a row does no harm. */
int attachment_prepare(struct ctx *c, struct err *e);
int attachment_create(struct ctx *c, struct err *e);

/* Sent by nginx; only when it is still what was added. */
int attachment_fetch(struct ctx *c, struct err *e);

/* Removing twice is removing once. */
int attachment_remove(struct ctx *c, struct err *e);

#endif

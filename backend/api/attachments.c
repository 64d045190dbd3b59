/*
 * The row follows its file: the file is on the disk before the transaction
 * begins, so no crash leaves a row without one. What crashes leave of files
 * without a row is removed by a job (jobs/attachments.c). Attachments do not
 * move the version of the exception: nobody's form or decision becomes stale
 * by one.
 */
#include "api/attachments.h"

#include <string.h>

#include "api/audit_trail.h"
#include "api/exception_load.h"
#include "attach/check.h"
#include "attach/name.h"
#include "attach/vault.h"
#include "base/token.h"
#include "store/attachment_store.h"

#define EXTENSIONS_MAX (ATTACH_EXTENSIONS_MAX * ATTACH_KIND__MAX)

/* Removed files take room for ever, so their number is bounded as well. */
#define EVER_FACTOR 5

struct attachments_path {
	const char *number;
};

struct attachment_path {
	const char *number;
	int64_t position;
};

struct attachment_in {
	const char *number;
	const char *name;
};

/* clang-format off */
#define NULLABLE .flags = FIELD_NULLABLE
#define PATH .flags = FIELD_PATH | FIELD_REQUIRED

static const struct field attachments_path_fields[] = {
	F_STR(attachments_path, number, PATH, .max = 20, .doc = "Number of the exception"),
};
const struct schema attachments_path_schema = SCHEMA(attachments_path, attachments_path_fields, "Files of one exception");

static const struct field attachment_path_fields[] = {
	F_STR(attachment_path, number, PATH, .max = 20, .doc = "Number of the exception"),
	F_I64(attachment_path, position, PATH, .min = 1, .max = 65535, .doc = "Number of the file within it"),
};
const struct schema attachment_path_schema = SCHEMA(attachment_path, attachment_path_fields, "One file of an exception");

static const struct field attachment_in_fields[] = {
	F_STR(attachment_in, number, PATH, .max = 20, .doc = "Number of the exception"),
	F_STR(attachment_in, name, .flags = FIELD_QUERY | FIELD_REQUIRED, .min = 1, .max = ATTACH_NAME_MAX, .doc = "Name of the file, with its extension"),
};
const struct schema attachment_in_schema = SCHEMA(attachment_in, attachment_in_fields, "A file to add");

static const struct field attachment_view_fields[] = {
	F_I64(attachment_view, position, .doc = "Number within the exception, never used again"),
	F_STR(attachment_view, name, .doc = "Name of the file"),
	F_STR(attachment_view, media_type, .doc = "What the content is"),
	F_STR(attachment_view, kind, .doc = "The same in words"),
	F_I64(attachment_view, size, .doc = "Bytes"),
	F_STR(attachment_view, sha256, .doc = "SHA-256 of the content"),
	F_TIME(attachment_view, uploaded_at, .doc = "When it was added"),
	F_STR(attachment_view, uploaded_by, .doc = "Who added it"),
	F_STR(attachment_view, href, .doc = "Where it can be fetched"),
	F_BOOL(attachment_view, may_remove, .doc = "The reader may remove it now"),
	F_STR(attachment_view, kept, NULLABLE, .doc = "Why not"),
};
const struct schema attachment_view_schema = SCHEMA(attachment_view, attachment_view_fields, "A file of an exception");

static const struct field attachments_out_fields[] = {
	F_ARRAY(attachments_out, items, attachment_view, .doc = "In the order they were added"),
	F_BOOL(attachments_out, may_add, .doc = "The reader may add a file now"),
	F_STR(attachments_out, reason, NULLABLE, .doc = "Why not"),
	F_STRS(attachments_out, extensions, .doc = "Types that are taken, by extension"),
	F_I64(attachments_out, max_file_bytes, .doc = "Most bytes of one file"),
	F_I64(attachments_out, max_files, .doc = "Most files of one exception"),
	F_I64(attachments_out, max_total_bytes, .doc = "Most bytes of all its files"),
	F_I64(attachments_out, total_bytes, .doc = "Bytes of those listed"),
};
const struct schema attachments_out_schema = SCHEMA(attachments_out, attachments_out_fields, "Files of an exception");
/* clang-format on */

/* An exception, its files, and one of them. */
struct folder {
	struct loaded l;
	struct attachment *all; /* removed ones too */
	size_t n;
};

static int
unknown(struct err *e)
{
	return err_set(e, ERR_NOT_FOUND, "There is no such file.");
}

/* Files are for those who see all of the exception. */
static int
open_folder(struct ctx *c, const char *number, bool lock, struct folder *f,
    struct err *e)
{
	int64_t id = 0;

	f->all = NULL;
	f->n = 0;
	if (exception_id_of(c, number, &id, e) < 0 ||
	    exception_load(c, id, lock, &f->l, e) < 0)
		return -1;
	if (f->l.sight != SIGHT_FULL)
		return unknown(e);
	return lock ? attachment_store_lock(c->db, id, &f->all, &f->n, e) :
		      attachment_store_list(c->db, id, &f->all, &f->n, e);
}

static bool
is_seen(const struct ctx *c, const struct folder *f, const struct attachment *a)
{
	return attachment_is_seen(a, f->l.x.content_version, c->who.person_id);
}

static const struct attachment *
find_file(const struct folder *f, int64_t position)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->all[i].position == position)
			return &f->all[i];
	return NULL;
}

static const char *
words_of(const char *media)
{
	for (int k = ATTACH_KIND__INVALID + 1; k < ATTACH_KIND__MAX; k++)
		if (strcmp(attach_kinds[k].media, media) == 0)
			return attach_kinds[k].words;
	return media;
}

static const char *
href_of(struct ctx *c, const char *number, int64_t position)
{
	return arena_printf(c->arena, "/api/v1/exceptions/%s/attachments/%lld",
	    number, (long long)position);
}

static struct attachment_view
view_of(struct ctx *c, const struct folder *f, const struct attachment *a)
{
	const char *kept =
	    attachment_remove_reason(f->l.x.request_state, a, c->who.person_id);

	return (struct attachment_view){
		.position = a->position,
		.name = a->name,
		.media_type = a->media_type,
		.kind = words_of(a->media_type),
		.size = a->size,
		.sha256 = a->sha256,
		.uploaded_at = a->uploaded_at,
		.uploaded_by = a->uploaded_by_name != NULL ?
		    a->uploaded_by_name :
		    c->who.name, /* just added */
		.href = href_of(c, exception_number(c->arena, a->exception_id),
		    a->position),
		.may_remove = kept == NULL,
		.kept = kept,
	};
}

/* What is taken, once each, in the order of the table. */
static const char **
extensions(struct ctx *c, size_t *n)
{
	const char **list =
	    arena_array(c->arena, EXTENSIONS_MAX, sizeof(*list));

	*n = 0;
	for (int k = ATTACH_KIND__INVALID + 1; k < ATTACH_KIND__MAX; k++)
		for (int i = 0; i < ATTACH_EXTENSIONS_MAX; i++)
			if (attach_kinds[k].extensions[i] != NULL)
				list[(*n)++] = attach_kinds[k].extensions[i];
	return list;
}

int
attachment_list(struct ctx *c, struct err *e)
{
	const struct attachments_path *in = c->in;
	struct attachments_out out = {
		.max_file_bytes = c->app->attachment_max_bytes,
		.max_files = c->app->attachments_max,
		.max_total_bytes = c->app->attachments_max_bytes,
	};
	struct folder f;

	if (open_folder(c, in->number, false, &f, e) < 0)
		return -1;
	out.items = arena_array(c->arena, f.n, sizeof(*out.items));
	for (size_t i = 0; i < f.n; i++) {
		if (!is_seen(c, &f, &f.all[i]))
			continue;
		out.items[out.nitems++] = view_of(c, &f, &f.all[i]);
		out.total_bytes += f.all[i].size;
	}
	out.reason = attachment_add_reason(f.l.x.request_state, &f.l.facts);
	out.may_add = out.reason == NULL;
	out.extensions = extensions(c, &out.nextensions);
	return reply(c, 200, &out);
}

/* What prepare leaves for the handler. */
struct upload {
	enum attach_kind kind;
	const char *sha256; /* hex */
	char file[VAULT_NAME + 1];
};

static long long
in_mb(int64_t bytes)
{
	return bytes >> 20;
}

static int
check_size(struct ctx *c, struct err *e)
{
	int64_t max = c->app->attachment_max_bytes;

	if (c->req->body_len <= (size_t)max)
		return 0;
	return err_field(e, c->arena, "/file", "is larger than %lld MB",
	    in_mb(max));
}

/* One more file of that size and hash: is there room, is it new? */
static int
check_room(struct ctx *c, const struct folder *f, const char *sha256,
    struct err *e)
{
	const struct app *app = c->app;
	int64_t size = (int64_t)c->req->body_len;
	int64_t files = 0, bytes = size, ever = size;

	for (size_t i = 0; i < f->n; i++) {
		const struct attachment *a = &f->all[i];

		ever += a->size;
		if (a->removed_at != TIME_NONE)
			continue;
		if (is_seen(c, f, a) && strcmp(a->sha256, sha256) == 0)
			return err_field(e, c->arena, "/file",
			    "is there already, as %s", a->name);
		files++;
		bytes += a->size;
	}
	if (files >= app->attachments_max)
		return err_field(e, c->arena, "/file",
		    "is one too many: an exception has at most %lld files",
		    (long long)app->attachments_max);
	if (bytes > app->attachments_max_bytes)
		return err_field(e, c->arena, "/file",
		    "is too large: all files of an exception together have "
		    "at most %lld MB",
		    in_mb(app->attachments_max_bytes));
	if ((int64_t)f->n >= EVER_FACTOR * app->attachments_max ||
	    ever > EVER_FACTOR * app->attachments_max_bytes)
		return err_field(e, c->arena, "/file",
		    "cannot be added: too many were added and removed here");
	return 0;
}

static int
check_may_add(const struct folder *f, struct err *e)
{
	const char *reason =
	    attachment_add_reason(f->l.x.request_state, &f->l.facts);

	if (reason == NULL)
		return 0;
	return err_set(e,
	    workflow_is_terminal(f->l.x.request_state) ? ERR_STEP_REFUSED :
							 ERR_FORBIDDEN,
	    "%s", reason);
}

int
attachment_prepare(struct ctx *c, struct err *e)
{
	const struct attachment_in *in = c->in;
	const struct request *r = c->req;
	unsigned char hash[SHA256_LEN];
	char *hex = arena_alloc(c->arena, 2 * SHA256_LEN + 1);
	struct upload *u = ARENA_NEW(c->arena, struct upload);
	struct folder f;

	c->prepared = u;
	c->audit_action = "exception.attach";
	if (open_folder(c, in->number, false, &f, e) < 0 ||
	    check_may_add(&f, e) < 0 || check_size(c, e) < 0 ||
	    attach_check(c->arena, in->name, r->body, r->body_len, &u->kind,
		e) < 0)
		return -1;
	sha256(r->body, r->body_len, hash);
	hex_encode(hash, sizeof(hash), hex);
	u->sha256 = hex;
	if (check_room(c, &f, hex, e) < 0)
		return -1;
	return vault_write(c->app->attachments_dir, r->body, r->body_len,
	    u->file, e);
}

static int
leave_trace(struct ctx *c, const char *action, const struct folder *f,
    const struct attachment *a, struct err *e)
{
	const struct exception *x = &f->l.x;
	const struct audit_fact fact = {
		.action = action,
		.object_type = "exception",
		.object_id = x->id,
		.object = exception_number(c->arena, x->id),
		.detail = arena_printf(c->arena, "%s (%lld bytes, SHA-256 %s)",
		    a->name, (long long)a->size, a->sha256),
		.row_version = x->row_version,
		.content_version = a->content_version,
	};

	return audit_add(c, &fact, e);
}

int
attachment_create(struct ctx *c, struct err *e)
{
	const struct attachment_in *in = c->in;
	const struct upload *u = c->prepared;
	struct attachment_view view;
	struct attachment a;
	struct folder f;

	if (open_folder(c, in->number, true, &f, e) < 0 ||
	    check_may_add(&f, e) < 0 || check_room(c, &f, u->sha256, e) < 0)
		return -1;
	a = (struct attachment){
		.exception_id = f.l.x.id,
		.position = f.n > 0 ? f.all[f.n - 1].position + 1 : 1,
		.name = in->name,
		.media_type = attach_kinds[u->kind].media,
		.size = (int64_t)c->req->body_len,
		.sha256 = u->sha256,
		.file = u->file,
		.content_version = attachment_version(f.l.x.request_state,
		    f.l.x.content_version),
		.uploaded_at = c->now,
		.uploaded_by = c->who.person_id,
		.removed_at = TIME_NONE,
	};
	if (attachment_store_add(c->db, &a, e) < 0 ||
	    leave_trace(c, "exception.attach", &f, &a, e) < 0)
		return -1;
	view = view_of(c, &f, &a);
	response_header(c->res, "Location", view.href);
	return reply(c, 201, &view);
}

int
attachment_fetch(struct ctx *c, struct err *e)
{
	const struct attachment_path *in = c->in;
	const struct attachment *a;
	unsigned char hash[SHA256_LEN];
	struct folder f;

	if (open_folder(c, in->number, false, &f, e) < 0)
		return -1;
	a = find_file(&f, in->position);
	if (a == NULL || !is_seen(c, &f, a))
		return unknown(e);
	if (hex_decode(a->sha256, hash, sizeof(hash)) < 0)
		return err_set(e, ERR_INTERNAL, "A file has no hash.");
	if (vault_check(c->app->attachments_dir, a->file, a->size, hash, e) < 0)
		return -1;
	c->res->status = 200;
	c->res->content_type = a->media_type;
	c->res->sendfile = arena_printf(c->arena, "/attachments/%s", a->file);
	response_header(c->res, "Content-Disposition",
	    attach_disposition(c->arena, a->name));
	return 0;
}

int
attachment_remove(struct ctx *c, struct err *e)
{
	const struct attachment_path *in = c->in;
	const struct attachment *a;
	const char *reason;
	struct folder f;

	c->audit_action = "exception.detach";
	if (open_folder(c, in->number, true, &f, e) < 0)
		return -1;
	a = find_file(&f, in->position);
	if (a == NULL || (a->removed_at == TIME_NONE && !is_seen(c, &f, a)))
		return unknown(e);
	reason =
	    attachment_remove_reason(f.l.x.request_state, a, c->who.person_id);
	if (reason != NULL)
		return err_set(e,
		    a->uploaded_by == c->who.person_id ? ERR_STEP_REFUSED :
							 ERR_FORBIDDEN,
		    "%s", reason);
	if (a->removed_at != TIME_NONE)
		return reply_empty(c);
	if (attachment_store_remove(c->db, a, c->who.person_id, c->now, e) <
		0 ||
	    leave_trace(c, "exception.detach", &f, a, e) < 0)
		return -1;
	return reply_empty(c);
}

/* A row is added once and only ever changes from there to removed. */
#include "store/attachment_store.h"

#include <string.h>

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

#define HASH_LEN 32

/* clang-format off */
static const struct field file_fields[] = {
	F_STR(attachment_file, file, .doc = "Name in the folder"),
};
/* clang-format on */
const struct schema attachment_file_schema =
    SCHEMA(attachment_file, file_fields, "Name of a file");

int
attachment_store_list(struct db *db, int64_t exception_id,
    struct attachment **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ATTACHMENTS_OF, VALS(v_i64(exception_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
attachment_store_lock(struct db *db, int64_t exception_id,
    struct attachment **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ATTACHMENTS_LOCK, VALS(v_i64(exception_id)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

int
attachment_store_add(struct db *db, const struct attachment *a, struct err *e)
{
	unsigned char hash[HASH_LEN];

	if (strlen(a->sha256) != 2 * sizeof(hash) ||
	    hex_decode(a->sha256, hash, sizeof(hash)) < 0)
		return err_set(e, ERR_INTERNAL, "A file has no hash.");
	return db_exec(db, STMT_ATTACHMENT_INSERT,
	    VALS(v_i64(a->exception_id), v_i64(a->position), v_str(a->name),
		v_str(a->media_type), v_i64(a->size),
		v_bytes(hash, sizeof(hash)), v_str(a->file),
		v_i64(a->content_version), v_time(a->uploaded_at),
		v_i64(a->uploaded_by)),
	    NULL, e);
}

int
attachment_store_remove(struct db *db, const struct attachment *a,
    int64_t person_id, instant_t now, struct err *e)
{
	return db_exec(db, STMT_ATTACHMENT_REMOVE,
	    VALS(v_time(now), v_i64(person_id), v_i64(a->exception_id),
		v_i64(a->position)),
	    NULL, e);
}

int
attachment_store_files(struct db *db, const char *after,
    struct attachment_file **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_ATTACHMENT_FILES, VALS(v_str(after)), &list, n,
		e) < 0)
		return -1;
	*rows = list;
	return 0;
}

/* Rows go from waiting (1) to sent (2) or dead letter (3), never back. */
#include "store/outbox_store.h"

#include <string.h>

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

#define STATE_WAITING 1
#define STATE_DEAD 3
#define ID_LEN 16
#define FAULT_MAX 500

/* clang-format off */
static const struct field fields[] = {
	F_STR(outbox_row, id, .doc = "UUIDv7, hexadecimal"),
	F_STR(outbox_row, kind, .doc = "Which notice"),
	F_STR(outbox_row, detail, .flags = FIELD_NULLABLE, .doc = "Reason or conditions"),
	F_I64(outbox_row, attempts, .doc = "Tries so far"),
	F_TIME(outbox_row, created_at, .doc = "When it was written"),
	F_I64(outbox_row, exception_id, .flags = FIELD_NULLABLE, .doc = "About which exception"),
	F_I64(outbox_row, violation_id, .flags = FIELD_NULLABLE, .doc = "About which violation"),
	F_STR(outbox_row, person_name, .doc = "Who is told"),
	F_STR(outbox_row, person_mail, .flags = FIELD_NULLABLE, .doc = "Address"),
	F_STR(outbox_row, title, .flags = FIELD_NULLABLE, .doc = "Title, unless confidential"),
};
/* clang-format on */
const struct schema outbox_row_schema =
    SCHEMA(outbox_row, fields, "A notice that is due");

int
outbox_store_due(struct db *db, instant_t now, int64_t limit,
    struct outbox_row **rows, size_t *n, struct err *e)
{
	void *list = NULL;

	if (db_list(db, STMT_OUTBOX_DUE, VALS(v_time(now), v_i64(limit)), &list,
		n, e) < 0)
		return -1;
	*rows = list;
	return 0;
}

static int
read_id(const char *hex, unsigned char id[ID_LEN], struct err *e)
{
	if (strlen(hex) != 2 * ID_LEN || hex_decode(hex, id, ID_LEN) < 0)
		return err_set(e, ERR_INTERNAL, "The notice has no id.");
	return 0;
}

int
outbox_store_sent(struct db *db, const char *id, instant_t now, struct err *e)
{
	unsigned char bytes[ID_LEN];

	if (read_id(id, bytes, e) < 0)
		return -1;
	return db_exec(db, STMT_OUTBOX_SENT,
	    VALS(v_time(now), v_bytes(bytes, ID_LEN)), NULL, e);
}

int
outbox_store_failed(struct db *db, const char *id, instant_t now,
    instant_t again_at, const char *fault, struct err *e)
{
	unsigned char bytes[ID_LEN];
	bool dead = again_at == TIME_NONE;

	if (read_id(id, bytes, e) < 0)
		return -1;
	return db_exec(db, STMT_OUTBOX_FAILED,
	    VALS(v_i64(dead ? STATE_DEAD : STATE_WAITING),
		v_time(dead ? now : again_at), v_str(fault),
		v_bytes(bytes, ID_LEN)),
	    NULL, e);
}

/* One row a key and person; rows are only added here, jobs purge them. */
#include "store/idempotency_store.h"

#include "base/token.h"
#include "db/db.h"
#include "store/statements.h"

#define HASH_LEN 32

/* clang-format off */
static const struct field fields[] = {
	F_STR(idempotency_answer, route, .doc = "Method and pattern"),
	F_STR(idempotency_answer, body_hash, .doc = "SHA-256 of path and body"),
	F_I64(idempotency_answer, status, .doc = "HTTP status"),
	F_STR(idempotency_answer, etag, .flags = FIELD_NULLABLE, .doc = "ETag header"),
	F_STR(idempotency_answer, location, .flags = FIELD_NULLABLE, .doc = "Location header"),
	F_STR(idempotency_answer, body, .doc = "The answer as it was sent"),
};
/* clang-format on */
const struct schema idempotency_answer_schema =
    SCHEMA(idempotency_answer, fields, "A stored answer");

int
idempotency_store_find(struct db *db, const struct idempotency_key *key,
    struct idempotency_answer *out, struct err *e)
{
	return db_get(db, STMT_IDEMPOTENCY_BY_KEY,
	    VALS(v_i64(key->person_id), v_bytes(key->hash, HASH_LEN)),
	    OUT(*out), e);
}

int
idempotency_store_add(struct db *db, const struct idempotency_key *key,
    const struct idempotency_answer *answer, instant_t now, struct err *e)
{
	unsigned char body_hash[HASH_LEN];
	int64_t added = 0;

	if (hex_decode(answer->body_hash, body_hash, HASH_LEN) < 0)
		return err_set(e, ERR_INTERNAL, "body_hash is not SHA-256");
	if (db_exec(db, STMT_IDEMPOTENCY_ADD,
		VALS(v_i64(key->person_id), v_bytes(key->hash, HASH_LEN),
		    v_str(answer->route), v_bytes(body_hash, HASH_LEN),
		    v_i64(answer->status), v_str(answer->etag),
		    v_str(answer->location), v_str(answer->body), v_time(now)),
		&added, e) < 0)
		return -1;
	return added > 0 ? 1 : 0;
}

/* The mark of an undocumented exception is a facet, so that lists of them
 * run on an index; a new content version takes it away with the others. */
#include "store/import_store.h"

#include "db/db.h"
#include "domain/register.h"
#include "store/statements.h"

/* clang-format off */
static const struct field import_person_fields[] = {
	F_I64(import_person, id, .doc = "Person"),
	F_STR(import_person, name, .doc = "Name"),
	F_I64(import_person, unit_id, .flags = FIELD_NULLABLE, .doc = "Unit"),
};
const struct schema import_person_schema = SCHEMA(import_person, import_person_fields, "A person a file names");

static const struct field import_known_fields[] = {
	F_I64(import_known, exception_id, .doc = "Exception it became"),
	F_STR(import_known, hash, .doc = "SHA-256 of what the file said"),
};
const struct schema import_known_schema = SCHEMA(import_known, import_known_fields, "A row that was imported");

/* Names as in the export. */
static const struct field import_own_fields[] = {
	F_STR(import_own, title, .doc = "One line"),
	F_STR(import_own, document_key, .flags = FIELD_NULLABLE, .doc = "Document"),
	F_STR(import_own, clause, .flags = FIELD_NULLABLE, .doc = "First clause"),
	F_STR(import_own, unit_code, .flags = FIELD_NULLABLE, .doc = "Unit"),
	F_STR(import_own, owner_name, .doc = "Owner"),
	F_I64(import_own, risk, .flags = FIELD_NULLABLE, .doc = "Residual risk"),
	F_ENUM(import_own, cause, cause, .flags = FIELD_NULLABLE, .doc = "Why it is needed"),
	F_TIME(import_own, submitted_at, .flags = FIELD_NULLABLE, .doc = "When it was sent"),
	F_DATE(import_own, effective_on, .flags = FIELD_NULLABLE, .doc = "First day"),
	F_DATE(import_own, expires_on, .flags = FIELD_NULLABLE, .doc = "Last day"),
	F_DATE(import_own, requested_until, .flags = FIELD_NULLABLE, .doc = "Last day asked for"),
	F_I64(import_own, sla_breached_days, .flags = FIELD_NULLABLE, .doc = "Days past the SLA"),
};
const struct schema import_own_schema = SCHEMA(import_own, import_own_fields, "An exception as our export has it");
/* clang-format on */

int
import_store_person(struct db *db, const char *who, struct import_person *out,
    struct err *e)
{
	static const unsigned by[] = { STMT_IMPORT_PERSON_BY_UID,
		STMT_IMPORT_PERSON_BY_NAME };

	for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++) {
		const struct import_person *rows;
		void *list = NULL;
		size_t n = 0;

		if (db_list(db, by[i], VALS(v_str(who)), &list, &n, e) < 0)
			return -1;
		rows = list;
		if (n > 0)
			*out = rows[0];
		if (n > 0)
			return (int)n;
	}
	return 0;
}

int
import_store_known(struct db *db, const char *source, const char *reference,
    struct import_known *out, struct err *e)
{
	return db_get(db, STMT_IMPORT_KNOWN,
	    VALS(v_str(source), v_str(reference)), OUT(*out), e);
}

int
import_store_remember(struct db *db, const char *source, const char *reference,
    int64_t exception_id, const unsigned char hash[32], instant_t now,
    struct err *e)
{
	return db_exec(db, STMT_IMPORT_REMEMBER,
	    VALS(v_str(source), v_str(reference), v_i64(exception_id),
		v_bytes(hash, 32), v_time(now)),
	    NULL, e);
}

int
import_store_facts(struct db *db, const struct exception *x, struct err *e)
{
	int64_t n = 0;

	if (db_exec(db, STMT_IMPORT_FACTS,
		VALS(v_i64(x->outcome), v_time(x->decided_at),
		    v_date(x->effective_on), v_date(x->expires_on),
		    v_str(x->legacy_decider), v_i64(x->id),
		    v_i64(x->row_version)),
		&n, e) < 0)
		return -1;
	return n == 1 ?
	    0 :
	    err_set(e, ERR_STALE, "Somebody else changed it meanwhile.");
}

int
import_store_mark(struct db *db, int64_t id, struct err *e)
{
	return db_exec(db, STMT_FACET_PUT,
	    VALS(v_i64(DIMENSION_MARK), v_i64(MARK_UNDOCUMENTED), v_i64(id)),
	    NULL, e);
}

int
import_store_documented(struct db *db, int64_t id, struct err *e)
{
	return db_exec(db, STMT_IMPORT_DOCUMENTED, VALS(v_i64(id)), NULL, e);
}

int
import_store_own(struct db *db, int64_t id, struct import_own *out,
    struct err *e)
{
	return db_get(db, STMT_IMPORT_OWN, VALS(v_i64(id)), OUT(*out), e);
}

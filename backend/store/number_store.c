/* One counter a year and kind; LAST_INSERT_ID carries what was taken. */
#include "store/number_store.h"

#include <assert.h>

#include "db/db.h"
#include "db/tx.h"
#include "domain/exception.h"
#include "store/statements.h"

static int
take(struct db *db, unsigned stmt, int year, int64_t *id, struct err *e)
{
	assert(!tx_is_open(db));
	if (db_exec(db, stmt, VALS(v_i64(year)), NULL, e) < 0)
		return -1;
	if (db_insert_id(db) > NUMBER_SEQ_MAX)
		return err_set(e, ERR_INTERNAL, "The year has no number left.");
	*id = year * NUMBER_YEAR + db_insert_id(db);
	return 0;
}

int
number_store_exception(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_EXCEPTION_NUMBER_NEXT, year, id, e);
}

int
number_store_exceptions(struct db *db, int year, int64_t n, int64_t *first,
    struct err *e)
{
	assert(!tx_is_open(db) && n > 0);
	if (db_exec(db, STMT_EXCEPTION_NUMBERS_NEXT,
		VALS(v_i64(year), v_i64(n), v_i64(n)), NULL, e) < 0)
		return -1;
	if (db_insert_id(db) > NUMBER_SEQ_MAX)
		return err_set(e, ERR_INTERNAL,
		    "The year has not so many numbers left.");
	*first = year * NUMBER_YEAR + db_insert_id(db) - n + 1;
	return 0;
}

int
number_store_violation(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_VIOLATION_NUMBER_NEXT, year, id, e);
}

int
number_store_risk(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_RISK_NUMBER_NEXT, year, id, e);
}

int
number_store_letter(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_LETTER_NUMBER_NEXT, year, id, e);
}

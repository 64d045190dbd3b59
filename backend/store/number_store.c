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
number_store_risk(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_RISK_NUMBER_NEXT, year, id, e);
}

int
number_store_letter(struct db *db, int year, int64_t *id, struct err *e)
{
	return take(db, STMT_LETTER_NUMBER_NEXT, year, id, e);
}

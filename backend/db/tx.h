/*
 * Transactions: any error poisons, no further statement goes out, ROLLBACK,
 * then the whole function again (deadlock, lock wait, snapshot conflict; at
 * most 3 times with jitter) or fail. They do not nest.
 */
#ifndef EXREG_DB_TX_H
#define EXREG_DB_TX_H

#include "db/db.h"

enum tx_mode { TX__INVALID, TX_NONE, TX_READ, TX_WRITE };

typedef int (*tx_fn)(void *arg, struct err *e);

/*
 * Run fn in a transaction of that mode. TX_NONE runs it without one.
 * TX_READ is START TRANSACTION READ ONLY, WITH CONSISTENT SNAPSHOT.
 * Each attempt starts from a rewound arena (the one given to db_set_arena)
 * and a cleared e. Returns 0 when fn returned 0 and COMMIT was acknowledged;
 * -1 otherwise, with ERR_DB_UNCERTAIN when the answer to COMMIT was lost.
 */
int tx_run(struct db *db, enum tx_mode mode, tx_fn fn, void *arg,
    struct err *e);

/* A transaction is open on this handle (asserted false after a request). */
bool tx_is_open(const struct db *db);

#endif

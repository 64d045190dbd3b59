/*
 * Numbers from 2000 and 5000 up come from Connector/C, the others from the
 * server. They are written out here so that the table can be tested without
 * the library.
 */
#include "db/error.h"

#include <stddef.h>

/* clang-format off */
static const struct {
	unsigned number;
	enum err_kind kind;
} rows[] = {
	{ 1020, ERR_DB_RETRY }, /* record has changed since the snapshot */
	{ 1205, ERR_DB_RETRY }, /* lock wait timeout; only the statement is gone */
	{ 1213, ERR_DB_RETRY }, /* deadlock; the transaction is gone */

	{ 188, ERR_BUSY }, /* max_statement_time inside a full-text search */
	{ 1021, ERR_BUSY }, /* disk full */
	{ 1040, ERR_BUSY }, /* too many connections */
	{ 1047, ERR_BUSY }, /* node not ready (Galera without a quorum) */
	{ 1114, ERR_BUSY }, /* table full */
	{ 1203, ERR_BUSY }, /* too many connections of this account */
	{ 1226, ERR_BUSY }, /* max_user_connections of this account */
	{ 1290, ERR_BUSY }, /* read-only server */
	{ 1836, ERR_BUSY }, /* read-only mode */
	{ 1969, ERR_BUSY }, /* max_statement_time */

	{ 1053, ERR_DB_DOWN }, /* server shutdown */
	{ 1927, ERR_DB_DOWN }, /* connection was killed */
	{ 1243, ERR_DB_DOWN }, /* the server has forgotten the statement */
	{ 1615, ERR_DB_DOWN }, /* the statement must be prepared again */
	{ 2002, ERR_DB_DOWN }, /* cannot connect, socket */
	{ 2003, ERR_DB_DOWN }, /* cannot connect, host */
	{ 2006, ERR_DB_DOWN }, /* server has gone away */
	{ 2013, ERR_DB_DOWN }, /* lost connection, also after a timeout */
	{ 2014, ERR_DB_DOWN }, /* out of sync: only a new connection helps */
	{ 2026, ERR_DB_DOWN }, /* TLS */
	{ 2027, ERR_DB_DOWN }, /* malformed packet */
	{ 2055, ERR_DB_DOWN }, /* lost connection, with details */
	{ 2057, ERR_DB_DOWN }, /* the columns of the statement have changed */
	{ 5013, ERR_DB_DOWN }, /* network read */
	{ 5014, ERR_DB_DOWN }, /* network write */
};
/* clang-format on */

enum err_kind
db_error_kind(unsigned number)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].number == number)
			return rows[i].kind;
	return ERR_DB;
}

/* What a MariaDB error number means to us. */
#ifndef EXREG_DB_ERROR_H
#define EXREG_DB_ERROR_H

#include "base/err.h"

/*
 * ERR_DB_DOWN: the connection is of no more use. ERR_DB_RETRY: roll back and
 * run the whole transaction again. ERR_BUSY: the server refuses for now.
 * ERR_DB: anything else, 0 included.
 */
enum err_kind db_error_kind(unsigned number);

#endif

/* Every struct that a statement may name as its result. */
#ifndef EXREG_STORE_ROW_SCHEMAS_H
#define EXREG_STORE_ROW_SCHEMAS_H

#include "domain/catalogue.h"
#include "domain/record.h"

#endif

/* The organisation's own rows: units, people, documents, roles, assets. */
#ifndef EXREG_APP_SAMPLE_CATALOGUE_H
#define EXREG_APP_SAMPLE_CATALOGUE_H

#include "app/sample_data.h"

struct db;

/* Write them all; ids as in s. 0 or -1 with e set. */
int sample_catalogue_write(const struct sample *s, struct db *db,
    struct err *e);

#endif

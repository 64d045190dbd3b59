/* Inside directory/ only: entries as people. */
#ifndef EXREG_DIRECTORY_PERSON_H
#define EXREG_DIRECTORY_PERSON_H

#include "directory/query.h"

/* Name the attributes of a person in the query. */
void person_attributes(struct query *q, const struct directory_config *cfg);

/* 0, or -1 with the fault set: the entry has no readable id or uid. */
int person_read(struct directory *d, struct arena *a, const struct entry *x,
    struct directory_person *p);

/* The entry of this DN, if the people filter fits. For calls that have
 * begun already. */
enum directory_result person_at(struct directory *d, struct arena *a,
    const char *dn, struct directory_person *p, struct err *e);

/* Order by name, then id; for qsort. */
int person_compare(const void *a, const void *b);

#endif

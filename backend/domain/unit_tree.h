/* The order in which a tree of units is read. */
#ifndef EXREG_DOMAIN_UNIT_TREE_H
#define EXREG_DOMAIN_UNIT_TREE_H

#include "domain/catalogue.h"

/*
 * Put units in tree order: each one directly before those below it,
 * brothers as they came; depth is set. A unit whose parent is not in the
 * list, or that stands below itself, is not lost: it becomes a root.
 */
void unit_tree_sort(struct unit_row *rows, size_t n, struct arena *a);

#endif

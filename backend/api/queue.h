/* Routes of the review queue and the home page. */
#ifndef EXREG_API_QUEUE_H
#define EXREG_API_QUEUE_H

#include "api/ctx.h"
#include "domain/catalogue.h"

extern const struct schema queue_in_schema;
extern const struct schema queue_list_schema;
extern const struct schema home_schema;

/* GET /api/v1/queue */
int queue_list(struct ctx *c, struct err *e);

/* GET /api/v1/home */
int home_get(struct ctx *c, struct err *e);

/* Fill what a row takes from its procedure and from today. 0 or -1. */
int queue_rows_finish(struct ctx *c, struct queue_row *rows, size_t n,
    struct err *e);

#endif

/* The rows of one exception, in all tables. */
#ifndef EXREG_APP_SAMPLE_TABLES_H
#define EXREG_APP_SAMPLE_TABLES_H

#include "app/sample_case.h"
#include "app/sample_rows.h"

enum sample_table {
	TABLE_EXCEPTION,
	TABLE_CONTENT,
	TABLE_VERSION,
	TABLE_DECISION,
	TABLE_RISK,
	TABLE_EXCEPTION_RISK,
	TABLE_AUDIT,
	TABLE_AUDIT_PENDING,
	TABLE_CLAUSE,
	TABLE_FACET,
	TABLE_TEXT,
	TABLE_CONTROL,
	TABLE_ALTERNATIVE,
	TABLE_FINDING,
	TABLE__MAX
};

/* A large register is written by two processes, each some of the tables. */
struct sample_table_row {
	const char *table;
	const char *columns;
	int writer; /* 0 or 1 */
};
extern const struct sample_table_row sample_tables[TABLE__MAX];

#define SAMPLE_YEARS 10 /* the plan reaches back less than that */

struct sample_writer {
	const struct sample *s;
	const struct sample_plan *plan;
	struct arena scratch;           /* emptied for each exception */
	struct rows tables[TABLE__MAX]; /* those of others are not open */
	int first_year;
	int64_t exceptions[SAMPLE_YEARS]; /* last number of each year */
	int64_t risks[SAMPLE_YEARS];
};

/* Write the rows of exception i of the plan; in order from 0. 0 or -1. */
int sample_write(struct sample_writer *w, size_t i, struct err *e);

/* The part about steps: versions, findings, decisions, events. */
struct sample_made;
int sample_write_steps(struct sample_writer *w, const struct sample_made *m,
    struct err *e);

/* A case with its texts, while it is written. */
struct sample_made {
	struct sample_case c;
	struct content content; /* of the last version */
	const char *json;
	unsigned char hash[32];
	const char *number;
	unsigned char first_hash[32]; /* of version 1 when there are two */
};

#endif

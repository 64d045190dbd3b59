/*
 * exregctl import: exceptions of another register, or of our own export,
 * from a CSV file (M-28). The file is read twice: the first time every row
 * is checked and nothing is written, the second time it is written in
 * batches. Memory does not grow with the file, but for 40 bytes a row that
 * know each reference again.
 */
#ifndef EXREG_APP_IMPORT_H
#define EXREG_APP_IMPORT_H

#include "base/arena.h"
#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/content.h"
#include "domain/procedure.h"
#include "domain/record.h"
#include "export/csv_read.h"
#include "store/import_store.h"

struct db;

#define IMPORT_ROWS_MAX 1000000
#define IMPORT_BATCH 500
#define IMPORT_FAULTS_SHOWN 1000

/* What a column may give; the order of struct import_columns. */
enum import_target {
	TARGET_NUMBER, /* the reference in the other register */
	TARGET_TITLE,
	TARGET_OUTCOME,
	TARGET_PROCEDURE,
	TARGET_DOCUMENT,
	TARGET_CLAUSE,
	TARGET_UNIT,
	TARGET_OWNER,
	TARGET_EFFECTIVE_ON,
	TARGET_EXPIRES_ON,
	TARGET_DECIDED_ON,
	TARGET_DECIDER,
	TARGET_CAUSE,
	TARGET_JUSTIFICATION,
	TARGET_CIRCUMSTANCES,
	TARGET_IMPACT_IF_DENIED,
	TARGET_REMEDIATION_PLAN,
	TARGET_SERVICE_REQUEST,
	TARGET_CONFIDENTIAL,
	TARGET__MAX
};

struct import_map {
	const char *column[TARGET__MAX];   /* heading; NULL: no column */
	const char *constant[TARGET__MAX]; /* where the file says nothing */
	const char *source;                /* name of the other register */
	const char *date_format;           /* "dd.mm.yyyy" */
	char separator;                    /* 0: as the heading has it */
	bool own;                          /* our own export, no map */
};

/* Name of a target, as the map and faults have it. */
const char *import_target_name(enum import_target t);

/* Our own export: the header must be its own. */
void import_map_own(struct import_map *m);

/* Read a map. Faults are fields of e, by the key. 0 or -1. */
int import_map_read(struct arena *a, const char *text, size_t len,
    struct import_map *m, struct err *e);

/*
 * Where the targets stand in the heading r has just read (-1: nowhere).
 * Returns 0, or -1 with ERR_INVALID: a column is missing, or there twice.
 * Of our own export, columns are those of the exported fields.
 */
int import_map_bind(const struct import_map *m, const struct csv_reader *r,
    int places[TARGET__MAX], struct err *e);
#define IMPORT_OWN_MAX 32
int import_own_bind(const struct csv_reader *r, int places[IMPORT_OWN_MAX],
    struct err *e);

/* A day as the format has it; single digits may stand for two. 0 or -1. */
int import_date(const char *format, const char *text, date_t *out);

/* What files name, looked up once. */
struct import_procedure {
	int64_t id;
	struct procedure p;
	/* the request must go through its form (C-22): imported as a draft */
	bool drafts_only;
};
struct import_document {
	struct document_row row;
	struct clause *clauses;
	size_t nclauses;
};

struct import_names;
struct import_names *import_names_open(struct db *db, struct arena *a);

/* 1, 0 when unknown, -1 with e set; a person: 2 when several are called so.
 * The row arena stays that of the database handle. */
int import_names_procedure(struct import_names *n, struct arena *row,
    const char *key, const struct import_procedure **out, struct err *e);
int import_names_document(struct import_names *n, struct arena *row,
    const char *key, const struct import_document **out, struct err *e);
int import_names_unit(struct import_names *n, struct arena *row,
    const char *code, const struct unit_row **out, struct err *e);
int import_names_person(struct import_names *n, struct arena *row,
    const char *who, const struct import_person **out, struct err *e);

/* References seen in the file. *before: the row that had it; 0: none. */
struct import_seen {
	struct import_seen_slot *slots;
	size_t cap, n;
};
void import_seen_add(struct import_seen *s, const char *reference, int64_t row,
    int64_t *before);
void import_seen_reset(struct import_seen *s);
void import_seen_release(struct import_seen *s);

/* One fault, told by row and heading. */
struct import_fault {
	int64_t row;
	const char *column; /* NULL: the whole row */
	const char *detail;
};

enum import_kind { IMPORT_FAULTY, IMPORT_UNCHANGED, IMPORT_NEW, IMPORT_DRAFT };

/* A row that was checked; lives on the arena it was checked with. */
struct import_row {
	int64_t row;
	enum import_kind kind;
	const char *reference;
	const struct import_procedure *procedure;
	const struct import_document *document; /* NULL: none said */
	const struct clause *clause;            /* NULL: none said */
	const struct unit_row *unit;            /* NULL: none said */
	const struct import_person *owner;
	enum outcome outcome;
	date_t effective_on;
	date_t expires_on;
	date_t decided_on;
	const char *decider;
	struct content content;
	unsigned char hash[32];
};

struct importer {
	struct db *db;
	struct arena *arena; /* until the command ends */
	struct import_map map;
	struct csv_reader *reader;
	struct import_names *names;
	struct import_seen seen;
	int places[TARGET__MAX];
	int own_places[IMPORT_OWN_MAX];
	const char *headings[CSV_CELLS_MAX];
	date_t today;
	instant_t now;
	const char *origin;

	int64_t nrows;
	int64_t count[IMPORT_DRAFT + 1];
	int64_t nfaults;
	struct import_fault *faults; /* the first IMPORT_FAULTS_SHOWN */
};

/* Say what is wrong with the row in hand. column: as in the file, or NULL. */
void import_fault(struct importer *im, const char *column, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Check the row that the reader has in hand. Faults are added to the
 * importer and make the row IMPORT_FAULTY. Returns 0, or -1 with e set.
 */
int import_check(struct importer *im, struct arena *row, struct import_row *out,
    struct err *e);

/* The same for a row of our own export: unchanged, or a fault. */
int import_check_own(struct importer *im, struct arena *row,
    struct import_row *out, struct err *e);

/*
 * Write a batch in one transaction: each row with its content, its facets,
 * its reference and an audit event. work: for the statements.
 * Returns 0, or -1 with e set, and then nothing of it is there.
 */
int import_write(struct importer *im, const struct import_row *rows, size_t n,
    struct arena *work, struct err *e);

#endif

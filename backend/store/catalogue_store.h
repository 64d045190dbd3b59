/*
 * Documents, procedures, assets, units and people as the forms need them.
 * All functions return 0, or -1 with e set, unless they say otherwise.
 * Strings and arrays live on the request arena.
 */
#ifndef EXREG_STORE_CATALOGUE_STORE_H
#define EXREG_STORE_CATALOGUE_STORE_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/record.h"

struct db;

/* Published documents by title. */
struct document_filter {
	const char *q;      /* part of title or key; NULL: all */
	enum domain domain; /* 0: all */
	int64_t after;      /* id of the last one seen; 0: from the start */
	const char *const *kinds; /* only what is meant for one of these
				     kinds of people; NULL: for anybody */
	size_t nkinds;
};
int catalogue_store_documents(struct db *db, struct arena *a,
    const struct document_filter *f, struct document_row **rows, size_t *n,
    struct err *e);

/* The published document of that key. 1, 0 when there is none, -1. */
int catalogue_store_document(struct db *db, const char *key,
    struct document_row *out, struct err *e);

/* Clauses of one version, in the order of the document. */
int catalogue_store_clauses(struct db *db, int64_t document_id,
    const char *version, struct clause **rows, size_t *n, struct err *e);

/* Days allowed by severity in one version. */
int catalogue_store_sla(struct db *db, int64_t document_id, const char *version,
    struct sla_row **rows, size_t *n, struct err *e);

/* The newest published version of every procedure, by key. */
int catalogue_store_procedures(struct db *db, struct procedure_row **rows,
    size_t *n, struct err *e);

/* One version by its row, the newest published one by key. 1, 0, -1. */
int catalogue_store_procedure(struct db *db, int64_t id,
    struct procedure_row *out, struct err *e);
int catalogue_store_procedure_newest(struct db *db, const char *key,
    struct procedure_row *out, struct err *e);

/* Assets by name; `me` is the person whose assets are `mine`. */
struct asset_filter {
	const char *q; /* part of the name; NULL: all */
	bool mine;     /* only the assets of `me` */
	int64_t after; /* id of the last one seen; 0: from the start */
	int64_t me;
};
int catalogue_store_assets(struct db *db, struct arena *a,
    const struct asset_filter *f, struct asset_row **rows, size_t *n,
    struct err *e);

/* 1, 0 when there is none, -1. */
int catalogue_store_asset(struct db *db, int64_t id, int64_t me,
    struct asset_row *out, struct err *e);

/* Every unit by code, at most 2000. */
int catalogue_store_units(struct db *db, struct unit_row **rows, size_t *n,
    struct err *e);

/* 1, 0 when there is none, -1. depth is not read. */
int catalogue_store_unit(struct db *db, const char *code, struct unit_row *out,
    struct err *e);

/* People who own exceptions, by name; q: start of a name, NULL: all. */
int catalogue_store_owners(struct db *db, struct arena *a, const char *q,
    struct owner_row **rows, size_t *n, struct err *e);

/* Id of the person with that directory name. 1, 0 when unknown, -1. */
int catalogue_store_person(struct db *db, const char *uid, int64_t *id,
    struct err *e);

/* A person with their unit. 1, 0 when there is none, -1. */
int catalogue_store_profile(struct db *db, int64_t id, struct profile *out,
    struct err *e);

/* A role somebody holds, in words. 1, 0 when the mapping is gone, -1. */
int catalogue_store_held_role(struct db *db, const struct grant *g,
    struct held_role *out, struct err *e);

#endif

/* Roles and the directory groups that give them. 0 or -1 unless said. */
#ifndef EXREG_STORE_ROLE_STORE_H
#define EXREG_STORE_ROLE_STORE_H

#include "base/err.h"
#include "domain/catalogue.h"
#include "domain/roles.h"

struct db;

int role_store_list(struct db *db, struct role_row **rows, size_t *n,
    struct err *e);

int role_mapping_store_list(struct db *db, struct role_mapping **rows,
    size_t *n, struct err *e);

/* A live mapping, locked. 1, 0, -1. */
int role_mapping_store_lock(struct db *db, int64_t id, struct role_mapping *m,
    struct err *e);

struct role_mapping_new {
	const char *group_id;
	const char *group_dn;
	const char *group_name;
	const char *role;
	int64_t unit_id;     /* I64_NONE: everywhere */
	int64_t domain;      /* I64_NONE: all */
	int64_t document_id; /* I64_NONE: all */
	int64_t members;
	instant_t now;
	int64_t created_by;
};

/* The same group, role and scope is mapped already. */
int role_mapping_store_exists(struct db *db, const struct role_mapping_new *m,
    bool *exists, struct err *e);
int role_mapping_store_add(struct db *db, const struct role_mapping_new *m,
    int64_t *id, struct err *e);

/* End it; ERR_STALE when it changed. */
int role_mapping_store_end(struct db *db, int64_t id, int64_t row_version,
    int64_t by, instant_t now, struct err *e);

/* Live administrator mappings beside that one. */
int role_mapping_store_other_administrators(struct db *db, int64_t id,
    int64_t *n, struct err *e);

/* Mirror one holder of a mapping. */
int role_holder_store_put(struct db *db, int64_t mapping_id, int64_t person_id,
    instant_t now, struct err *e);

/* People who hold a role already, designated ones included; `unit` carries
 * their directory id. */
int role_holder_store_list(struct db *db, const char *role, date_t today,
    struct owner_row **rows, size_t *n, struct err *e);

/* Id of a published document, I64_NONE when there is none. */
int document_store_id(struct db *db, const char *key, int64_t *id,
    struct err *e);

#endif

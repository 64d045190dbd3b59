/*
 * The sample organisation: what the files of sql/sample say, with the ids
 * the rows will have. Indexes count from 0 in the arrays of struct sample;
 * NOWHERE is none.
 */
#ifndef EXREG_APP_SAMPLE_DATA_H
#define EXREG_APP_SAMPLE_DATA_H

#include "app/sample_random.h"
#include "domain/content.h"
#include "domain/procedure.h"
#include "domain/status.h"

#define NOWHERE SIZE_MAX

/* Indexes on the arena. */
struct indexes {
	size_t *list;
	size_t n;
};

struct sample_unit {
	int64_t id;
	const char *code;
	const char *name;
	size_t parent;
	size_t depth;
	struct indexes people; /* of it and the units below */
};

struct sample_person {
	int64_t id;
	const char *directory_id;
	const char *uid;
	const char *dn;
	const char *name;
	const char *mail;
	const char *title;
	const char *manager_uid; /* only while loading */
	size_t unit;
	size_t manager;
	const char *groups; /* ids of the groups, as read at a decision */
};

struct sample_group {
	const char *directory_id;
	const char *cn;
	const char *dn;
	struct indexes people; /* nested groups included */
};

struct sample_mapping {
	int64_t id;
	size_t group;
	const char *role;
	size_t unit;
	enum domain domain; /* 0: all */
	size_t document;
};

struct sample_asset {
	int64_t id;
	const char *name;
	const char *kind;
	enum severity criticality;
	size_t owner;
	size_t unit;
};

struct sample_clause {
	int64_t id;
	int64_t root_id;
	const char *ref;
	const char *title;
	const char *text;
};

struct sample_sla {
	enum severity severity;
	int64_t days;
};

struct sample_version {
	const char *version;
	int64_t published_days_ago;
	struct sample_clause *clauses;
	size_t nclauses;
	struct sample_sla *sla;
	size_t nsla;
};

struct sample_document {
	int64_t id;
	const char *document_key;
	const char *title;
	enum document_kind kind;
	enum domain domain;
	const char *owner; /* uid */
	bool exceptions_allowed;
	const char *exception_note;
	int64_t max_term_days;
	struct sample_version *versions; /* the last one is published now */
	size_t nversions;
};

struct sample_procedure {
	struct procedure procedure; /* with its id */
	const char *body;
	unsigned char sha256[32];
};

/* A kind of request that comes up again and again. Texts hold {names}. */
struct sample_scenario {
	const char *scenario;
	const char *procedure;
	const char **kinds; /* of the asset; none: about no asset */
	size_t nkinds;
	const char **requesters; /* unit codes; none: the asset's owner asks */
	size_t nrequesters;
	int64_t days; /* usual term */
	bool once;    /* used up by one act */
	const char **titles;
	size_t ntitles;
	const char **justifications;
	size_t njustifications;
	const char **circumstances;
	size_t ncircumstances;
	struct content *content;
	/* found from the names above */
	size_t procedure_index;
	size_t document;
	size_t mapping; /* of those who decide */
	struct indexes assets;
	struct indexes units;
	int64_t limit; /* longest term in days */
};

struct sample_phrases {
	const char **business_validity;
	size_t nbusiness_validity;
	const char **security_implications;
	size_t nsecurity_implications;
	const char **approve;
	size_t napprove;
	const char **deny;
	size_t ndeny;
	const char **returned;
	size_t nreturned;
	const char **withdraw;
	size_t nwithdraw;
	const char **revised;
	size_t nrevised;
	const char **codes;
	size_t ncodes;
};

struct sample_pinned {
	enum status status;
	size_t scenario;
	size_t asset;
	size_t requester;
};

struct sample {
	struct arena *arena;
	const char *dir;            /* sql/sample */
	const char *procedures_dir; /* sql/procedures */
	const char *tsv_dir;        /* lists of the directory, or NULL */
	date_t today;
	uint64_t seed;
	size_t count; /* exceptions; 0: the sample register */
	struct sample_unit *units;
	size_t nunits;
	struct sample_person *people;
	size_t npeople;
	struct sample_group *groups;
	size_t ngroups;
	struct sample_mapping *mappings;
	size_t nmappings;
	struct sample_asset *assets;
	size_t nassets;
	struct sample_document *documents;
	size_t ndocuments;
	struct sample_procedure *procedures;
	size_t nprocedures;
	struct sample_scenario *scenarios;
	size_t nscenarios;
	struct sample_phrases phrases;
	struct sample_pinned *pinned;
	size_t npinned;
};

/* Read all files; s has arena, dir, procedures_dir, tsv_dir. 0 or -1. */
int sample_load(struct sample *s, struct err *e);

/* The lists only: people, units, groups, assets, mappings. 0 or -1. */
int sample_load_lists(struct sample *s, struct err *e);

/* Index of that name, or NOWHERE. */
size_t sample_unit_find(const struct sample *s, const char *code);
size_t sample_person_find(const struct sample *s, const char *uid);
size_t sample_document_find(const struct sample *s, const char *key);

/* The clause with that reference, or NULL. */
const struct sample_clause *sample_clause_find(const struct sample_version *v,
    const char *ref);

/* The unit itself or one above it. */
bool sample_unit_is_below(const struct sample *s, size_t unit, size_t top);

/*
 * Make the organisation large enough for count exceptions: more teams,
 * people and assets. Before sample_resolve().
 */
void sample_grow(struct sample *s);

/* Fill what is found from names: candidates of scenarios, people of units. */
int sample_resolve(struct sample *s, struct err *e);

#endif

/*
 * Tables of names in memory: an organisation has few documents, units and
 * owners, a file has many rows. What is not found is asked again, so that a
 * file of unknown names takes no memory.
 */
#include "app/import.h"

#include <stdlib.h>
#include <string.h>

#include "api/procedure_view.h"
#include "crypto/crypto.h"
#include "db/db.h"
#include "store/catalogue_store.h"

#define BUCKETS 1024

enum table { PROCEDURES, DOCUMENTS, UNITS, PEOPLE, TABLES };

struct entry {
	struct entry *next;
	enum table table;
	const char *key;
	const void *value;
};

struct import_names {
	struct db *db;
	struct arena *arena;
	struct entry *buckets[BUCKETS];
};

struct import_names *
import_names_open(struct db *db, struct arena *a)
{
	struct import_names *n = ARENA_NEW(a, struct import_names);

	n->db = db;
	n->arena = a;
	return n;
}

static struct entry **
bucket_of(struct import_names *n, enum table t, const char *key)
{
	uint32_t h = 2166136261u + (uint32_t)t;

	for (; *key != '\0'; key++)
		h = (uint32_t)((h ^ (unsigned char)*key) * UINT64_C(16777619));
	return &n->buckets[h % BUCKETS];
}

static const void *
look_up(struct import_names *n, enum table t, const char *key)
{
	for (const struct entry *x = *bucket_of(n, t, key); x != NULL;
	     x = x->next)
		if (x->table == t && strcmp(x->key, key) == 0)
			return x->value;
	return NULL;
}

static int
load_procedure(struct import_names *n, const char *key,
    struct import_procedure *out, struct err *e)
{
	struct procedure_row row;
	int found = catalogue_store_procedure_newest(n->db, key, &row, e);

	if (found <= 0)
		return found;
	out->id = row.id;
	if (procedure_parse(n->arena, &row, &out->p, e) < 0)
		return -1;
	out->drafts_only = out->p.service_request_required;
	for (size_t i = 0; i < out->p.nstages; i++)
		out->drafts_only =
		    out->drafts_only || out->p.stages[i].kind == STAGE_FORM;
	return 1;
}

static int
load_document(struct import_names *n, const char *key,
    struct import_document *out, struct err *e)
{
	int found = catalogue_store_document(n->db, key, &out->row, e);

	if (found <= 0)
		return found;
	return catalogue_store_clauses(n->db, out->row.id, out->row.version,
		   &out->clauses, &out->nclauses, e) < 0 ?
	    -1 :
	    1;
}

static int
load(struct import_names *n, enum table t, const char *key, void *out,
    struct err *e)
{
	switch (t) {
	case PROCEDURES:
		return load_procedure(n, key, out, e);
	case DOCUMENTS:
		return load_document(n, key, out, e);
	case UNITS:
		return catalogue_store_unit(n->db, key, out, e);
	case PEOPLE:
		return import_store_person(n->db, key, out, e);
	case TABLES:
		break;
	}
	return 0;
}

static int
get(struct import_names *n, struct arena *row, enum table t, const char *key,
    size_t size, const void **out, struct err *e)
{
	struct arena_mark mark = arena_mark(n->arena);
	struct entry **bucket = bucket_of(n, t, key);
	struct entry *x;
	void *value;
	int found;

	*out = look_up(n, t, key);
	if (*out != NULL)
		return 1;
	value = arena_alloc(n->arena, size);
	db_set_arena(n->db, n->arena);
	found = load(n, t, key, value, e);
	db_set_arena(n->db, row);
	if (found != 1) {
		arena_rewind(n->arena, mark);
		return found;
	}
	x = ARENA_NEW(n->arena, struct entry);
	*x = (struct entry){ *bucket, t, arena_strdup(n->arena, key), value };
	*bucket = x;
	*out = value;
	return 1;
}

int
import_names_procedure(struct import_names *n, struct arena *row,
    const char *key, const struct import_procedure **out, struct err *e)
{
	const void *found;
	int result = get(n, row, PROCEDURES, key, sizeof(**out), &found, e);

	*out = found;
	return result;
}

int
import_names_document(struct import_names *n, struct arena *row,
    const char *key, const struct import_document **out, struct err *e)
{
	const void *found;
	int result = get(n, row, DOCUMENTS, key, sizeof(**out), &found, e);

	*out = found;
	return result;
}

int
import_names_unit(struct import_names *n, struct arena *row, const char *code,
    const struct unit_row **out, struct err *e)
{
	const void *found;
	int result = get(n, row, UNITS, code, sizeof(**out), &found, e);

	*out = found;
	return result;
}

int
import_names_person(struct import_names *n, struct arena *row, const char *who,
    const struct import_person **out, struct err *e)
{
	const void *found;
	int result = get(n, row, PEOPLE, who, sizeof(**out), &found, e);

	*out = found;
	return result;
}

/* A reference by the first half of its SHA-256; row 0: free. */
struct import_seen_slot {
	unsigned char key[16];
	int64_t row;
};

static struct import_seen_slot *
slot_of(struct import_seen_slot *slots, size_t cap, const unsigned char *key)
{
	size_t at;

	memcpy(&at, key, sizeof(at));
	at &= cap - 1;
	while (slots[at].row != 0 && memcmp(slots[at].key, key, 16) != 0)
		at = (at + 1) & (cap - 1);
	return &slots[at];
}

static void
grow(struct import_seen *s)
{
	size_t cap = s->cap == 0 ? 4096 : 2 * s->cap;
	struct import_seen_slot *slots = calloc(cap, sizeof(*slots));

	if (slots == NULL)
		abort(); /* as the arena does */
	for (size_t i = 0; i < s->cap; i++)
		if (s->slots[i].row != 0)
			*slot_of(slots, cap, s->slots[i].key) = s->slots[i];
	free(s->slots);
	s->slots = slots;
	s->cap = cap;
}

void
import_seen_add(struct import_seen *s, const char *reference, int64_t row,
    int64_t *before)
{
	unsigned char hash[SHA256_LEN];
	struct import_seen_slot *slot;

	if (2 * s->n >= s->cap)
		grow(s);
	sha256(reference, strlen(reference), hash);
	slot = slot_of(s->slots, s->cap, hash);
	*before = slot->row;
	if (slot->row != 0)
		return;
	memcpy(slot->key, hash, sizeof(slot->key));
	slot->row = row;
	s->n++;
}

void
import_seen_reset(struct import_seen *s)
{
	if (s->cap > 0)
		memset(s->slots, 0, s->cap * sizeof(*s->slots));
	s->n = 0;
}

void
import_seen_release(struct import_seen *s)
{
	free(s->slots);
	*s = (struct import_seen){ 0 };
}

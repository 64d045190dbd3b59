/*
 * People: found by user name, id, DN or a part of the name. The people
 * filter of the configuration holds for each of them, so that somebody it
 * excludes cannot come in by another door.
 */
#include "directory/person.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/err.h"
#include "base/utf8.h"
#include "directory/connection.h"
#include "directory/filter.h"

#define USERNAME_MAX 256
#define TEXT_MAX 256

enum person_attr {
	PERSON_ID,
	PERSON_UID,
	PERSON_NAME,
	PERSON_MAIL,
	PERSON_TITLE,
	PERSON_DEPARTMENT,
	PERSON_MANAGER,
	PERSON_AD_CONTROL,    /* userAccountControl: bit 2 is "disabled" */
	PERSON_389_LOCK,      /* nsAccountLock: TRUE; also FreeIPA */
	PERSON_NOVELL_LOCK,   /* loginDisabled: TRUE */
	PERSON_POLICY_LOCKED, /* pwdAccountLockedTime: year 0 is for good */
	PERSON__MAX
};

_Static_assert(PERSON__MAX <= QUERY_ATTRS, "too many attributes");

void
person_attributes(struct query *q, const struct directory_config *cfg)
{
	q->attrs[PERSON_ID] = cfg->id_attribute;
	q->attrs[PERSON_UID] = cfg->uid_attribute;
	q->attrs[PERSON_NAME] = cfg->name_attribute;
	q->attrs[PERSON_MAIL] = cfg->mail_attribute;
	q->attrs[PERSON_TITLE] = cfg->title_attribute;
	q->attrs[PERSON_DEPARTMENT] = cfg->department_attribute;
	q->attrs[PERSON_MANAGER] = cfg->manager_attribute;
	q->attrs[PERSON_AD_CONTROL] = "userAccountControl";
	q->attrs[PERSON_389_LOCK] = "nsAccountLock";
	q->attrs[PERSON_NOVELL_LOCK] = "loginDisabled";
	q->attrs[PERSON_POLICY_LOCKED] = "pwdAccountLockedTime";
}

/*
 * A lock that ends by itself (a later pwdAccountLockedTime) is left to the
 * bind: only the server knows how long it lasts.
 */
static bool
is_disabled(const struct entry *x)
{
	const char *control = entry_text(x, PERSON_AD_CONTROL);
	const char *lock = entry_text(x, PERSON_389_LOCK);
	const char *novell = entry_text(x, PERSON_NOVELL_LOCK);
	const char *policy = entry_text(x, PERSON_POLICY_LOCKED);

	return (control != NULL && (strtoul(control, NULL, 10) & 2) != 0) ||
	    (lock != NULL && strcasecmp(lock, "true") == 0) ||
	    (novell != NULL && strcasecmp(novell, "true") == 0) ||
	    (policy != NULL && strncmp(policy, "0000", 4) == 0);
}

int
person_read(struct directory *d, struct arena *a, const struct entry *x,
    struct directory_person *p)
{
	memset(p, 0, sizeof(*p));
	p->dn = x->dn;
	p->uid = entry_text(x, PERSON_UID);
	if (x->nvalues[PERSON_ID] == 1)
		p->id = id_text(a, &d->cfg, x->values[PERSON_ID]);
	if (p->id == NULL || p->uid == NULL)
		return fault_set(d, "%.200s: no readable %s", x->dn,
		    p->id == NULL ? d->cfg.id_attribute : d->cfg.uid_attribute);
	p->name = entry_text(x, PERSON_NAME);
	if (p->name == NULL)
		p->name = p->uid;
	p->mail = entry_text(x, PERSON_MAIL);
	p->title = entry_text(x, PERSON_TITLE);
	p->department = entry_text(x, PERSON_DEPARTMENT);
	p->manager_dn = entry_text(x, PERSON_MANAGER);
	p->disabled = is_disabled(x);
	return 0;
}

int
person_compare(const void *a, const void *b)
{
	const struct directory_person *x = (const struct directory_person *)a;
	const struct directory_person *y = (const struct directory_person *)b;
	int order = strcasecmp(x->name, y->name);

	return order != 0 ? order : strcmp(x->id, y->id);
}

/* The one entry of the answer; out stays untouched otherwise. */
static enum directory_result
only_one(struct directory *d, struct arena *a, const struct answer *answer,
    struct directory_person *out, struct err *e)
{
	struct directory_person p;

	if (answer->n > 1)
		return DIRECTORY_NOT_UNIQUE;
	if (answer->cut) {
		(void)fault_set(d, "the server cut an answer of one entry");
		return directory_down(d, e);
	}
	if (answer->n == 0)
		return DIRECTORY_NOT_FOUND;
	if (person_read(d, a, &answer->entries[0], &p) == -1)
		return directory_down(d, e);
	*out = p;
	return DIRECTORY_OK;
}

/* Search below the people base; two entries are enough to see "not one". */
static enum directory_result
find_one(struct directory *d, struct arena *a, const char *filter,
    struct directory_person *p, struct err *e)
{
	struct query q = { .base = d->cfg.people_base,
		.subtree = true,
		.filter = filter,
		.limit = 2 };
	enum directory_result rc;
	struct answer answer;

	person_attributes(&q, &d->cfg);
	rc = query_base(d, a, &q, &answer, e);
	return rc == DIRECTORY_OK ? only_one(d, a, &answer, p, e) : rc;
}

enum directory_result
directory_person_find(struct directory *d, struct arena *a,
    const char *username, struct directory_person *p, struct err *e)
{
	size_t len = strlen(username);
	struct buf filter;

	if (len > USERNAME_MAX || !utf8_is_valid(username, len) ||
	    utf8_is_blank(username))
		return DIRECTORY_NOT_FOUND;
	call_begin(d);
	buf_init(&filter, a);
	filter_people(&filter, &d->cfg, username);
	return find_one(d, a, buf_text(&filter), p, e);
}

enum directory_result
directory_person_by_id(struct directory *d, struct arena *a, const char *id,
    struct directory_person *p, struct err *e)
{
	struct buf filter;

	call_begin(d);
	buf_init(&filter, a);
	buf_str(&filter, "(&");
	filter_people(&filter, &d->cfg, NULL);
	if (filter_id(&filter, &d->cfg, id) == -1)
		return DIRECTORY_NOT_FOUND;
	buf_char(&filter, ')');
	return find_one(d, a, buf_text(&filter), p, e);
}

enum directory_result
person_at(struct directory *d, struct arena *a, const char *dn,
    struct directory_person *p, struct err *e)
{
	struct query q = { .base = dn, .limit = 2 };
	enum directory_result rc;
	struct answer answer;
	struct buf filter;

	if (*dn == '\0')
		return DIRECTORY_NOT_FOUND;
	buf_init(&filter, a);
	filter_people(&filter, &d->cfg, NULL);
	q.filter = buf_text(&filter);
	person_attributes(&q, &d->cfg);
	rc = query_run(d, a, &q, &answer, e);
	return rc == DIRECTORY_OK ? only_one(d, a, &answer, p, e) : rc;
}

enum directory_result
directory_person_by_dn(struct directory *d, struct arena *a, const char *dn,
    struct directory_person *p, struct err *e)
{
	call_begin(d);
	return person_at(d, a, dn, p, e);
}

static void
search_filter(struct buf *b, const struct directory_config *cfg,
    const char *text)
{
	buf_str(b, "(&");
	filter_people(b, cfg, NULL);
	buf_str(b, "(|");
	filter_contains(b, cfg->uid_attribute, text);
	filter_contains(b, cfg->name_attribute, text);
	filter_contains(b, cfg->mail_attribute, text);
	buf_str(b, "))");
}

enum directory_result
directory_people_search(struct directory *d, struct arena *a, const char *text,
    size_t limit, struct directory_person **people, size_t *n, bool *more,
    struct err *e)
{
	struct query q = { .base = d->cfg.people_base,
		.subtree = true,
		.limit = limit + 1 };
	struct directory_person *list;
	enum directory_result rc;
	struct answer answer;
	struct buf filter;
	size_t i;

	call_begin(d);
	if (strlen(text) > TEXT_MAX || !utf8_is_valid(text, strlen(text)) ||
	    utf8_is_blank(text))
		return DIRECTORY_NOT_FOUND;
	buf_init(&filter, a);
	search_filter(&filter, &d->cfg, text);
	q.filter = buf_text(&filter);
	person_attributes(&q, &d->cfg);
	rc = query_base(d, a, &q, &answer, e);
	if (rc != DIRECTORY_OK)
		return rc;
	list =
	    (struct directory_person *)arena_array(a, answer.n, sizeof(*list));
	for (i = 0; i < answer.n; i++)
		if (person_read(d, a, &answer.entries[i], &list[i]) == -1)
			return directory_down(d, e);
	qsort(list, answer.n, sizeof(*list), person_compare);
	*more = answer.cut || answer.n > limit;
	*n = answer.n > limit ? limit : answer.n;
	*people = list;
	return DIRECTORY_OK;
}

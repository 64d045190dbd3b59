/* Rights by permission class, scopes by AND within a grant, OR across. */
#include "domain/access.h"

#include <string.h>

/* clang-format off */
const char *const role_class_names[ROLE_CLASS__MAX] = {
	NULL, "staff", "approver", "document_owner", "administrator", "auditor", "leader",
};
const char *const perm_names[PERM__MAX] = {
	NULL, "anyone", "signed_in", "request", "decide", "dashboard", "export", "administer", "audit_read",
};

#define BIT(c) (1u << (c))
#define EVERY_CLASS (BIT(ROLE_CLASS_STAFF) | BIT(ROLE_CLASS_APPROVER) | BIT(ROLE_CLASS_DOCUMENT_OWNER) | \
	BIT(ROLE_CLASS_ADMINISTRATOR) | BIT(ROLE_CLASS_AUDITOR) | BIT(ROLE_CLASS_LEADER))

/* Which classes hold a permission. An administrator has no power to decide. */
static const unsigned classes_of[PERM__MAX] = {
	[PERM_SIGNED_IN] = EVERY_CLASS,
	[PERM_REQUEST] = BIT(ROLE_CLASS_STAFF),
	[PERM_DECIDE] = BIT(ROLE_CLASS_APPROVER),
	[PERM_DASHBOARD] = BIT(ROLE_CLASS_APPROVER) | BIT(ROLE_CLASS_DOCUMENT_OWNER) | BIT(ROLE_CLASS_ADMINISTRATOR) |
	    BIT(ROLE_CLASS_AUDITOR) | BIT(ROLE_CLASS_LEADER),
	[PERM_EXPORT] = EVERY_CLASS,
	[PERM_ADMINISTER] = BIT(ROLE_CLASS_ADMINISTRATOR),
	[PERM_AUDIT_READ] = BIT(ROLE_CLASS_AUDITOR) | BIT(ROLE_CLASS_ADMINISTRATOR),
};
/* clang-format on */

bool
access_may(const struct who *w, enum perm p)
{
	if (p == PERM_ANYONE)
		return true;
	if (p <= PERM__INVALID || p >= PERM__MAX || w->person_id == 0)
		return false;
	return (w->classes & classes_of[p]) != 0;
}

bool
access_has_class(const struct who *w, enum role_class c)
{
	return (w->classes & BIT(c)) != 0;
}

static bool
unit_covered(const struct grant *g, const struct scope *s)
{
	for (size_t i = 0; i < s->nunits; i++) {
		if (s->units[i] == g->unit_id)
			return true;
	}
	return g->unit_id == 0;
}

bool
grant_covers(const struct grant *g, const struct scope *s)
{
	return (g->domain == 0 || g->domain == s->domain) &&
	    (g->document_id == 0 || g->document_id == s->document_id) &&
	    unit_covered(g, s);
}

const struct grant *
access_grant(const struct who *w, const char *role, const struct scope *s)
{
	for (size_t i = 0; i < w->ngrants; i++) {
		if (strcmp(w->grants[i].role, role) == 0 &&
		    grant_covers(&w->grants[i], s))
			return &w->grants[i];
	}
	return NULL;
}

bool
grant_is_self_made(const struct grant *g, int64_t person_id)
{
	return g->mapped_by != 0 &&
	    (g->mapped_by == person_id || g->mapped_by == g->on_behalf_of);
}

bool
access_is_partner(const struct who *w, int64_t person_id)
{
	for (size_t i = 0; i < w->npartners; i++) {
		if (w->partners[i] == person_id)
			return true;
	}
	return false;
}

bool
access_reads_all(const struct who *w)
{
	for (size_t i = 0; i < w->ngrants; i++) {
		const struct grant *g = &w->grants[i];

		if (!grant_is_self_made(g, w->person_id) &&
		    (g->role_class == ROLE_CLASS_AUDITOR ||
			g->role_class == ROLE_CLASS_APPROVER) &&
		    g->unit_id == 0 && g->domain == 0 && g->document_id == 0)
			return true;
	}
	return false;
}

bool
access_reads_full(const struct who *w)
{
	return (w->classes & ~BIT(ROLE_CLASS_STAFF)) != 0;
}

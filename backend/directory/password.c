/*
 * Password checks. Each has a connection of its own: after the bind it has
 * the person's rights, and after a doubtful answer nobody knows whose.
 */
#include "directory/directory.h"

#include <stdio.h>
#include <string.h>

#include <ldap.h>

#include "base/err.h"
#include "directory/connection.h"

static void
reason_set(struct directory *d, int code, const char *words, const char *said)
{
	(void)snprintf(d->reason, sizeof(d->reason), "LDAP %d %s%s%.160s", code,
	    words, said != NULL && *said != '\0' ? "; " : "",
	    said != NULL ? said : "");
}

/* An empty password would be an unauthenticated bind, which succeeds. */
static bool
is_refused_early(struct directory *d, const char *dn,
    const struct secret *password)
{
	const char *why = NULL;
	size_t i = 0;

	while (i < password->len && password->bytes[i] == ' ')
		i++;
	if (*dn == '\0')
		why = "no DN";
	else if (i == password->len)
		why = "empty password";
	else if (password->len > DIRECTORY_PASSWORD_MAX)
		why = "password too long";
	else if (memchr(password->bytes, '\0', password->len) != NULL)
		why = "password holds a NUL";
	if (why != NULL)
		(void)snprintf(d->reason, sizeof(d->reason), "%s", why);
	return why != NULL;
}

/*
 * Codes that say something about this account. All others say that the
 * server could or would not judge, and are not a wrong password.
 */
static bool
is_refusal(int code)
{
	switch (code) {
	case LDAP_CONSTRAINT_VIOLATION: /* 389-DS: too many attempts */
	case LDAP_NO_SUCH_OBJECT:
	case LDAP_INAPPROPRIATE_AUTH: /* the entry has no password */
	case LDAP_INVALID_CREDENTIALS:
	case LDAP_INSUFFICIENT_ACCESS:
	case LDAP_UNWILLING_TO_PERFORM: /* disabled; also a login time */
		return true;
	default:
		return false;
	}
}

/* What the password policy says beside the code, or NULL. */
static const char *
policy_words(LDAP *ld, LDAPControl **controls)
{
	LDAPPasswordPolicyError fault = PP_noError;
	LDAPControl *c;

	c = ldap_control_find(LDAP_CONTROL_PASSWORDPOLICYRESPONSE, controls,
	    NULL);
	if (c == NULL ||
	    ldap_parse_passwordpolicy_control(ld, c, NULL, NULL, &fault) !=
		LDAP_SUCCESS ||
	    fault == PP_noError)
		return NULL;
	return ldap_passwordpolicy_err2txt(fault);
}

/*
 * The reason, and whether a good password is to be refused all the same:
 * one that must be changed first may be known to whoever set it.
 */
static bool
read_policy(struct directory *d, LDAP *ld, LDAPMessage *res, int code)
{
	LDAPControl **controls = NULL;
	const char *words;
	char *said = NULL;
	int inner = 0;

	if (ldap_parse_result(ld, res, &inner, NULL, &said, NULL, &controls,
		0) != LDAP_SUCCESS)
		return false;
	words = policy_words(ld, controls);
	if (code != LDAP_SUCCESS || words != NULL)
		reason_set(d, code,
		    words != NULL ? words : ldap_err2string(code), said);
	ldap_controls_free(controls);
	ldap_memfree(said);
	return words != NULL;
}

/* Bind once. */
static enum directory_result
judge(struct directory *d, struct connection *c, const char *dn,
    const struct secret *password, struct err *e)
{
	LDAPControl *controls[2] = { NULL, NULL };
	LDAPMessage *res = NULL;
	bool policy = false;
	int code;

	code = ldap_create_passwordpolicy_control(c->ld, &controls[0]);
	if (code == LDAP_SUCCESS)
		code = connection_bind(c, dn, password, controls, d->until_ms,
		    &res);
	if (res != NULL)
		policy = read_policy(d, c->ld, res, code);
	(void)ldap_msgfree(res);
	ldap_control_free(controls[0]);
	if (code == LDAP_SUCCESS)
		return policy ? DIRECTORY_BAD_CREDENTIALS : DIRECTORY_OK;
	if (is_refusal(code))
		return DIRECTORY_BAD_CREDENTIALS;
	(void)fault_ldap(d, c, "password bind", code);
	return directory_down(d, e);
}

enum directory_result
directory_password_check(struct directory *d, const char *dn,
    const struct secret *password, struct err *e)
{
	struct connection c = { .fd = -1 };
	enum directory_result rc;

	call_begin(d);
	if (is_refused_early(d, dn, password))
		return DIRECTORY_BAD_CREDENTIALS;
	if (connection_open(d, &c) == -1)
		return directory_down(d, e);
	rc = judge(d, &c, dn, password, e);
	if (rc == DIRECTORY_DOWN)
		server_failed(c.server);
	connection_close(&c);
	return rc;
}

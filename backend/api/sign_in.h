/* Sign-in, sign-out, and who is signed in. */
#ifndef EXREG_API_SIGN_IN_H
#define EXREG_API_SIGN_IN_H

#include "api/ctx.h"

/* POST /session (directory pool) */
struct sign_in_in {
	const char *username;
	const char *password;
};
extern const struct schema sign_in_in_schema;
/* Throttle and directory, outside the transaction. */
int sign_in_prepare(struct ctx *c, struct err *e);
/* Person and session; answers who is signed in. */
int sign_in_create(struct ctx *c, struct err *e);

/* DELETE /me/session: this session ends. */
int sign_out(struct ctx *c, struct err *e);

/* DELETE /me/sessions: all sessions of the person end. */
int sign_out_everywhere(struct ctx *c, struct err *e);

#endif

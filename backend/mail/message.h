/*
 * The text of a notice as an Internet message (RFC 5322): pure. Nothing a
 * person wrote reaches a header unencoded, and every link begins with the
 * configured origin.
 */
#ifndef EXREG_MAIL_MESSAGE_H
#define EXREG_MAIL_MESSAGE_H

#include <stdbool.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/err.h"

struct message {
	const char *id;           /* of the outbox row, hex: the Message-ID */
	const char *kind;         /* submitted, approved ...; see message.c */
	const char *to_name;      /* UTF-8, or NULL */
	const char *to_address;   /* ada@example.org */
	const char *from_address; /* of the register */
	const char *organisation; /* UTF-8 */
	const char *origin;       /* https://exreg.example, no final slash */
	const char *number;       /* EX-2026-00042, V-2026-00042 */
	bool violation;           /* it is about a violation */
	const char *title;        /* NULL: confidential, left out */
	const char *detail;       /* the reason given, or NULL */
	instant_t created_at;     /* of the outbox row: the Date */
};

/*
 * Append the message to out, lines ended by CR LF. The same input gives the
 * same bytes. Returns 0, or -1 with ERR_INVALID when the kind is unknown or
 * an address is not usable; out is then as it was.
 */
int message_write(struct buf *out, const struct message *m, struct err *e);

/* local@domain in ASCII, at most 254 bytes, fit for headers and SMTP. */
bool mail_address_is_valid(const char *s);

#endif

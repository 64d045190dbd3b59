/*
 * Headers are ASCII by construction: fixed words, checked addresses, hex and
 * numbers; the two names that people chose go through RFC 2047. The body is
 * quoted-printable, so no line is longer than 76 bytes and a lone "." or
 * "From " in somebody's text means nothing to a mail server.
 */
#include "mail/message.h"

#include <string.h>

#include "base/utf8.h"

/* Encoded words hold this many bytes of text: 60 characters of base64. */
#define WORD_BYTES 45u
#define LINE_MAX_CHARS 75u

/* What a notice says. "%" in the subject stands for the number. */
struct wording {
	const char *kind;
	const char *subject;
	const char *sentence;
	const char *detail_label;
	const char *page; /* instead of the exception's */
};

/* clang-format off */
static const struct wording wordings[] = {
	{ "submitted", "%: received",
	  "The request for an exception was received and is on its way to those who decide.", "Note", NULL },
	{ "assigned", "%: waits for you",
	  "A request for an exception waits for you.", "Note", NULL },
	{ "reminder", "%: still waits for you",
	  "A request for an exception still waits for you, and its limit is near.", "Note", NULL },
	{ "late", "%: is late",
	  "A request for an exception waits longer than its procedure allows. Please see to it that somebody acts.", "Note", NULL },
	{ "form", "%: the next form is open",
	  "The next part of the form is open. Fill it in and send it, so that the request can go on.", "Reason", NULL },
	{ "approved", "%: approved",
	  "The exception was approved.", "Reason and conditions", NULL },
	{ "denied", "%: denied",
	  "The exception was denied.", "Reason", NULL },
	{ "returned", "%: returned",
	  "The request was returned to the person who made it, to be completed and submitted again.", "What is needed", NULL },
	{ "withdrawn", "%: withdrawn",
	  "The request was withdrawn by the person who made it. Nothing is left to decide.", "Reason", NULL },
	{ "alternative", "%: alternative accepted",
	  "The recommended alternative was accepted. The exception ends here; the work on the alternative goes on.", "Reason", NULL },
	{ "implemented", "%: put in place",
	  "The approved exception was put in place.", "What shows it", NULL },
	{ "copy", "%: copy of the findings",
	  "This is your copy of what was found and decided.", "Findings", NULL },
	{ "letter", "%: letter",
	  "This letter was sent to you about a request for an exception.", "Letter", NULL },
	{ "work", "%: work to be done",
	  "The request has its outcome, and work stays to be done that waits for your role.", "What", NULL },
	{ "commented", "%: new comment",
	  "There is a new comment. Open the exception to read it.", "Written by", NULL },
	{ "mentioned", "%: a comment mentions you",
	  "A comment mentions you. Open the exception to read it.", "Written by", NULL },
	{ "asked", "%: a question waits for your answer",
	  "Somebody who asks for an exception has a question that you can answer.", "Note", "questions" },
	{ "answered", "%: your question was answered",
	  "Your question was answered. Open the exception to read the answer.", "Written by", NULL },
	{ "stakeholder", "%: concerns you, please take note",
	  "You are named as a stakeholder of this exception. Open it and confirm that you have taken note.", "What it is about", NULL },
	{ "expert", "%: your opinion is asked for",
	  "You are asked as an expert. Open the exception and write a comment with your opinion.", "What it is about", NULL },
	{ "violation", "%: violation reported",
	  "A known violation was reported to you. Read it, then see to it that it becomes a request for an exception or is put right.", "Note", NULL },
};
/* clang-format on */

static const struct wording *
wording_find(const char *kind)
{
	for (size_t i = 0; i < sizeof(wordings) / sizeof(wordings[0]); i++)
		if (strcmp(wordings[i].kind, kind) == 0)
			return &wordings[i];
	return NULL;
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9');
}

/* Pieces of allowed characters with single dots between them. */
static bool
is_dotted(const char *s, size_t n, const char *also)
{
	char before = '.';

	for (size_t i = 0; i < n; i++) {
		if (s[i] == '.' ? before == '.' :
				  !is_alnum(s[i]) && strchr(also, s[i]) == NULL)
			return false;
		before = s[i];
	}
	return n > 0 && before != '.';
}

bool
mail_address_is_valid(const char *s)
{
	const char *at = strrchr(s, '@');

	return at != NULL && at - s <= 64 && strlen(s) <= 254 &&
	    is_dotted(s, (size_t)(at - s), "!#$%&'*+-/=?^_`{|}~") &&
	    is_dotted(at + 1, strlen(at + 1), "-");
}

static void
base64(struct buf *b, const unsigned char *s, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < n; i += 3) {
		unsigned v = (unsigned)s[i] << 16;

		if (i + 1 < n)
			v |= (unsigned)s[i + 1] << 8;
		if (i + 2 < n)
			v |= s[i + 2];
		buf_char(b, digits[v >> 18]);
		buf_char(b, digits[v >> 12 & 63]);
		buf_char(b, i + 1 < n ? digits[v >> 6 & 63] : '=');
		buf_char(b, i + 2 < n ? digits[v & 63] : '=');
	}
}

/* A name as encoded words, one a line; never cuts a character. */
static void
encoded_words(struct buf *b, const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		size_t n = 0;
		uint32_t cp;

		while (n < left) {
			size_t step = utf8_decode(s + n, left - n, &cp);

			step = step == 0 ? 1 : step;
			if (n + step > WORD_BYTES)
				break;
			n += step;
		}
		buf_str(b, "=?UTF-8?B?");
		base64(b, (const unsigned char *)s, n);
		buf_str(b, "?=\r\n ");
		s += n;
		left -= n;
	}
}

static void
address_header(struct buf *b, const char *name, const char *display,
    const char *address)
{
	buf_printf(b, "%s: ", name);
	if (utf8_says(display))
		encoded_words(b, display);
	buf_printf(b, "<%s>\r\n", address);
}

/* "Sun, 22 Nov 2026 07:15:00 +0000" */
static void
date_header(struct buf *b, instant_t t)
{
	static const char days[7][4] = { "Thu", "Fri", "Sat", "Sun", "Mon",
		"Tue", "Wed" };
	static const char months[12][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };
	int day = (int)(t / US_PER_DAY);
	int second = (int)(t % US_PER_DAY / US_PER_SECOND);
	struct civil c = date_to_civil(day);

	buf_printf(b, "Date: %s, %d %s %d %02d:%02d:%02d +0000\r\n",
	    days[day % 7], c.day, months[c.month - 1], c.year, second / 3600,
	    second / 60 % 60, second % 60);
}

static void
subject_header(struct buf *b, const struct wording *w, const char *number)
{
	const char *mark = strchr(w->subject, '%');

	buf_str(b, "Subject: ");
	buf_add(b, w->subject, (size_t)(mark - w->subject));
	buf_str(b, number);
	buf_str(b, mark + 1);
	buf_str(b, "\r\n");
}

/* Quoted-printable; line ends of the text become CR LF. */
static void
quoted_printable(struct buf *b, const char *s)
{
	size_t column = 0;

	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		bool last = s[1] == '\n' || s[1] == '\0';
		bool plain = (c > ' ' && c < 127 && c != '=') ||
		    ((c == ' ' || c == '\t') && !last);

		if (c == '\n') {
			buf_str(b, "\r\n");
			column = 0;
			continue;
		}
		if (column + (plain ? 1 : 3) > LINE_MAX_CHARS) {
			buf_str(b, "=\r\n");
			column = 0;
		}
		/* "." and "From " at the start of a line are told apart */
		plain = plain && (column > 0 || (c != '.' && c != 'F'));
		if (plain)
			buf_char(b, (char)c);
		else
			buf_printf(b, "=%02X", c);
		column += plain ? 1 : 3;
	}
}

static void
body(struct buf *b, const struct message *m, const struct wording *w)
{
	struct buf text;

	buf_init(&text, b->arena);
	if (m->to_name != NULL)
		buf_printf(&text, "Dear %s,\n\n", m->to_name);
	buf_printf(&text, "%s\n\n  %s %s\n", w->sentence,
	    m->violation ? "Violation:" : "Exception:", m->number);
	if (m->title != NULL)
		buf_printf(&text, "  Title:     %s\n", m->title);
	if (w->page != NULL)
		buf_printf(&text, "  Answer it: %s/%s\n", m->origin, w->page);
	else
		buf_printf(&text, "  Open it:   %s/%s/%s\n", m->origin,
		    m->violation ? "violations" : "exceptions", m->number);
	if (utf8_says(m->detail))
		buf_printf(&text, "\n%s:\n%s\n", w->detail_label, m->detail);
	buf_printf(&text,
	    "\nThe exception register of %s sent this message because the\n"
	    "%s concerns you. Replies are not read.\n",
	    m->organisation, m->violation ? "report" : "exception");
	quoted_printable(b, buf_text(&text));
}

/* The part of the origin that may stand right of "@" in a Message-ID. */
static const char *
host_of(const char *origin, size_t *n)
{
	const char *host = strstr(origin, "://");

	host = host == NULL ? origin : host + 3;
	*n = strcspn(host, ":/");
	return host;
}

static int
check(const struct message *m, struct err *e)
{
	size_t n;
	const char *host = host_of(m->origin, &n);

	if (!mail_address_is_valid(m->to_address))
		return err_set(e, ERR_INVALID, "the address is not usable");
	if (!mail_address_is_valid(m->from_address))
		return err_set(e, ERR_INVALID, "the sender is not usable");
	if (!is_dotted(host, n, "-"))
		return err_set(e, ERR_INVALID, "the origin is not usable");
	if (!is_dotted(m->number, strlen(m->number), "-") ||
	    !is_dotted(m->id, strlen(m->id), "-"))
		return err_set(e, ERR_INVALID, "the number is not usable");
	return 0;
}

int
message_write(struct buf *out, const struct message *m, struct err *e)
{
	const struct wording *w = wording_find(m->kind);
	const char *host;
	size_t n;

	if (w == NULL)
		return err_set(e, ERR_INVALID, "no notice of kind %s", m->kind);
	if (check(m, e) < 0)
		return -1;
	host = host_of(m->origin, &n);
	date_header(out, m->created_at);
	address_header(out, "From", m->organisation, m->from_address);
	address_header(out, "To", m->to_name, m->to_address);
	subject_header(out, w, m->number);
	buf_printf(out, "Message-ID: <%s@%.*s>\r\n", m->id, (int)n, host);
	buf_str(out,
	    "Auto-Submitted: auto-generated\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: quoted-printable\r\n\r\n");
	body(out, m, w);
	return 0;
}

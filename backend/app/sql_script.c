/*
 * One pass over the text. A delimiter counts only outside of quotes and
 * comments, which are skipped as wholes; everything else is one character.
 */
#include "app/sql_script.h"

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/buf.h"

int
sql_file_read(const char *path, struct arena *a, const char **text, size_t *len,
    struct err *e)
{
	FILE *file = fopen(path, "re");
	struct buf b;
	size_t n;
	int fault;

	if (file == NULL) {
		err_set(e, ERR_INTERNAL, "cannot read %s", path);
		return err_cause(e, "%s: %s", path, strerror(errno));
	}
	buf_init(&b, a);
	do {
		buf_reserve(&b, 65536);
		n = fread(b.data + b.len, 1, 65536, file);
		b.len += n;
		b.data[b.len] = '\0';
	} while (n > 0);
	fault = ferror(file);
	fclose(file);
	if (fault || memchr(b.data, '\0', b.len) != NULL)
		return err_set(e, ERR_INTERNAL, "%s is not readable text",
		    path);
	*text = b.data;
	*len = b.len;
	return 0;
}

void
sql_script_init(struct sql_script *s, const char *text)
{
	*s = (struct sql_script){ .pos = text, .line = 1, .delimiter = ";" };
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static const char *
line_end(const char *p)
{
	return p + strcspn(p, "\n");
}

/* Behind the comment at p; p itself when there is none. Text in an
 * executable comment is a part of the statement like any other. */
static const char *
skip_comment(const char *p)
{
	const char *end;

	if (*p == '#' ||
	    (p[0] == '-' && p[1] == '-' && (p[2] == '\0' || is_space(p[2]))))
		return line_end(p);
	if (p[0] != '/' || p[1] != '*' || p[2] == '!' || p[2] == 'M')
		return p;
	end = strstr(p + 2, "*/");
	return end == NULL ? p + strlen(p) : end + 2;
}

/* Behind the quoted text at p; NULL when it does not end. A doubled quote
 * is two texts side by side. */
static const char *
skip_quoted(const char *p)
{
	char quote = *p;

	for (p++; *p != quote; p++) {
		if (*p == '\\' && quote != '`')
			p++;
		if (*p == '\0')
			return NULL;
	}
	return p + 1;
}

/* Go on to there, counting lines. */
static void
move_to(struct sql_script *s, const char *to)
{
	for (; s->pos < to; s->pos++)
		if (*s->pos == '\n')
			s->line++;
}

/* DELIMITER xx at the beginning of a statement. 1 when it was one. */
static int
read_delimiter(struct sql_script *s, struct err *e)
{
	static const char word[] = "DELIMITER";
	const size_t n = sizeof(word) - 1;
	const char *from;
	const char *to;

	if (strncasecmp(s->pos, word, n) != 0 ||
	    (s->pos[n] != ' ' && s->pos[n] != '\t'))
		return 0;
	from = s->pos + n + strspn(s->pos + n, " \t");
	to = line_end(from);
	while (to > from && is_space(to[-1]))
		to--;
	if (to == from || (size_t)(to - from) >= sizeof(s->delimiter))
		return err_set(e, ERR_INTERNAL,
		    "line %u: a delimiter has 1 to %zu characters", s->line,
		    sizeof(s->delimiter) - 1);
	memset(s->delimiter, 0, sizeof(s->delimiter));
	memcpy(s->delimiter, from, (size_t)(to - from));
	move_to(s, line_end(from));
	return 1;
}

/* Skip what stands between statements. 0 or -1. */
static int
skip_between(struct sql_script *s, struct err *e)
{
	int found;

	do {
		const char *behind = skip_comment(s->pos);

		found = behind != s->pos;
		if (is_space(*s->pos)) {
			behind = s->pos + 1;
			found = 1;
		}
		move_to(s, behind);
		if (!found)
			found = read_delimiter(s, e);
	} while (found > 0);
	return found;
}

int
sql_script_next(struct sql_script *s, struct arena *a, const char **stmt,
    unsigned *line, struct err *e)
{
	const char *p;
	size_t n;

	if (skip_between(s, e) < 0)
		return -1;
	if (*s->pos == '\0')
		return 0;
	n = strlen(s->delimiter);
	p = s->pos;
	while (p != NULL && *p != '\0' && strncmp(p, s->delimiter, n) != 0) {
		const char *behind = skip_comment(p);

		if (behind != p)
			p = behind;
		else if (*p == '\'' || *p == '"' || *p == '`')
			p = skip_quoted(p);
		else
			p++;
	}
	if (p == NULL || *p == '\0')
		return err_set(e, ERR_INTERNAL,
		    "line %u: the statement has no end", s->line);
	*stmt = arena_strndup(a, s->pos, (size_t)(p - s->pos));
	*line = s->line;
	move_to(s, p + n);
	return 1;
}

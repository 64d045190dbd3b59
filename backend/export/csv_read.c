/*
 * One pass over the bytes with one byte of look-ahead; the row's text is
 * gathered in one buffer, a NUL between cells. A faulty row is read to its
 * end, so that the next one begins where it should.
 */
#include "export/csv_read.h"

#include <string.h>

#include "base/utf8.h"

#define END (-1)
#define FAILED (-2)

static int
fill(struct csv_reader *r, struct err *e)
{
	int n;

	if (r->at < r->len || r->ended)
		return 0;
	n = r->source(r->arg, r->in, sizeof(r->in), e);
	r->at = 0;
	r->len = n > 0 ? (size_t)n : 0;
	r->ended = n == 0;
	return n < 0 ? -1 : 0;
}

/* The next byte, which stays; END, or FAILED with e set. */
static int
peek(struct csv_reader *r, struct err *e)
{
	if (fill(r, e) < 0)
		return FAILED;
	return r->ended ? END : (unsigned char)r->in[r->at];
}

static void
fault(struct csv_reader *r, size_t column, const char *what)
{
	if (r->fault != NULL)
		return;
	r->fault = what;
	r->fault_column = column;
}

static char
separator_of(const struct csv_reader *r)
{
	bool quoted = false;

	for (size_t i = r->at; i < r->len; i++) {
		char c = r->in[i];

		if (c == '"')
			quoted = !quoted;
		else if (!quoted && (c == ',' || c == ';'))
			return c;
		else if (!quoted && c == '\n')
			break;
	}
	return ',';
}

int
csv_reader_begin(struct csv_reader *r, csv_source_fn source, void *arg,
    char separator, struct err *e)
{
	memset(r, 0, offsetof(struct csv_reader, in));
	r->source = source;
	r->arg = arg;
	if (fill(r, e) < 0)
		return -1;
	if (r->len >= 2 &&
	    (memcmp(r->in, "\xff\xfe", 2) == 0 ||
		memcmp(r->in, "\xfe\xff", 2) == 0))
		return err_set(e, ERR_INVALID,
		    "row 1: the file is UTF-16; save it as CSV UTF-8");
	if (r->len >= 3 && memcmp(r->in, "\xef\xbb\xbf", 3) == 0)
		r->at = 3;
	r->separator = separator != 0 ? separator : separator_of(r);
	return 0;
}

static void
keep(struct csv_reader *r, size_t start, int c)
{
	if (r->used >= CSV_ROW_MAX)
		fault(r, 0, "is longer than 256 KB: is a quote not closed?");
	else if (r->used - start >= CSV_CELL_MAX)
		fault(r, r->ncells + 1, "is longer than 64 KB");
	else
		r->text[r->used++] = (char)c;
}

/* Behind an opening quote, up to the closing one. 0, or -1. */
static int
read_quoted(struct csv_reader *r, size_t start, struct err *e)
{
	size_t bytes = 0;
	int c;

	while ((c = peek(r, e)) != FAILED) {
		if (c == END || bytes++ > CSV_ROW_MAX) {
			fault(r, r->ncells + 1,
			    "has a quote that is never closed");
			r->ended = true;
			r->at = r->len = 0;
			return 0;
		}
		r->at++;
		if (c != '"') {
			keep(r, start, c);
			continue;
		}
		c = peek(r, e);
		if (c == FAILED)
			return -1;
		if (c != '"')
			return 0;
		r->at++;
		keep(r, start, c);
	}
	return -1;
}

static bool
ends_cell(const struct csv_reader *r, int c)
{
	return c == END || c == '\n' || c == '\r' ||
	    c == (unsigned char)r->separator;
}

/* Up to a separator or a line end, which stays. */
static int
read_plain(struct csv_reader *r, size_t start, const char *wrong, struct err *e)
{
	int c;

	while ((c = peek(r, e)) != FAILED) {
		if (ends_cell(r, c))
			return 0;
		r->at++;
		if (wrong != NULL)
			fault(r, r->ncells + 1, wrong);
		else if (c == '"')
			fault(r, r->ncells + 1,
			    "has a quote inside a value that is not quoted");
		keep(r, start, c);
	}
	return -1;
}

static void
check_cell(struct csv_reader *r, size_t start, size_t len)
{
	const char *s = r->text + start;

	if (!utf8_is_valid(s, len))
		fault(r, r->ncells + 1,
		    "is not UTF-8: save the file as CSV UTF-8");
	else if (utf8_has_control(s))
		fault(r, r->ncells + 1, "has a control character");
}

/* One value and what ends it stays. 0, or -1 with e set. */
static int
read_cell(struct csv_reader *r, struct err *e)
{
	size_t start = r->used;
	int c = peek(r, e);

	if (c == FAILED)
		return -1;
	if (c == '"') {
		r->at++;
		if (read_quoted(r, start, e) < 0 ||
		    read_plain(r, start, "has text behind the closing quote",
			e) < 0)
			return -1;
	} else if (read_plain(r, start, NULL, e) < 0) {
		return -1;
	}
	r->text[r->used] = '\0';
	check_cell(r, start, r->used - start);
	if (r->ncells == CSV_CELLS_MAX) {
		fault(r, 0, "has more than 100 columns");
		r->used = start;
		return 0;
	}
	r->cells[r->ncells++] = r->text + start;
	if (r->used < CSV_ROW_MAX)
		r->used++;
	return 0;
}

/* The end of a row: LF, CR LF, or the end of the file. 1: the row goes on. */
static int
read_end(struct csv_reader *r, struct err *e)
{
	int c = peek(r, e);

	if (c == FAILED)
		return -1;
	if (c == END)
		return 0;
	r->at++;
	if (c == '\n')
		return 0;
	if (c != '\r')
		return 1;
	c = peek(r, e);
	if (c == FAILED)
		return -1;
	if (c == '\n')
		r->at++;
	else if (c != END)
		fault(r, r->ncells,
		    "has a carriage return without a line feed");
	return 0;
}

static int
read_row(struct csv_reader *r, struct err *e)
{
	int more = 1;

	r->ncells = 0;
	r->used = 0;
	r->fault = NULL;
	r->fault_column = 0;
	r->row++;
	while (more == 1) {
		if (read_cell(r, e) < 0)
			return -1;
		more = read_end(r, e);
	}
	return more;
}

static bool
is_blank(const struct csv_reader *r)
{
	if (r->fault != NULL)
		return false;
	for (size_t i = 0; i < r->ncells; i++)
		if (!utf8_is_blank(r->cells[i]))
			return false;
	return true;
}

int
csv_reader_next(struct csv_reader *r, struct err *e)
{
	do {
		int c = peek(r, e);

		if (c == FAILED)
			return -1;
		if (c == END)
			return 0;
		if (read_row(r, e) < 0)
			return -1;
	} while (is_blank(r));
	return 1;
}

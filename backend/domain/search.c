/*
 * A word is a run of letters and digits. Latin letters lose their accents
 * and case by a table of ranges, Greek and Cyrillic their case; other
 * scripts stay as they are. Everything that is neither letter nor digit
 * separates. A word is cut into pieces of WORD_MAX characters, below the
 * longest token of a full-text index, on both sides alike.
 */
#include "domain/search.h"

#include <string.h>

#include "base/buf.h"
#include "base/utf8.h"

#define WORD_MAX 64

struct fold {
	uint32_t from, to;
	const char *text; /* NULL: drop; "": separates */
};

/* clang-format off */
/* U+0080 to U+024F, sorted; the letters between are folded by range. */
static const struct fold latin[] = {
	{ 0x0080, 0x00a9, "" }, { 0x00aa, 0x00aa, "a" }, { 0x00ab, 0x00ac, "" }, { 0x00ad, 0x00ad, NULL },
	{ 0x00ae, 0x00b1, "" }, { 0x00b2, 0x00b2, "2" }, { 0x00b3, 0x00b3, "3" }, { 0x00b4, 0x00b8, "" },
	{ 0x00b9, 0x00b9, "1" }, { 0x00ba, 0x00ba, "o" }, { 0x00bb, 0x00bf, "" },
	{ 0x00c0, 0x00c5, "a" }, { 0x00c6, 0x00c6, "ae" }, { 0x00c7, 0x00c7, "c" }, { 0x00c8, 0x00cb, "e" },
	{ 0x00cc, 0x00cf, "i" }, { 0x00d0, 0x00d0, "d" }, { 0x00d1, 0x00d1, "n" }, { 0x00d2, 0x00d6, "o" },
	{ 0x00d7, 0x00d7, "" }, { 0x00d8, 0x00d8, "o" }, { 0x00d9, 0x00dc, "u" }, { 0x00dd, 0x00dd, "y" },
	{ 0x00de, 0x00de, "th" }, { 0x00df, 0x00df, "ss" },
	{ 0x00e0, 0x00e5, "a" }, { 0x00e6, 0x00e6, "ae" }, { 0x00e7, 0x00e7, "c" }, { 0x00e8, 0x00eb, "e" },
	{ 0x00ec, 0x00ef, "i" }, { 0x00f0, 0x00f0, "d" }, { 0x00f1, 0x00f1, "n" }, { 0x00f2, 0x00f6, "o" },
	{ 0x00f7, 0x00f7, "" }, { 0x00f8, 0x00f8, "o" }, { 0x00f9, 0x00fc, "u" }, { 0x00fd, 0x00fd, "y" },
	{ 0x00fe, 0x00fe, "th" }, { 0x00ff, 0x00ff, "y" },
	{ 0x0100, 0x0105, "a" }, { 0x0106, 0x010d, "c" }, { 0x010e, 0x0111, "d" }, { 0x0112, 0x011b, "e" },
	{ 0x011c, 0x0123, "g" }, { 0x0124, 0x0127, "h" }, { 0x0128, 0x0131, "i" }, { 0x0132, 0x0133, "ij" },
	{ 0x0134, 0x0135, "j" }, { 0x0136, 0x0138, "k" }, { 0x0139, 0x0142, "l" }, { 0x0143, 0x014b, "n" },
	{ 0x014c, 0x0151, "o" }, { 0x0152, 0x0153, "oe" }, { 0x0154, 0x0159, "r" }, { 0x015a, 0x0161, "s" },
	{ 0x0162, 0x0167, "t" }, { 0x0168, 0x0173, "u" }, { 0x0174, 0x0175, "w" }, { 0x0176, 0x0178, "y" },
	{ 0x0179, 0x017e, "z" }, { 0x017f, 0x017f, "s" }, { 0x0218, 0x0219, "s" }, { 0x021a, 0x021b, "t" },
	{ 0x0300, 0x036f, NULL }, /* combining accents */
	{ 0x1e9e, 0x1e9e, "ss" },
};

/* Beyond Latin: what separates although it is not ASCII. */
static const struct fold marks[] = {
	{ 0x200b, 0x200d, NULL }, { 0x2000, 0x206f, "" }, { 0x20a0, 0x20cf, "" }, { 0x2190, 0x2bff, "" },
	{ 0x3000, 0x3003, "" }, { 0x3008, 0x3020, "" }, { 0x3030, 0x3030, "" }, { 0xe000, 0xf8ff, "" },
	{ 0xfe00, 0xfe0f, NULL }, { 0xfe10, 0xfe6f, "" }, { 0xfeff, 0xfeff, NULL }, { 0xff5b, 0xff65, "" },
	{ 0xffe0, 0xffff, "" }, { 0x1f000, 0x1ffff, "" }, { 0xe0000, 0x10ffff, "" },
};
/* clang-format on */

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

static const struct fold *
find(const struct fold *rows, size_t n, uint32_t cp)
{
	for (size_t i = 0; i < n; i++)
		if (cp >= rows[i].from && cp <= rows[i].to)
			return &rows[i];
	return NULL;
}

/* One to one, where small and capital letters stand in parallel rows. */
static uint32_t
small_of(uint32_t cp)
{
	if ((cp >= 0x0391 && cp <= 0x03a9) || (cp >= 0x0410 && cp <= 0x042f))
		return cp + 0x20;
	if (cp >= 0x0400 && cp <= 0x040f)
		return cp + 0x50;
	return cp == 0x03c2 ? 0x03c3 : cp; /* final sigma */
}

/*
 * What cp adds to a word, in out (5 bytes room): NULL nothing at all, ""
 * it ends the word.
 */
static const char *
fold(uint32_t cp, char out[5])
{
	const struct fold *row;

	if (cp >= 0xff01 && cp <= 0xff5e) /* full-width forms of ASCII */
		cp -= 0xfee0;
	if (cp >= 'A' && cp <= 'Z')
		cp += 'a' - 'A';
	if (cp < 0x80) {
		out[0] = (char)cp;
		out[1] = '\0';
		return (cp >= 'a' && cp <= 'z') || (cp >= '0' && cp <= '9') ?
		    out :
		    "";
	}
	row = find(latin, COUNT(latin), cp);
	if (row == NULL && cp >= 0x2000)
		row = find(marks, COUNT(marks), cp);
	if (row != NULL)
		return row->text;
	out[utf8_encode(small_of(cp), out)] = '\0';
	return out;
}

/* Append the words of s; each begins with a space. */
static void
add_words(struct buf *b, const char *s)
{
	const char *end = s + strlen(s);
	size_t in_word = 0; /* characters of the word so far */
	char room[5];

	while (s < end) {
		uint32_t cp = 0;
		size_t len = utf8_decode(s, (size_t)(end - s), &cp);
		const char *text = len > 0 ? fold(cp, room) : "";

		s += len > 0 ? len : 1;
		if (text == NULL)
			continue;
		if (text[0] == '\0') {
			in_word = 0;
			continue;
		}
		if (in_word % WORD_MAX == 0)
			buf_char(b, ' ');
		buf_str(b, text);
		in_word++;
	}
}

char *
search_words(struct arena *a, const char *const *texts, size_t n)
{
	struct buf b;

	buf_init(&b, a);
	for (size_t i = 0; i < n; i++)
		if (texts[i] != NULL)
			add_words(&b, texts[i]);
	return arena_strdup(a, buf_text(&b));
}

int64_t
search_public_chars(struct arena *a, const char *const *texts, size_t n)
{
	return (int64_t)utf8_length(search_words(a, texts, n));
}

size_t
search_terms(struct arena *a, const char *q,
    const char *terms[SEARCH_TERMS_MAX])
{
	struct buf b;
	size_t n = 0;

	buf_init(&b, a);
	add_words(&b, q);
	for (const char *s = buf_text(&b); *s == ' '; n++) {
		size_t len = strcspn(++s, " ");

		if (n < SEARCH_TERMS_MAX)
			terms[n] = arena_strndup(a, s, len);
		s += len;
	}
	return n;
}

bool
search_term_is_rare(const char *term)
{
	size_t len = strlen(term);

	for (const char *s = term; *s != '\0'; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	if (len == 4 && strncmp(term, "20", 2) == 0)
		return false;
	return len >= 3;
}

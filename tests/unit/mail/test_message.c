/* The text of notices: golden bytes, and what must never reach a header. */
#include "support/test.h"

#include <stdlib.h>

#include "base/arena.h"
#include "mail/message.h"

#define GOLDEN "tests/golden/mail.txt"

static struct arena arena;

static int
setup(void **state)
{
	(void)state;
	arena_init(&arena);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	arena_release(&arena);
	return 0;
}

static struct message
sample(const char *kind)
{
	return (struct message){
		.id = "019f3c2a5b7d7e3f8a1b2c3d4e5f6071",
		.kind = kind,
		.to_name = "Zoë Müller-Østergård",
		.to_address = "zoe@harbourvale.example",
		.from_address = "exreg@harbourvale.example",
		.organisation = "Harbour & Vale",
		.origin = "https://exreg.example:8443",
		.number = "EX-2026-00042",
		.title = "Patch of the ledger after the audit",
		.detail = "Fine until spring.\nFrom then on: patched.\n.\n=end",
		.created_at = INT64_C(1795331700) * US_PER_SECOND,
	};
}

static const char *
text_of(const struct message *m)
{
	struct buf b;
	struct err e = { 0 };

	buf_init(&b, &arena);
	if (message_write(&b, m, &e) < 0)
		fail_msg("%s", e.detail);
	return buf_text(&b);
}

/* Headers only, NUL-terminated. */
static char *
headers_of(const struct message *m)
{
	const char *text = text_of(m);
	const char *end = strstr(text, "\r\n\r\n");

	assert_non_null(end);
	return arena_strndup(&arena, text, (size_t)(end - text) + 2);
}

static void
test_message__every_kind_is_as_reviewed(void **state)
{
	static const char *const kinds[] = { "submitted", "assigned",
		"reminder", "late", "form", "approved", "denied", "returned",
		"withdrawn", "alternative", "implemented", "copy", "letter",
		"work", "commented", "mentioned", "asked", "answered",
		"stakeholder", "expert", "violation" };
	struct buf all;
	char *golden;
	size_t n;
	FILE *f;

	(void)state;
	buf_init(&all, &arena);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		struct message m = sample(kinds[i]);

		if (strcmp(kinds[i], "violation") == 0) {
			m.violation = true;
			m.number = "V-2026-00042";
			m.title = m.detail = NULL;
		}
		buf_str(&all, text_of(&m));
		buf_str(&all, "-----\n");
	}
	if (getenv("EXREG_UPDATE_GOLDEN") != NULL) {
		f = fopen(GOLDEN, "wb");
		assert_non_null(f);
		assert_int_equal(fwrite(buf_text(&all), 1, all.len, f),
		    all.len);
		fclose(f);
	}
	f = fopen(GOLDEN, "rb");
	assert_non_null(f);
	golden = arena_alloc(&arena, all.len + 2);
	n = fread(golden, 1, all.len + 1, f);
	fclose(f);
	assert_int_equal(n, all.len);
	assert_string_equal(golden, buf_text(&all));
}

static void
test_message__is_the_same_each_time(void **state)
{
	struct message m = sample("approved");

	(void)state;
	assert_string_equal(text_of(&m), text_of(&m));
	assert_non_null(strstr(text_of(&m),
	    "Message-ID: <019f3c2a5b7d7e3f8a1b2c3d4e5f6071@exreg.example>"));
}

static void
test_message__a_name_adds_no_header(void **state)
{
	struct message m = sample("denied");
	char *headers;

	(void)state;
	m.to_name = "Eve\r\nBcc: all@example.org\r\n\r\nHello";
	m.organisation = "A\nB: c";
	m.title = "x\r\nBcc: all@example.org";
	headers = headers_of(&m);
	assert_null(strstr(headers, "Bcc"));
	assert_null(strstr(headers, "B: c"));
}

static void
test_message__lines_are_short_ascii_with_crlf(void **state)
{
	struct message m = sample("returned");
	char *text;
	size_t column = 0;

	(void)state;
	m.to_name = "Ærøskøbing Ærøskøbing Ærøskøbing Ærøskøbing Ærøskøbing "
		    "Ærøskøbing Ærøskøbing Ærøskøbing";
	m.detail = arena_alloc(&arena, 4001);
	memset((char *)(uintptr_t)m.detail, 'y', 4000);
	text = arena_strdup(&arena, text_of(&m));
	for (size_t i = 0; text[i] != '\0'; i++) {
		if (text[i] == '\n') {
			assert_int_equal(text[i - 1], '\r');
			column = 0;
			continue;
		}
		assert_true(
		    text[i] == '\r' || (text[i] >= ' ' && text[i] < 127));
		assert_true(++column <= 78);
	}
	assert_null(strstr(text, "\r\n.\r\n"));
	assert_null(strstr(text, "\r\nFrom "));
}

static void
test_message__a_confidential_title_stays_home(void **state)
{
	struct message m = sample("assigned");

	(void)state;
	m.title = NULL;
	assert_null(strstr(text_of(&m), "Title"));
}

static void
test_message__what_cannot_be_sent_is_refused(void **state)
{
	static const struct {
		const char *kind, *to, *from, *origin, *number;
	} rows[] = {
		{ "nonsense", "a@b.c", "a@b.c", "https://x", "EX-1" },
		{ "denied", "", "a@b.c", "https://x", "EX-1" },
		{ "denied", "a@b.c\r\nBcc: x@y.z", "a@b.c", "https://x",
		    "EX-1" },
		{ "denied", "a@b.c", "a b@b.c", "https://x", "EX-1" },
		{ "denied", "a@b.c", "a@b.c", "https://x y", "EX-1" },
		{ "denied", "a@b.c", "a@b.c", "https://x", "EX\r\n1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct message m = sample(rows[i].kind);
		struct err e = { 0 };
		struct buf b;

		m.to_address = rows[i].to;
		m.from_address = rows[i].from;
		m.origin = rows[i].origin;
		m.number = rows[i].number;
		buf_init(&b, &arena);
		CHECK_ROW(i, message_write(&b, &m, &e) < 0);
		CHECK_ROW(i, e.kind == ERR_INVALID);
		CHECK_ROW(i, b.len == 0);
	}
}

static void
test_address__strict(void **state)
{
	static const struct {
		const char *text;
		bool good;
	} rows[] = {
		{ "ada.marsh@harbourvale.example", true },
		{ "a+b=c@x-1.example", true },
		{ "a@localhost", true },
		{ "", false },
		{ "ada", false },
		{ "@example.org", false },
		{ "ada@", false },
		{ "ada.@example.org", false },
		{ ".ada@example.org", false },
		{ "a..b@example.org", false },
		{ "ada@.example.org", false },
		{ "ada@example.org.", false },
		{ "ada@exa mple.org", false },
		{ "<ada@example.org>", false },
		{ "ada@example.org\n", false },
		{ "\"ada\"@example.org", false },
		{ "ad\xc3\xa4@example.org", false },
		{ "a@b@example.org", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		CHECK_ROW(i,
		    mail_address_is_valid(rows[i].text) == rows[i].good);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_message__every_kind_is_as_reviewed),
		cmocka_unit_test(test_message__is_the_same_each_time),
		cmocka_unit_test(test_message__a_name_adds_no_header),
		cmocka_unit_test(test_message__lines_are_short_ascii_with_crlf),
		cmocka_unit_test(test_message__a_confidential_title_stays_home),
		cmocka_unit_test(test_message__what_cannot_be_sent_is_refused),
		cmocka_unit_test(test_address__strict),
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}

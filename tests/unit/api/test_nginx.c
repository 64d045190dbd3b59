/*
 * The route table says which pool serves a path, nginx sends it there by
 * prefix: both are compared here, and so are the parameters nginx passes
 * with those that http/request.c reads.
 */
#include "support/test.h"

#include <stdbool.h>
#include <stdlib.h>

#include "api/route.h"

#define LOCATIONS_MAX 32

struct location {
	char path[64];
	bool exact;
	char pool[16];
};

static struct location locations[LOCATIONS_MAX];
static size_t nlocations;

static bool
read_location(const char *line, struct location *l)
{
	memset(l, 0, sizeof(*l));
	if (sscanf(line, " location = %63[^ ] {", l->path) == 1) {
		l->exact = true;
		return true;
	}
	return sscanf(line, " location %63[^ ] {", l->path) == 1;
}

/* Every location that passes to a pool. */
static int
setup(void **state)
{
	FILE *f = fopen("nginx/exreg.conf", "re");
	struct location current = { .exact = false };
	char line[1024];

	(void)state;
	if (f == NULL)
		return -1;
	while (fgets(line, sizeof(line), f) != NULL) {
		struct location found;

		if (read_location(line, &found))
			current = found;
		else if (sscanf(line, " fastcgi_pass exreg_%15[a-z];",
			     current.pool) == 1 &&
		    nlocations < LOCATIONS_MAX)
			locations[nlocations++] = current;
	}
	fclose(f);
	return nlocations > 0 ? 0 : -1;
}

/* As nginx chooses: exact, else the longest prefix. */
static const char *
pool_of(const char *path)
{
	const struct location *best = NULL;

	for (size_t i = 0; i < nlocations; i++) {
		const struct location *l = &locations[i];

		if (l->exact && strcmp(l->path, path) == 0)
			return l->pool;
		if (!l->exact && strncmp(l->path, path, strlen(l->path)) == 0 &&
		    (best == NULL || strlen(l->path) > strlen(best->path)))
			best = l;
	}
	return best != NULL ? best->pool : "none";
}

static void
test_nginx__sends_each_route_to_its_pool(void **state)
{
	(void)state;
	for (size_t i = 0; i < nroutes; i++) {
		const char *pool = pool_of(routes[i].path);

		if (routes[i].pool == POOL_ANY)
			continue;
		if (strcmp(pool, pool_names[routes[i].pool]) != 0)
			print_error("%s goes to %s\n", routes[i].path, pool);
		CHECK_ROW(i, strcmp(pool, pool_names[routes[i].pool]) == 0);
	}
}

static void
test_nginx__who_am_i_stays_with_the_register(void **state)
{
	(void)state;
	assert_string_equal("register", pool_of("/api/v1/me/session"));
	assert_string_equal("directory", pool_of("/api/v1/session"));
	assert_string_equal("directory", pool_of("/api/v1/session/step-up"));
	assert_string_equal("directory", pool_of("/api/v1/decisions"));
	assert_string_equal("export", pool_of("/api/v1/exports/register.csv"));
	assert_string_equal("none", pool_of("/index.html"));
}

static void
test_nginx__passes_exactly_what_is_read(void **state)
{
	static const char *const wanted[] = { "REQUEST_ID", "REQUEST_METHOD",
		"REQUEST_URI", "CONTENT_LENGTH", "REMOTE_ADDR" };
	const size_t nwanted = sizeof(wanted) / sizeof(wanted[0]);
	FILE *f = fopen("nginx/fastcgi_exreg.conf", "re");
	char line[1024], name[64];
	size_t seen = 0;

	(void)state;
	assert_non_null(f);
	while (fgets(line, sizeof(line), f) != NULL) {
		bool known = false;

		if (sscanf(line, "fastcgi_param %63s", name) != 1 ||
		    strcmp(name, "HTTP_PROXY") == 0)
			continue;
		for (size_t i = 0; i < nwanted; i++)
			known = known || strcmp(wanted[i], name) == 0;
		CHECK_ROW(seen, known);
		CHECK_ROW(seen, request_wants(name, strlen(name)));
		seen++;
	}
	fclose(f);
	assert_int_equal(nwanted, seen);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nginx__sends_each_route_to_its_pool),
		cmocka_unit_test(test_nginx__who_am_i_stays_with_the_register),
		cmocka_unit_test(test_nginx__passes_exactly_what_is_read),
	};

	return cmocka_run_group_tests(tests, setup, NULL);
}

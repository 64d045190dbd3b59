/*
 * Health means: this worker answers and its database does. The pipeline has
 * opened a transaction when the handler runs, so saying so is enough.
 */
#include "api/meta.h"

#include "api/openapi.h"

struct health {
	const char *status;
	int64_t schema_version;
	const char *database;
};

/* clang-format off */
static const struct field health_fields[] = {
	F_STR(health, status, .doc = "Always ok; anything else is an error"),
	F_I64(health, schema_version, .doc = "Migration the service was built for"),
	F_STR(health, database, .doc = "Always ok; 503 when it does not answer"),
};
/* clang-format on */
const struct schema health_schema =
    SCHEMA(health, health_fields, "The service answers");

int
health_get(struct ctx *c, struct err *e)
{
	const struct health out = {
		.status = "ok",
		.schema_version = c->app->schema_version,
		.database = "ok",
	};

	(void)e;
	return reply(c, 200, &out);
}

int
openapi_get(struct ctx *c, struct err *e)
{
	struct buf text;

	(void)e;
	buf_init(&text, c->arena);
	openapi_write(&text);
	return reply_json(c, 200, text.data, text.len);
}

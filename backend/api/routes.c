/*
 * The application's surface. Read this table to know what the product can
 * do; add a row to add to it (README, "How to add a route"). Rows of one
 * path stand together; paths are in the order a person meets them.
 */
#include "api/route.h"

#include "api/meta.h"

const char *const pool_names[POOL__MAX] = { NULL, "register", "directory",
	"export", "any" };

/* clang-format off */
const struct route routes[] = {
	{ .method = METHOD_GET, .path = "/api/v1/health",
	  .access = PERM_ANYONE, .pool = POOL_ANY, .tx = TX_READ,
	  .out = &health_schema, .handler = health_get,
	  .summary = "Does the service answer, and on which schema",
	  .errors = ERRS(ERR_DB_DOWN) },
	{ .method = METHOD_GET, .path = "/api/v1/openapi.json",
	  .access = PERM_ANYONE, .pool = POOL_REGISTER, .tx = TX_NONE,
	  .handler = openapi_get, .media = "application/json", .status = 200,
	  .summary = "This description",
	  .errors = ERRS(ERR_INTERNAL) },
};
/* clang-format on */

const size_t nroutes = sizeof(routes) / sizeof(routes[0]);

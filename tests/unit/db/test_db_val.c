#include "base/field.h"
#include "db/db.h"
#include "support/test.h"

static void
test_db_val__none_is_null(void **state)
{
	(void)state;
	assert_int_equal(v_i64(I64_NONE).type, VAL_NULL);
	assert_int_equal(v_str(NULL).type, VAL_NULL);
	assert_int_equal(v_bytes(NULL, 3).type, VAL_NULL);
	assert_int_equal(v_date(DATE_NONE).type, VAL_NULL);
	assert_int_equal(v_time(TIME_NONE).type, VAL_NULL);
}

static void
test_db_val__values_keep_their_type(void **state)
{
	struct val s = v_str("");
	struct val b = v_bytes("a\0b", 3);

	(void)state;
	assert_int_equal(s.type, VAL_STR);
	assert_int_equal(s.len, 0);
	assert_int_equal(b.type, VAL_BYTES);
	assert_int_equal(b.len, 3);
	assert_int_equal(v_i64(-7).type, VAL_I64);
	assert_int_equal(v_i64(-7).num, -7);
	assert_int_equal(v_bool(true).type, VAL_I64);
	assert_int_equal(v_bool(true).num, 1);
	assert_int_equal(v_date(-1).type, VAL_DATE);
	assert_int_equal(v_date(-1).num, -1);
	assert_int_equal(v_time(5).type, VAL_TIME);
}

static size_t
count(const struct val *v, size_t n)
{
	return v == NULL ? 0 : n;
}

static void
test_db_val__lists_carry_their_length(void **state)
{
	(void)state;
	assert_int_equal(count(VALS(v_i64(1), v_str("a"), v_bool(0))), 3);
	assert_int_equal(count(VALS(v_i64(1))), 1);
	assert_int_equal(count(NO_VALS), 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_db_val__none_is_null),
		cmocka_unit_test(test_db_val__values_keep_their_type),
		cmocka_unit_test(test_db_val__lists_carry_their_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

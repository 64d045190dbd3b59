/*
 * exregctl sample: the fictional organisation with a believable register,
 * or a large deterministic one. Works on an empty database only.
 */
#ifndef EXREG_APP_SAMPLE_H
#define EXREG_APP_SAMPLE_H

#include "app/commands.h"
#include "app/sample_data.h"
#include "db/db.h"

/* From here on a register is loaded without its indexes, by two
 * connections. */
#define SAMPLE_LARGE 5000

/*
 * Load everything as the owner of the database. s has dir, procedures_dir,
 * tsv_dir, today, seed and count; its arena is given. Progress of a large
 * register goes to standard error. 0, or -1 with e set: ERR_CONFLICT when
 * the database holds anything already.
 */
int sample_run(const struct db_config *cfg, struct sample *s, struct err *e);

/* exregctl -c FILE sample [--exceptions N] [--seed S] [--today D]
 * [--directory-tsv DIR] [--data DIR] */
int command_sample(const struct command_call *call);

#endif

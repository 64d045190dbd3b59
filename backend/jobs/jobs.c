/* The table of all scheduled work. Nothing expires by a job: status is
 * computed from dates whenever it is read. */
#include "jobs/job.h"

#define MINUTES(n) (60 * (n))

/* clang-format off */
const struct job jobs[] = {
	{ .name = "attachments", .every_s = MINUTES(360), .limit_s = MINUTES(10), .run = job_attachments, .each_host = true,
	  .what = "Remove files that were attached to nothing, find those that are missing" },
	{ .name = "mail", .every_s = 15, .limit_s = MINUTES(4), .run = job_mail,
	  .what = "Send the notices that are due" },
	{ .name = "purge", .every_s = MINUTES(60), .limit_s = MINUTES(4), .run = job_purge,
	  .what = "Delete sessions, stored answers and counters that have had their time" },
	{ .name = "remind", .every_s = MINUTES(15), .limit_s = MINUTES(4), .run = job_remind,
	  .what = "Remind who holds a stage that is nearly due, tell others when it is late" },
	{ .name = "shelve", .every_s = MINUTES(60), .limit_s = MINUTES(4), .run = job_shelve,
	  .what = "Keep the index of what holds short" },
	{ .name = "spool", .every_s = MINUTES(10), .limit_s = MINUTES(1), .run = job_spool, .each_host = true,
	  .what = "Remove export files that were fetched or forgotten" },
};
/* clang-format on */
const size_t njobs = sizeof(jobs) / sizeof(jobs[0]);

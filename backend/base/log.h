/*
 * One line of logfmt on standard error for each event. Values are quoted
 * and escaped; long ones are cut. Only mains, pipeline and job runner log.
 */
#ifndef EXREG_BASE_LOG_H
#define EXREG_BASE_LOG_H

#include <stdint.h>

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

/* Lines below this level are dropped. Default LOG_INFO. */
void log_set_level(enum log_level level);

/* Text put in front of each line: pool=register pid=12. Copied, <= 63. */
void log_set_prefix(const char *prefix);

struct log_kv {
	const char *key;
	const char *str; /* used when not NULL */
	int64_t num;
};

#define KV_S(k, v) \
 ((struct log_kv){ .key = (k), .str = (v) != NULL ? (v) : "" })
#define KV_I(k, v) ((struct log_kv){ .key = (k), .num = (v) })

#define LOG(level, event, ...)                                      \
 log_line((level), (event), (const struct log_kv[]){ __VA_ARGS__ }, \
     sizeof((const struct log_kv[]){ __VA_ARGS__ }) / sizeof(struct log_kv))

void log_line(enum log_level level, const char *event, const struct log_kv *kv,
    unsigned long n);

#endif

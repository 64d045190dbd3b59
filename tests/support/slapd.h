/*
 * A slapd of the test's own: slapd.sh in a new folder, loaded with the
 * sample organisation and what the test adds. Header only, as each test is
 * one file. SIGPIPE stays as it is: the client must not raise it.
 */
#ifndef EXREG_TESTS_SUPPORT_SLAPD_H
#define EXREG_TESTS_SUPPORT_SLAPD_H

#include <dirent.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#include "base/err.h"
#include "directory/directory.h"

#define SLAPD_BASE "dc=harbourvale,dc=example"
#define SLAPD_PASSWORD "harbour-demo"
#define SLAPD_SKIPPED 77 /* exit code of a test that could not run */

struct slapd {
	char dir[64];
	char ldapi[128]; /* the three addresses */
	char starttls[64];
	char ldaps[64];
	char ca[96];
	char service_dn[80];
	char service_password[32];
	const char *uri[1]; /* for directory_config.uris: ldapi */
};

/* Prints why and returns false when the test must be skipped. */
static inline bool
slapd_available(const char *test)
{
	if (access("/usr/sbin/slapd", X_OK) == 0)
		return true;
	fprintf(stderr, "SKIP %s: slapd is not installed\n", test);
	return false;
}

static inline void
slapd_read_env(struct slapd *s)
{
	char path[96], line[256];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/env", s->dir);
	f = fopen(path, "r");
	if (f == NULL) {
		perror(path);
		abort();
	}
	while (fgets(line, sizeof(line), f) != NULL) {
		line[strcspn(line, "\n")] = '\0';
		(void)sscanf(line, "EXREG_TEST_LDAP_URI_LDAPI=%127s", s->ldapi);
		(void)sscanf(line, "EXREG_TEST_LDAP_URI_STARTTLS=%63s",
		    s->starttls);
		(void)sscanf(line, "EXREG_TEST_LDAP_URI_LDAPS=%63s", s->ldaps);
		(void)sscanf(line, "EXREG_TEST_LDAP_CA=%95s", s->ca);
		(void)sscanf(line, "EXREG_TEST_LDAP_BIND_DN=%79s",
		    s->service_dn);
	}
	(void)fclose(f);
}

/* Run slapd.sh VERB; options may be "". Returns its exit code. */
static inline int
slapd_script(const struct slapd *s, const char *verb, const char *options)
{
	char command[768];

	(void)snprintf(command, sizeof(command),
	    "tests/support/slapd.sh %s %s %s", verb, s->dir, options);
	return system(command);
}

/* Make the folder; a file for --data may be written into it. */
static inline void
slapd_folder(struct slapd *s)
{
	memset(s, 0, sizeof(*s));
	(void)snprintf(s->dir, sizeof(s->dir), "%s/exreg-slapd-XXXXXX",
	    access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
	if (mkdtemp(s->dir) == NULL) {
		perror(s->dir);
		abort();
	}
}

static inline void
slapd_up(struct slapd *s, const char *options)
{
	if (slapd_script(s, "up", options) != 0)
		abort();
	slapd_read_env(s);
	(void)snprintf(s->service_password, sizeof(s->service_password), "%s",
	    "exreg-service-demo");
	s->uri[0] = s->ldapi;
}

/* A file in the folder, for the test to write LDIF to. */
static inline FILE *
slapd_file(const struct slapd *s, const char *name)
{
	char path[96];
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/%s", s->dir, name);
	f = fopen(path, "w");
	if (f == NULL)
		abort();
	return f;
}

static inline pid_t
slapd_pid(const struct slapd *s)
{
	char path[96];
	long pid = 0;
	FILE *f;

	(void)snprintf(path, sizeof(path), "%s/slapd.pid", s->dir);
	f = fopen(path, "r");
	if (f == NULL || fscanf(f, "%ld", &pid) != 1 || pid <= 1)
		abort();
	(void)fclose(f);
	return (pid_t)pid;
}

/* Whether each thread of the process is stopped. */
static inline bool
slapd_is_stopped(pid_t pid)
{
	char path[64], line[256];
	bool stopped = true;
	struct dirent *t;
	DIR *tasks;
	FILE *f;

	(void)snprintf(path, sizeof(path), "/proc/%d/task", (int)pid);
	tasks = opendir(path);
	while (tasks != NULL && (t = readdir(tasks)) != NULL) {
		if (t->d_name[0] == '.')
			continue;
		(void)snprintf(path, sizeof(path), "/proc/%d/task/%.10s/stat",
		    (int)pid, t->d_name);
		f = fopen(path, "r");
		if (f == NULL)
			continue;
		if (fgets(line, sizeof(line), f) == NULL ||
		    strstr(line, ") T ") == NULL)
			stopped = false;
		(void)fclose(f);
	}
	if (tasks != NULL)
		(void)closedir(tasks);
	return stopped;
}

/* SIGSTOP, and wait until it has worked: it takes the threads a moment. */
static inline void
slapd_stop(pid_t pid)
{
	int i;

	if (kill(pid, SIGSTOP) == -1)
		abort();
	for (i = 0; i < 5000 && !slapd_is_stopped(pid); i++)
		(void)poll(NULL, 0, 1);
	if (i == 5000)
		abort();
}

static inline void
slapd_remove(struct slapd *s)
{
	char command[128];

	(void)slapd_script(s, "down", "");
	(void)snprintf(command, sizeof(command), "rm -rf %s", s->dir);
	if (system(command) != 0)
		fprintf(stderr, "%s stays\n", s->dir);
}

/* Settings for this server, over its local socket. */
static inline void
slapd_config(struct slapd *s, struct directory_config *cfg)
{
	directory_config_init(cfg);
	cfg->uris = s->uri;
	cfg->nuris = 1;
	cfg->ca_file = s->ca;
	cfg->bind_dn = s->service_dn;
	cfg->bind_password.bytes = s->service_password;
	cfg->bind_password.len = strlen(s->service_password);
	cfg->people_base = "ou=people," SLAPD_BASE;
	cfg->groups_base = "ou=groups," SLAPD_BASE;
}

#endif

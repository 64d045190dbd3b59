/* The folder is held open, so that removing means the same file. */
#include "export/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/token.h"

#define MODE 0640

static int
fail(const char *what, struct err *e)
{
	err_set(e, ERR_BUSY, "%s", err_kinds[ERR_BUSY].title);
	return err_cause(e, "spool: %s: %s", what, strerror(errno));
}

static int
make_name(struct spool *s, const char *suffix, struct err *e)
{
	unsigned char raw[SPOOL_RANDOM / 2];
	size_t n = strlen(suffix);

	if (n > SPOOL_NAME - SPOOL_RANDOM - 1)
		n = SPOOL_NAME - SPOOL_RANDOM - 1;
	if (getrandom(raw, sizeof(raw), 0) != (ssize_t)sizeof(raw))
		return fail("getrandom", e);
	hex_encode(raw, sizeof(raw), s->name);
	memcpy(s->name + SPOOL_RANDOM, suffix, n);
	s->name[SPOOL_RANDOM + n] = '\0';
	return 0;
}

static void
let_go(struct spool *s)
{
	if (s->fd >= 0)
		close(s->fd);
	if (s->dir >= 0)
		close(s->dir);
	s->fd = -1;
	s->dir = -1;
}

int
spool_open(struct spool *s, const char *dir, const char *suffix, struct err *e)
{
	*s = (struct spool){ .dir = -1, .fd = -1 };
	if (make_name(s, suffix, e) < 0)
		return -1;
	s->dir = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (s->dir < 0)
		return fail(dir, e);
	s->fd = openat(s->dir, s->name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, MODE);
	if (s->fd < 0 || fchmod(s->fd, MODE) < 0) {
		fail(s->name, e);
		spool_drop(s);
		return -1;
	}
	return 0;
}

int
spool_write(void *arg, const void *data, size_t n, struct err *e)
{
	struct spool *s = arg;
	const char *at = data;

	while (n > 0) {
		ssize_t done = write(s->fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return fail("write", e);
		at += done;
		n -= (size_t)done;
		s->bytes += done;
	}
	return 0;
}

int
spool_keep(struct spool *s, struct err *e)
{
	int fd = s->fd;

	s->fd = -1;
	if (close(fd) < 0) {
		fail("close", e);
		spool_drop(s);
		return -1;
	}
	let_go(s);
	return 0;
}

bool
spool_has(const char *dir, const char *name, const char *suffix)
{
	struct stat st;
	bool has = false;
	int fd;

	if (strspn(name, "0123456789abcdef") != SPOOL_RANDOM ||
	    strcmp(name + SPOOL_RANDOM, suffix) != 0)
		return false;
	fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return false;
	has = fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    S_ISREG(st.st_mode);
	close(fd);
	return has;
}

void
spool_drop(struct spool *s)
{
	if (s->dir >= 0)
		unlinkat(s->dir, s->name, 0);
	let_go(s);
}

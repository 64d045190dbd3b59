/*
 * The name is known to nobody until the file is whole, so a worker that dies
 * half-way leaves a file that nothing speaks of; a job removes it. Names are
 * never shared between uploads, so that job cannot take away what another
 * upload has just found to be there.
 */
#include "attach/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/token.h"

#define MODE 0440
#define PIECE 65536

static int
fail(enum err_kind kind, const char *what, struct err *e)
{
	err_set(e, kind, "%s", err_kinds[kind].title);
	return err_cause(e, "attachments: %s: %s", what, strerror(errno));
}

static int
write_all(int fd, const char *at, size_t n)
{
	while (n > 0) {
		ssize_t done = write(fd, at, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return -1;
		at += done;
		n -= (size_t)done;
	}
	return 0;
}

static void
make_name(char *name)
{
	unsigned char raw[VAULT_NAME / 2];

	random_bytes(raw, sizeof(raw));
	hex_encode(raw, sizeof(raw), name);
}

/* The file first, then the folder that names it. */
static int
write_in(int dir, const char *name, const void *data, size_t len, struct err *e)
{
	int fd = openat(dir, name,
	    O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, MODE);
	int rc = 0;

	if (fd < 0)
		return fail(ERR_BUSY, "create", e);
	if (write_all(fd, data, len) < 0 || fchmod(fd, MODE) < 0 ||
	    fsync(fd) < 0 || fsync(dir) < 0)
		rc = fail(ERR_BUSY, "write", e);
	if (close(fd) < 0 && rc == 0)
		rc = fail(ERR_BUSY, "close", e);
	if (rc < 0)
		unlinkat(dir, name, 0);
	return rc;
}

int
vault_write(const char *dir, const void *data, size_t len, char *name,
    struct err *e)
{
	int at = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc;

	if (at < 0)
		return fail(ERR_BUSY, dir, e);
	make_name(name);
	rc = write_in(at, name, data, len, e);
	close(at);
	return rc;
}

static bool
is_name(const char *name)
{
	return strlen(name) == VAULT_NAME &&
	    strspn(name, "0123456789abcdef") == VAULT_NAME;
}

/* The hash of what the file holds now; its length, or -1. */
static int64_t
hash_file(int fd, unsigned char out[SHA256_LEN])
{
	unsigned char piece[PIECE];
	struct sha256_stream *s = sha256_open();
	int64_t total = 0;
	ssize_t n;

	while ((n = read(fd, piece, sizeof(piece))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			break;
		sha256_add(s, piece, (size_t)n);
		total += n;
	}
	sha256_close(s, out);
	return n < 0 ? -1 : total;
}

int
vault_check(const char *dir, const char *name, int64_t size,
    const unsigned char hash[SHA256_LEN], struct err *e)
{
	unsigned char now[SHA256_LEN];
	int at = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
	int fd = -1;
	int64_t found;

	if (at < 0)
		return fail(ERR_INTERNAL, dir, e);
	if (is_name(name))
		fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	close(at);
	if (fd < 0)
		return fail(ERR_INTERNAL, name, e);
	found = hash_file(fd, now);
	close(fd);
	if (found == size && memcmp(now, hash, sizeof(now)) == 0)
		return 0;
	err_set(e, ERR_INTERNAL, "%s", err_kinds[ERR_INTERNAL].title);
	return err_cause(e, "attachments: %s is damaged", name);
}

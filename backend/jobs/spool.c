/*
 * An export file is sent at once, or waits for the one who had it made; an
 * hour is long enough for that. When the rest is still too much the
 * oldest go first; what nginx is sending stays on the disk until it is sent.
 */
#include "jobs/job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGE_S 3600

struct spooled {
	const char *name;
	int64_t modified_s;
	int64_t size;
};

struct listing {
	struct spooled *files;
	size_t n;
	size_t cap;
	int64_t total; /* bytes */
};

static int
by_age(const void *a, const void *b)
{
	const struct spooled *x = a;
	const struct spooled *y = b;

	return (x->modified_s > y->modified_s) -
	    (x->modified_s < y->modified_s);
}

static void
listing_add(struct listing *l, struct arena *a, const char *name,
    const struct stat *st)
{
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 64 : 2 * l->cap;
		struct spooled *more = arena_array(a, cap, sizeof(*more));

		if (l->n > 0)
			memcpy(more, l->files, l->n * sizeof(*more));
		l->files = more;
		l->cap = cap;
	}
	l->files[l->n++] = (struct spooled){
		.name = arena_strdup(a, name),
		.modified_s = st->st_mtim.tv_sec,
		.size = st->st_size,
	};
	l->total += st->st_size;
}

/* Plain files only; links and folders are none of ours. */
static void
listing_read(struct listing *l, struct arena *a, DIR *dir)
{
	const struct dirent *entry;
	struct stat st;

	while ((entry = readdir(dir)) != NULL)
		if (fstatat(dirfd(dir), entry->d_name, &st,
			AT_SYMLINK_NOFOLLOW) == 0 &&
		    S_ISREG(st.st_mode))
			listing_add(l, a, entry->d_name, &st);
	if (l->n > 0)
		qsort(l->files, l->n, sizeof(*l->files), by_age);
}

int
job_spool(struct job_run *r, struct err *e)
{
	struct listing l = { 0 };
	int64_t old = r->now / US_PER_SECOND - AGE_S;
	DIR *dir;

	if (r->cfg->spool_dir == NULL)
		return 0;
	dir = opendir(r->cfg->spool_dir);
	if (dir == NULL) {
		err_set(e, ERR_INTERNAL, "the spool folder cannot be read");
		return err_cause(e, "%s: %s", r->cfg->spool_dir,
		    strerror(errno));
	}
	listing_read(&l, r->arena, dir);
	for (size_t i = 0; i < l.n; i++) {
		const struct spooled *f = &l.files[i];

		if (f->modified_s >= old && l.total <= r->cfg->spool_max_bytes)
			break;
		if (unlinkat(dirfd(dir), f->name, 0) == 0)
			r->done++;
		else if (errno != ENOENT) {
			err_set(e, ERR_INTERNAL, "a file stays in the spool");
			err_cause(e, "%s: %s", f->name, strerror(errno));
		}
		l.total -= f->size;
	}
	closedir(dir);
	return e->kind == ERR_NONE ? 0 : -1;
}

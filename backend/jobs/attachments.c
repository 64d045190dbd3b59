/*
 * The folder of attached files against the rows that speak of them, both in
 * the order of their names. A file that no row speaks of a day after it was
 * written is what a crash or a refusal left: it goes. A row whose file is
 * missing is told, again and again, until somebody brings the file back.
 */
#include "jobs/job.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/attachment_store.h"

#define AGE_S 86400
#define NAME 32 /* hex digits; other names are none of ours */

struct names {
	char (*at)[NAME + 1];
	size_t n;
	size_t cap;
};

static bool
is_ours(const char *name)
{
	return strlen(name) == NAME && strspn(name, "0123456789abcdef") == NAME;
}

static void
names_add(struct names *l, struct arena *a, const char *name)
{
	if (l->n == l->cap) {
		size_t cap = l->cap == 0 ? 1024 : 2 * l->cap;
		char(*more)[NAME + 1] = arena_array(a, cap, sizeof(*more));

		if (l->n > 0)
			memcpy(more, l->at, l->n * sizeof(*more));
		l->at = more;
		l->cap = cap;
	}
	memcpy(l->at[l->n++], name, NAME + 1);
}

static int
by_name(const void *a, const void *b)
{
	return memcmp(a, b, NAME);
}

static void
names_read(struct names *l, struct arena *a, DIR *dir)
{
	const struct dirent *entry;

	while ((entry = readdir(dir)) != NULL)
		if (is_ours(entry->d_name))
			names_add(l, a, entry->d_name);
	if (l->n > 0)
		qsort(l->at, l->n, sizeof(*l->at), by_name);
}

/* Files and rows as they are gone through side by side. */
struct sweep {
	struct job_run *r;
	int dir;
	struct names files;
	size_t next; /* of files */
	int64_t old_s;
};

/* A file that no row speaks of. An upload may still be at it. */
static void
drop(struct sweep *s, const char *name, struct err *e)
{
	struct stat st;

	if (fstatat(s->dir, name, &st, AT_SYMLINK_NOFOLLOW) < 0 ||
	    !S_ISREG(st.st_mode) || st.st_mtim.tv_sec >= s->old_s)
		return;
	if (unlinkat(s->dir, name, 0) == 0) {
		s->r->done++;
	} else if (errno != ENOENT) {
		err_set(e, ERR_INTERNAL, "a file without a row stays");
		err_cause(e, "%s: %s", name, strerror(errno));
	}
}

/* A row; it may be younger than the listing of the folder. */
static void
meet(struct sweep *s, const char *name, struct err *e)
{
	while (s->next < s->files.n &&
	    memcmp(s->files.at[s->next], name, NAME) < 0)
		drop(s, s->files.at[s->next++], e);
	if (s->next < s->files.n &&
	    memcmp(s->files.at[s->next], name, NAME) == 0) {
		s->next++;
	} else if (faccessat(s->dir, name, F_OK, AT_SYMLINK_NOFOLLOW) < 0) {
		err_set(e, ERR_INTERNAL,
		    "the file of an attachment is missing");
		err_cause(e, "%s: %s", name, strerror(errno));
	}
}

/* Faults of files are in faults; -1 with e set when rows cannot be read. */
static int
sweep_all(struct sweep *s, struct err *faults, struct err *e)
{
	char after[NAME + 1] = "";
	size_t n;

	do {
		struct arena_mark mark = arena_mark(s->r->arena);
		struct attachment_file *rows = NULL;

		if (attachment_store_files(s->r->db, after, &rows, &n, e) < 0)
			return -1;
		for (size_t i = 0; i < n; i++)
			meet(s, rows[i].file, faults);
		if (n > 0)
			memcpy(after, rows[n - 1].file, NAME + 1);
		arena_rewind(s->r->arena, mark);
	} while (n > 0);
	while (s->next < s->files.n)
		drop(s, s->files.at[s->next++], faults);
	return 0;
}

int
job_attachments(struct job_run *r, struct err *e)
{
	struct sweep s = { .r = r, .old_s = r->now / US_PER_SECOND - AGE_S };
	struct err failed = { 0 };
	DIR *dir;

	if (r->cfg->attachments_dir == NULL)
		return 0;
	dir = opendir(r->cfg->attachments_dir);
	if (dir == NULL) {
		err_set(e, ERR_INTERNAL,
		    "the folder of attachments cannot be read");
		return err_cause(e, "%s: %s", r->cfg->attachments_dir,
		    strerror(errno));
	}
	s.dir = dirfd(dir);
	names_read(&s.files, r->arena, dir);
	if (sweep_all(&s, e, &failed) < 0)
		*e = failed;
	closedir(dir);
	return e->kind == ERR_NONE ? 0 : -1;
}

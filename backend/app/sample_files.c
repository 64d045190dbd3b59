/* Files are read whole; awk is run without a shell. */
#include "app/sample_files.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/sql_script.h"
#include "base/buf.h"
#include "json/json_read.h"

int
sample_json(const char *dir, const char *name, const struct schema *s,
    void *obj, struct arena *a, struct err *e)
{
	const char *path = arena_printf(a, "%s/%s", dir, name);
	const char *text;
	const struct json *v;
	size_t len;

	if (sql_file_read(path, a, &text, &len, e) < 0)
		return -1;
	v = json_parse(a, text, len, e);
	if (v == NULL)
		return err_cause(e, "%s", path);
	if (json_read_struct(a, v, s, obj, "", e) < 0)
		return err_cause(e, "%s: %s %s", path, e->fields[0].pointer,
		    e->fields[0].detail);
	return 0;
}

static int
line_fault(struct err *e, const char *name, size_t line, const char *why)
{
	err_set(e, ERR_INTERNAL, "The sample data is not usable.");
	return err_cause(e, "%s, line %zu: %s", name, line, why);
}

/* Cuts text, which is on the arena, at tabs and line ends. */
static int
each_line(char *text, const char *name, size_t n, sample_line_fn fn, void *arg,
    struct err *e)
{
	const char *columns[SAMPLE_COLUMNS_MAX] = { 0 };
	char *next = text;

	for (size_t line = 1; *text != '\0'; line++) {
		size_t len = strcspn(text, "\n");
		size_t k = 0;

		next = text + len + (text[len] == '\n' ? 1 : 0);
		text[len] = '\0';
		if (text[0] == '#' || text[0] == '\0') {
			text = next;
			continue;
		}
		for (char *tab = text; text != NULL; text = tab) {
			tab = strchr(text, '\t');
			if (tab != NULL)
				*tab++ = '\0';
			if (k == n)
				return line_fault(e, name, line,
				    "too many columns");
			columns[k++] = text;
		}
		if (k != n)
			return line_fault(e, name, line, "too few columns");
		if (fn(arg, columns, e) < 0)
			return line_fault(e, name, line, "unknown name");
		text = next;
	}
	return 0;
}

int
sample_tsv(const char *dir, const char *name, size_t n, sample_line_fn fn,
    void *arg, struct arena *a, struct err *e)
{
	const char *text;
	size_t len;

	if (sql_file_read(arena_printf(a, "%s/%s", dir, name), a, &text, &len,
		e) < 0)
		return -1;
	return each_line(arena_strndup(a, text, len), name, n, fn, arg, e);
}

static void
become_awk(const char *script, const char *what, int out)
{
	if (dup2(out, STDOUT_FILENO) == STDOUT_FILENO &&
	    setenv("LC_ALL", "C", 1) == 0)
		execlp("awk", "awk", "-v", what, "-f", script, (char *)NULL);
	_exit(127);
}

static int
read_all(int fd, struct buf *out)
{
	ssize_t n;

	do {
		buf_reserve(out, 65536);
		n = read(fd, out->data + out->len, 65535);
		if (n > 0)
			out->len += (size_t)n;
	} while (n > 0 || (n < 0 && errno == EINTR));
	out->data[out->len] = '\0';
	return n < 0 ? -1 : 0;
}

static int
run_awk(const char *script, const char *what, struct buf *out, struct err *e)
{
	int fds[2];
	int status = -1;
	pid_t pid;

	if (pipe(fds) < 0 || (pid = fork()) < 0) {
		err_set(e, ERR_INTERNAL, "The sample data cannot be read.");
		return err_cause(e, "awk: %s", strerror(errno));
	}
	if (pid == 0)
		become_awk(script, what, fds[1]);
	close(fds[1]);
	if (read_all(fds[0], out) == 0)
		waitpid(pid, &status, 0);
	close(fds[0]);
	if (status == 0)
		return 0;
	err_set(e, ERR_INTERNAL, "The sample data cannot be read.");
	return err_cause(e, "awk -v %s -f %s failed", what, script);
}

int
sample_directory(const char *dir, const char *tsv_dir, const char *what,
    size_t n, sample_line_fn fn, void *arg, struct arena *a, struct err *e)
{
	struct buf out;

	if (tsv_dir != NULL)
		return sample_tsv(tsv_dir, arena_printf(a, "%s.tsv", what), n,
		    fn, arg, a, e);
	buf_init(&out, a);
	if (run_awk(arena_printf(a, "%s/directory.awk", dir),
		arena_printf(a, "what=%s", what), &out, e) < 0)
		return -1;
	return each_line(out.data, what, n, fn, arg, e);
}

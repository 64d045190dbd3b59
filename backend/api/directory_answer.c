/* One text for a directory that does not answer, wherever it is asked. */
#include "api/directory_answer.h"

int
directory_answer(enum directory_result r, const char *what, struct err *e)
{
	if (r == DIRECTORY_OK)
		return 0;
	if (r == DIRECTORY_DOWN)
		return err_set(e, ERR_DIRECTORY_DOWN,
		    "The directory does not answer. Try again in a minute.");
	return err_set(e, ERR_NOT_FOUND,
	    "There is no such %s in the directory.", what);
}

#include "ctl/program.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The folder of this very program, with a slash at its end. */
static bool own_folder(char out[CTL_PATH_SIZE])
{
	ssize_t n = readlink("/proc/self/exe", out, CTL_PATH_SIZE - 1);
	char *slash;

	if (n <= 0)
		return false;
	out[n] = '\0';
	slash = strrchr(out, '/');
	if (!slash)
		return false;
	slash[1] = '\0';
	return true;
}

static bool found(const char *folder, const char *name, char out[CTL_PATH_SIZE])
{
	int n = snprintf(out, CTL_PATH_SIZE, "%s%s", folder, name);

	return n > 0 && n < CTL_PATH_SIZE && access(out, X_OK) == 0;
}

bool program_find(const char *name, const char *variable, char out[CTL_PATH_SIZE])
{
	const char *named = getenv(variable);
	char folder[CTL_PATH_SIZE];

	if (named && *named)
		return found("", named, out);
	if (own_folder(folder) && found(folder, name, out))
		return true;
	return found(HL_SBINDIR "/", name, out);
}

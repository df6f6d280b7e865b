/* init: the core makes its own keys and database; hotlinectl only finds it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "ctl/client.h"

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

/* Beside hotlinectl (as a build leaves it), or where it is installed. */
bool ctl_find_core(char out[CTL_PATH_SIZE])
{
	const char *named = getenv("HOTLINED");
	char folder[CTL_PATH_SIZE];

	if (named && *named)
		return found("", named, out);
	if (own_folder(folder) && found(folder, "hotlined", out))
		return true;
	return found(HL_SBINDIR "/", "hotlined", out);
}

int cmd_init(struct ctl *ctl, const struct ctl_args *args)
{
	char path[CTL_PATH_SIZE];

	(void)args;
	if (!ctl_find_core(path))
		return ctl_fail(CTL_NOT_FOUND, "hotlined was not found: name it in the environment variable HOTLINED");
	fflush(NULL);
	execl(path, "hotlined", "--init", "--config", ctl->config ? ctl->config : CTL_CONFIG_DEFAULT, (char *)NULL);
	return ctl_fail(CTL_FAILED, "cannot run %s: %s", path, strerror(errno));
}

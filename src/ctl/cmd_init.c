/* init: the core makes its own keys and database; hotlinectl only finds it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "ctl/client.h"
#include "ctl/program.h"

bool ctl_find_core(char out[CTL_PATH_SIZE])
{
	return program_find("hotlined", "HOTLINED", out);
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

/* Any octets as the configuration: without an error that is not gentle there is a configuration, and every error names a place. */
#include <stdlib.h>
#include <string.h>

#include "conf/conf.h"
#include "core/config/config.h"
#include "fuzz/fuzz.h"

#define PATH "/nonexistent/fuzz.conf"

/* libconfig's scanner leaks the piece of a string that it was reading when it met an error; the core ends after one. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libconfig";
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct conf_errors errors;
	struct config *c;

	errors.count = errors.gentle = 0;
	c = config_load_text(PATH, (const char *)data, size, &errors);
	must((c == NULL) == (errors.count > errors.gentle));
	for (size_t i = 0; i < errors.count && i < CONF_ERRORS_MAX; i++)
		must(strncmp(errors.list[i].text, PATH ":", strlen(PATH) + 1) == 0);
	if (c) {
		must(*c->database == '/' && *c->roster == '/' && *c->country);
		must(c->modem_count <= CONFIG_MODEMS_MAX);
	}
	config_free(c);
	return 0;
}

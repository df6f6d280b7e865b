#include "base/mem.h"

#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/error.h"

static void *or_die(void *p)
{
	if (!p)
		hl_fatal(EX_OSERR, "out of memory");
	return p;
}

void *hl_calloc(size_t count, size_t size)
{
	return or_die(calloc(count ? count : 1, size ? size : 1));
}

void *hl_realloc_array(void *old, size_t count, size_t size)
{
	return or_die(reallocarray(old, count ? count : 1, size ? size : 1));
}

char *hl_strdup(const char *s)
{
	return or_die(strdup(s));
}

char *hl_strndup(const char *s, size_t max)
{
	return or_die(strndup(s, max));
}

int hl_strlcpy(char *dst, size_t size, const char *src)
{
	size_t n = strlen(src);

	if (n < size) {
		memcpy(dst, src, n + 1);
		return 0;
	}
	memcpy(dst, src, size - 1);
	dst[size - 1] = '\0';
	return HL_ERANGE;
}

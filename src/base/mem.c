#include "base/mem.h"

#include <malloc.h>
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

void hl_wipe_free(void *p)
{
	if (p)
		explicit_bzero(p, malloc_usable_size(p));
	free(p);
}

void *hl_wipe_realloc(void *old, size_t size)
{
	size_t had = old ? malloc_usable_size(old) : 0;
	void *new;

	if (size == 0) {
		hl_wipe_free(old);
		return NULL;
	}
	new = or_die(malloc(size));
	if (old)
		memcpy(new, old, had < size ? had : size);
	hl_wipe_free(old);
	return new;
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

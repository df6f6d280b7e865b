/* A temporary folder for a test, removed with everything in it; and a search for octets in files, to prove that something is
 * not on the disk. */
#ifndef HL_TESTS_SCRATCH_H
#define HL_TESTS_SCRATCH_H

#include <ftw.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct scratch { char dir[64]; };

__attribute__((unused)) static void scratch_new(struct scratch *s)
{
	snprintf(s->dir, sizeof(s->dir), "/tmp/hotlined-test-XXXXXX");
	if (!mkdtemp(s->dir))
		abort();
}

__attribute__((unused)) static const char *scratch_path(const struct scratch *s, const char *name, char out[256])
{
	snprintf(out, 256, "%s/%s", s->dir, name);
	return out;
}

__attribute__((unused)) static int scratch_remove_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)flag;
	(void)ftw;
	return remove(path);
}

__attribute__((unused)) static void scratch_remove(struct scratch *s)
{
	nftw(s->dir, scratch_remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* Whether the file holds these octets anywhere; a missing file holds none. */
__attribute__((unused)) static bool scratch_holds(const char *path, const void *octets, size_t len)
{
	FILE *f = fopen(path, "rb");
	bool found = false;
	char *data = NULL;
	long size;

	if (!f)
		return false;
	fseek(f, 0, SEEK_END);
	size = ftell(f);
	rewind(f);
	data = malloc((size_t)size + 1);
	if (!data || fread(data, 1, (size_t)size, f) != (size_t)size)
		abort();
	found = memmem(data, (size_t)size, octets, len) != NULL;
	free(data);
	fclose(f);
	return found;
}

static struct { const void *octets; size_t len; char found[256]; } scratch_search;

__attribute__((unused)) static int scratch_search_one(const char *path, const struct stat *st, int flag, struct FTW *ftw)
{
	(void)st;
	(void)ftw;
	if (flag != FTW_F || !scratch_holds(path, scratch_search.octets, scratch_search.len))
		return 0;
	snprintf(scratch_search.found, sizeof(scratch_search.found), "%s", path);
	return 1;
}

/* The first file anywhere in the folder (the database, its log, keys) that holds these octets; NULL where none does. */
__attribute__((unused)) static const char *scratch_find(const struct scratch *s, const void *octets, size_t len)
{
	scratch_search.octets = octets;
	scratch_search.len = len;
	return nftw(s->dir, scratch_search_one, 16, FTW_PHYS) == 1 ? scratch_search.found : NULL;
}

#endif

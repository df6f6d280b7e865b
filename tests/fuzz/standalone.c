/* The main of a fuzz target that is built without libFuzzer: runs the files and folders named, or, with no arguments,
 * tests/fuzz/seeds/NAME of the source tree, where the program is fuzz_NAME. A crash, a sanitizer report or an abort is the
 * failure; a folder without seeds is one too. */
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"

#define SEED_MAX (1024 * 1024)

static uint8_t *read_file(const char *path, size_t *size)
{
	FILE *f = fopen(path, "rb");
	uint8_t *data = malloc(SEED_MAX);

	if (!f || !data) {
		perror(path);
		exit(1);
	}
	*size = fread(data, 1, SEED_MAX, f);
	fclose(f);
	/* Exactly as large as the seed, so that a read past its end is seen. */
	data = realloc(data, *size ? *size : 1);
	if (!data) {
		perror(path);
		exit(1);
	}
	return data;
}

static void run_file(const char *path)
{
	size_t size;
	uint8_t *data = read_file(path, &size);

	fprintf(stderr, "%s\n", path);
	LLVMFuzzerTestOneInput(data, size);
	free(data);
}

static int run_path(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int ran = 0;

	if (!dir) {
		run_file(path);
		return 1;
	}
	while ((entry = readdir(dir))) {
		char file[PATH_MAX];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(file, sizeof(file), "%s/%s", path, entry->d_name);
		run_file(file);
		ran++;
	}
	closedir(dir);
	return ran;
}

int main(int argc, char **argv)
{
	const char *name = strstr(argv[0], "fuzz_");
	int ran = 0;

	for (const char *next = name; next; next = strstr(next + 1, "fuzz_"))
		name = next;
	if (argc == 1 && name) {
		char dir[PATH_MAX];
		snprintf(dir, sizeof(dir), "%s/tests/fuzz/seeds/%s", HL_SRCDIR, name + strlen("fuzz_"));
		ran = run_path(dir);
	}
	for (int i = 1; i < argc; i++)
		ran += run_path(argv[i]);
	fprintf(stderr, "%d inputs\n", ran);
	return ran ? 0 : 1;
}

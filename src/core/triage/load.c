#include "core/triage/triage.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/triage/limits.h"
#include "core/triage/parse.h"
#include "core/triage/parse_combination.h"
#include "core/triage/parse_row.h"
#include "core/triage/weights.h"

#define WEIGHTS_NAME "weights.tsv"

static int is_conf(const struct dirent *entry)
{
	size_t len = strlen(entry->d_name);

	return entry->d_name[0] != '.' && len > 5 && strcmp(entry->d_name + len - 5, ".conf") == 0;
}

static int load_file(struct triage_rules *rules, const char *dir, const char *name, struct triage_telling *telling,
	struct hl_reason *reason)
{
	char path[PATH_MAX];
	FILE *file;
	int err;

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		return hl_fail(reason, HL_ERANGE, "the path of the triage rules is too long");
	file = fopen(path, "re");
	if (!file)
		return hl_fail(reason, HL_EIO, "opening the triage rules %s: %s", path, strerror(errno));
	err = triage_parse_file(rules, file, path, telling, reason);
	fclose(file);
	return err;
}

static int load_files(struct triage_rules *rules, const char *dir, struct triage_telling *telling,
	struct hl_reason *reason)
{
	struct dirent **names;
	int count = scandir(dir, &names, is_conf, alphasort), err = 0;

	if (count < 0)
		return hl_fail(reason, HL_EIO, "reading the folder of triage rules %s: %s; name one that holds *.conf files", dir,
			strerror(errno));
	for (int i = 0; i < count; i++) {
		if (!err)
			err = load_file(rules, dir, names[i]->d_name, telling, reason);
		else if (telling && telling->count && telling->count < TRIAGE_ERRORS_MAX)
			load_file(rules, dir, names[i]->d_name, telling, NULL); /* the reason is of the first */
		free(names[i]);
	}
	free(names);
	if (!err && rules->count == 0)
		err = hl_fail(reason, HL_ENOENT, "the folder of triage rules %s holds no rule: copy etc/triage there", dir);
	return err ? err : triage_check_combinations(rules, telling, reason);
}

/* Without the file the rules decide alone. */
static int load_weights(struct triage_rules *rules, const char *dir, struct triage_telling *telling, struct hl_reason *reason)
{
	char path[PATH_MAX];
	FILE *file;
	int err;

	if (snprintf(path, sizeof(path), "%s/" WEIGHTS_NAME, dir) >= (int)sizeof(path))
		return hl_fail(reason, HL_ERANGE, "the path of the triage weights is too long");
	file = fopen(path, "re");
	if (!file && errno == ENOENT)
		return 0;
	if (!file)
		return hl_fail(reason, HL_EIO, "opening the triage weights %s: %s", path, strerror(errno));
	err = triage_weights_read(file, path, rules, &rules->weights, telling, reason);
	fclose(file);
	return err;
}

/* Whether every word that a part fits begins with the same two octets. */
static bool has_beginning(const struct triage_part *part)
{
	return !part->suffix && (!part->prefix || part->key.len >= 2);
}

static uint32_t trie_value(const struct triage_rule *rule, uint32_t index)
{
	uint32_t value = index, next = TRIAGE_NEXT_ANY;

	if (!rule->parts[0].prefix && !rule->parts[0].suffix)
		value |= TRIAGE_VALUE_WHOLE;
	if (rule->parts[0].negative)
		value |= TRIAGE_VALUE_NEGATIVE;
	if (rule->part_count > 1 && rule->gap <= TRIAGE_PHRASE_GAP && has_beginning(&rule->parts[1]))
		next = (uint32_t)__builtin_ctzll(triage_begin_bit(rule->parts[1].key.s));
	return value | next << TRIAGE_VALUE_NEXT_SHIFT;
}

static void build_trie(const struct triage_rules *rules, enum triage_layer layer, bool endings, struct trie *trie)
{
	struct trie_entry *entries = hl_calloc(rules->count, sizeof(*entries));
	size_t count = 0;

	for (size_t i = 0; i < rules->count; i++) {
		const struct triage_rule *rule = &rules->rules[i];
		if (rule->layer == layer && rule->parts[0].suffix == endings)
			entries[count++] = (struct trie_entry){ rule->parts[0].key.s, rule->parts[0].key.len,
				trie_value(rule, (uint32_t)i) };
	}
	trie_build(trie, entries, count);
	free(entries);
}

static void build_tries(struct triage_rules *rules)
{
	for (enum triage_layer layer = TRIAGE_K0; layer <= TRIAGE_K2; layer++) {
		build_trie(rules, layer, false, &rules->tries[layer]);
		build_trie(rules, layer, true, &rules->endings[layer]);
	}
}

static int load(const char *dir, struct triage_rules **rules, struct triage_telling *telling, struct hl_reason *reason)
{
	struct triage_rules *r = hl_calloc(1, sizeof(*r));
	int err;

	r->limits = hl_calloc(1, sizeof(*r->limits));
	*r->limits = triage_limits_shipped;
	err = load_files(r, dir, telling, reason);
	if (!err)
		err = load_weights(r, dir, telling, reason);
	else if (telling && telling->count)
		load_weights(r, dir, telling, NULL); /* the reason is of the first */
	if (err) {
		triage_free(r);
		return err;
	}
	build_tries(r);
	triage_index_combinations(r);
	*rules = r;
	return 0;
}

int triage_load(const char *dir, struct triage_rules **rules, struct hl_reason *reason)
{
	return load(dir, rules, NULL, reason);
}

int triage_load_telling(const char *dir, struct triage_rules **rules, triage_tell tell, void *arg, struct hl_reason *reason)
{
	struct triage_telling telling = { tell, arg, 0 };
	int err = load(dir, rules, &telling, reason);

	if (err && telling.count == 0) /* no line of its own: a file or the folder */
		tell(arg, dir, 0, reason->text);
	return err;
}

void triage_free(struct triage_rules *rules)
{
	if (!rules)
		return;
	for (size_t i = 0; i < TRIAGE_LAYERS; i++) {
		trie_free(&rules->tries[i]);
		trie_free(&rules->endings[i]);
	}
	for (size_t i = 0; i < rules->owned_count; i++)
		free(rules->owned[i]);
	free(rules->owned);
	free(rules->rules);
	free(rules->districts);
	for (size_t i = 0; i < rules->combination_count; i++)
		free(rules->combinations[i].rule);
	free(rules->combinations);
	free(rules->limits);
	triage_weights_free(rules->weights);
	free(rules);
}

size_t triage_rules_count(const struct triage_rules *rules)
{
	return rules->count;
}

size_t triage_weights_loaded(const struct triage_rules *rules)
{
	return rules->weights ? rules->weights->count - 1 : 0;
}

const char *triage_district_name(const struct triage_rules *rules, size_t index, bool *target)
{
	if (index >= rules->district_count)
		return NULL;
	if (target)
		*target = rules->districts[index].target;
	return rules->districts[index].name;
}

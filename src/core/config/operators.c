#include "core/config/operators.h"

#include <string.h>

#include "core/config/config.h"
#include "core/service/balance_read.h"
#include "core/service/mmi.h"

#define O(f) offsetof(struct config_operator, f), sizeof(((struct config_operator *)0)->f)

static const struct conf_key operator_keys[] = {
	{ "name", CONF_STRING, true, O(name), 0, 0, NULL },
	{ "networks", CONF_STRING, false, O(networks), 0, 0, "" },
	{ "prefixes", CONF_STRING, false, O(prefixes), 0, 0, "" },
	{ "balance_code", CONF_STRING, false, O(balance_code), 0, 0, "" },
	{ "balance_pattern", CONF_STRING, false, O(balance_pattern), 0, 0, "" },
	{ "currency", CONF_STRING, false, O(currency), 0, 0, "" },
	{ "balance_low", CONF_INT, false, O(balance_low), 0, INT32_MAX, "0" },
	{ "balance_floor", CONF_INT, false, O(balance_floor), 0, INT32_MAX, "0" },
	{ "balance_every_s", CONF_INT, false, O(balance_every_s), 1, 30 * 86400, "86400" },
	{ "balance_after", CONF_INT, false, O(balance_after), 0, 1000000, "0" },
	{ "part_cost", CONF_INT, false, O(part_cost), 0, 1000000, "0" },
	{ "campaign_per_minute", CONF_INT, false, O(campaign_per_minute), 0, 60000, "0" },
	{ NULL, CONF_ANY, false, 0, 0, 0, 0, NULL },
};

/* The next word of a list and its length; NULL at the end. */
static const char *next_word(const char *list, size_t *len)
{
	list += strspn(list, " ");
	*len = strcspn(list, " ");
	return *len ? list : NULL;
}

/* Length of the longest word of the list with which the text begins. */
static size_t longest_start(const char *list, const char *text)
{
	size_t len, best = 0;

	for (const char *w = next_word(list, &len); w; w = next_word(w + len, &len))
		if (len > best && strncmp(w, text, len) == 0)
			best = len;
	return best;
}

static bool has_word(const char *list, const char *word, size_t word_len)
{
	size_t len;

	for (const char *w = next_word(list, &len); w; w = next_word(w + len, &len))
		if (len == word_len && memcmp(w, word, len) == 0)
			return true;
	return false;
}

struct list_rule {
	const char *key;
	size_t offset;      /* in struct config_operator */
	size_t least, most; /* digits of a word */
	const char *what;
};

static const struct list_rule lists[] = {
	{ "networks", offsetof(struct config_operator, networks), 5, 6, "the 5 or 6 digits of MCC and MNC, such as 42899" },
	{ "prefixes", offsetof(struct config_operator, prefixes), 1, 8, "1 to 8 digits behind the country code, such as 99" },
};

static void check_list(const struct config *c, const char *path, const config_setting_t *g, const struct list_rule *rule,
	struct conf_errors *e)
{
	const char *list = (const char *)&c->operators[c->operator_count] + rule->offset;
	size_t len;

	for (const char *w = next_word(list, &len); w; w = next_word(w + len, &len)) {
		if (len < rule->least || len > rule->most || strspn(w, "0123456789") < len)
			conf_error(e, path, conf_line(g, rule->key), "%s: \"%.*s\" is not %s", rule->key, (int)len, w, rule->what);
		for (size_t i = 0; i < c->operator_count; i++)
			if (has_word((const char *)&c->operators[i] + rule->offset, w, len))
				conf_error(e, path, conf_line(g, rule->key), "%s: %.*s belongs to \"%s\" already", rule->key, (int)len, w,
					c->operators[i].name);
	}
}

static void check_balance(const char *path, const config_setting_t *g, const struct config_operator *o, struct conf_errors *e)
{
	struct hl_reason why;

	if (*o->balance_code && mmi_check(o->balance_code, &why))
		conf_error(e, path, conf_line(g, "balance_code"), "balance_code: %s", why.text);
	if (!*o->balance_code != !*o->balance_pattern)
		conf_error(e, path, conf_line(g, "name"), "balance_code and balance_pattern: both are needed, or none");
	else if (*o->balance_pattern && balance_check_pattern(o->balance_pattern, &why))
		conf_error(e, path, conf_line(g, "balance_pattern"), "balance_pattern: %s", why.text);
	if (*o->balance_code && !*o->networks)
		conf_error(e, path, conf_line(g, "balance_code"), "balance_code needs networks: whose SIMs are to be asked");
	if (o->balance_low < o->balance_floor)
		conf_error(e, path, conf_line(g, "balance_low"), "balance_low is less than balance_floor: nobody would be warned before "
			"campaigns end");
}

static void read_operator(struct config *c, const char *path, config_setting_t *g, struct conf_errors *e)
{
	struct config_operator *o;

	if (config_setting_type(g) != CONFIG_TYPE_GROUP)
		return; /* told by the table */
	if (c->operator_count == OPERATORS_MAX) {
		conf_error(e, path, (int)config_setting_source_line(g), "more than %d operators", OPERATORS_MAX);
		return;
	}
	o = &c->operators[c->operator_count];
	conf_read_group(path, g, operator_keys, o, e);
	for (size_t i = 0; i < c->operator_count; i++)
		if (*o->name && strcmp(o->name, c->operators[i].name) == 0)
			conf_error(e, path, conf_line(g, "name"), "two operators are named \"%s\"", o->name);
	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		check_list(c, path, g, &lists[i], e);
	check_balance(path, g, o, e);
	c->operator_count++;
}

void operators_read(struct config *c, const char *path, const config_setting_t *root, struct conf_errors *e)
{
	const config_setting_t *list = config_setting_get_member(root, "operators");

	if (!list || !(config_setting_is_list(list) || config_setting_is_array(list)))
		return;
	for (int i = 0; i < config_setting_length(list); i++)
		read_operator(c, path, config_setting_get_elem(list, (unsigned)i), e);
}

static int find(const struct config *c, size_t offset, const char *text)
{
	size_t best = 0;
	int found = OPERATOR_NONE;

	for (size_t i = 0; i < c->operator_count; i++) {
		size_t len = longest_start((const char *)&c->operators[i] + offset, text);
		if (len > best) {
			best = len;
			found = (int)i;
		}
	}
	return found;
}

int operator_of_number(const struct config *c, const char *e164)
{
	size_t country = strlen(c->country);

	if (*e164 != '+' || strncmp(e164 + 1, c->country, country) != 0)
		return OPERATOR_NONE;
	return find(c, offsetof(struct config_operator, prefixes), e164 + 1 + country);
}

int operator_of_imsi(const struct config *c, const char *imsi)
{
	return find(c, offsetof(struct config_operator, networks), imsi);
}

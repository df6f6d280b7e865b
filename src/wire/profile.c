#include "wire/profile.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "wire/profile_row.h"

/* ---- what entries look like ------------------------------------------------------------------------------------- */

bool modem_profile_usb(const char *item, struct profile_usb *out)
{
	static const char form[] = "xxxx:xxxx";
	char *end;
	long interface;

	for (size_t i = 0; form[i]; i++)
		if (form[i] == 'x' ? !isxdigit((unsigned char)item[i]) || isupper((unsigned char)item[i]) : item[i] != form[i])
			return false;
	out->vendor = (unsigned)strtoul(item, NULL, 16);
	out->product = (unsigned)strtoul(item + 5, &end, 16);
	out->interface = -1;
	if (*end == '\0')
		return true;
	if (*end != '/' || !isdigit((unsigned char)end[1]))
		return false;
	interface = strtol(end + 1, &end, 10);
	out->interface = (int)interface;
	return *end == '\0' && interface <= 31;
}

static bool is_usb(const char *s)
{
	struct profile_usb usb;

	return modem_profile_usb(s, &usb);
}

static bool is_command(const char *s)
{
	return strncmp(s, "AT", 2) == 0;
}

static bool is_memory(const char *s)
{
	return strlen(s) == 2 && isupper((unsigned char)s[0]) && isupper((unsigned char)s[1]);
}

/* +CMT would be lost while the worker is away. */
static bool is_notify(const char *s)
{
	return s[0] && strspn(s, "0123456789,") == strlen(s) && strncmp(s + 1, ",1", 2) == 0 && (s[3] == ',' || !s[3]);
}

static bool is_any(const char *s)
{
	(void)s;
	return true;
}

static const struct { bool (*fits)(const char *s); const char *must; } forms[] = {
	[PROFILE_ANY] = { is_any, "" },
	[PROFILE_COMMAND] = { is_command, "must be a command that begins with AT" },
	[PROFILE_MEMORY] = { is_memory, "must be the name of a memory, such as SM or ME" },
	[PROFILE_USB] = { is_usb, "must be vvvv:pppp in small hexadecimal digits, or vvvv:pppp/N with N the interface of the AT port" },
	[PROFILE_NOTIFY] = { is_notify, "must be numbers, the second 1 (store, then tell)" },
};

/* ---- values ------------------------------------------------------------------------------------------------------ */

static int copy_text(const struct profile_row *row, const json_t *v, char out[PROFILE_ITEM_MAX], struct hl_reason *reason)
{
	const char *s = json_string_value(v);

	if (!s)
		return hl_fail(reason, HL_EINVAL, "%s: a string is needed", row->name);
	if (strlen(s) >= PROFILE_ITEM_MAX)
		return hl_fail(reason, HL_ERANGE, "%s: at most %d characters", row->name, PROFILE_ITEM_MAX - 1);
	for (const char *p = s; *p; p++)
		if ((unsigned char)*p < 0x20 || (unsigned char)*p > 0x7E)
			return hl_fail(reason, HL_EINVAL, "%s: printable ASCII only", row->name);
	if ((row->kind == PROFILE_LIST || *s) && !forms[row->form].fits(s)) /* "" is a text that says: none */
		return hl_fail(reason, HL_EINVAL, "%s: \"%s\" %s", row->name, s, forms[row->form].must);
	memset(out, 0, PROFILE_ITEM_MAX);
	memcpy(out, s, strlen(s));
	return 0;
}

static int take_text(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	return copy_text(row, v, to, reason);
}

static int take_list(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	struct profile_list *list = to;
	size_t count = json_array_size(v);
	int err;

	if (!json_is_array(v))
		return hl_fail(reason, HL_EINVAL, "%s: a list of strings is needed", row->name);
	if (count > PROFILE_ITEMS_MAX)
		return hl_fail(reason, HL_ERANGE, "%s: at most %d strings", row->name, PROFILE_ITEMS_MAX);
	memset(list, 0, sizeof(*list));
	for (; list->count < count; list->count++)
		if ((err = copy_text(row, json_array_get(v, list->count), list->item[list->count], reason)))
			return err;
	return 0;
}

static int take_bool(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	if (!json_is_boolean(v))
		return hl_fail(reason, HL_EINVAL, "%s: true or false is needed", row->name);
	*(bool *)to = json_is_true(v);
	return 0;
}

static int copy_int(const struct profile_row *row, const json_t *v, int64_t *to, struct hl_reason *reason)
{
	int64_t n = json_integer_value(v);

	if (!json_is_integer(v) || n < row->min || n > row->max)
		return hl_fail(reason, HL_ERANGE, "%s: an integer from %lld to %lld is needed", row->name, (long long)row->min,
			       (long long)row->max);
	*to = n;
	return 0;
}

static int take_int(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	return copy_int(row, v, to, reason);
}

static int take_codes(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	struct profile_codes *codes = to;
	size_t count = json_array_size(v);
	int err;

	if (!json_is_array(v))
		return hl_fail(reason, HL_EINVAL, "%s: a list of integers is needed", row->name);
	if (count > PROFILE_CODES_MAX)
		return hl_fail(reason, HL_ERANGE, "%s: at most %d codes", row->name, PROFILE_CODES_MAX);
	memset(codes, 0, sizeof(*codes));
	for (; codes->count < count; codes->count++)
		if ((err = copy_int(row, json_array_get(v, codes->count), &codes->item[codes->count], reason)))
			return err;
	return 0;
}

static int take_word(const struct profile_row *row, const json_t *v, void *to, struct hl_reason *reason)
{
	const char *s = json_string_value(v);
	char known[96] = "";

	for (int64_t i = 0; !row->words[i] || *row->words[i]; i++) {
		const char *word = row->words[i];
		size_t len = strlen(known);
		if (word && s && strcmp(word, s) == 0) {
			*(int64_t *)to = i;
			return 0;
		}
		if (word)
			snprintf(known + len, sizeof(known) - len, "%s%s", len ? ", " : "", word);
	}
	return hl_fail(reason, HL_EINVAL, "%s: one of %s is needed", row->name, known);
}

static int (*const takers[])(const struct profile_row *, const json_t *, void *, struct hl_reason *) = {
	[PROFILE_TEXT] = take_text, [PROFILE_LIST] = take_list, [PROFILE_BOOL] = take_bool, [PROFILE_INT] = take_int,
	[PROFILE_CODES] = take_codes, [PROFILE_WORD] = take_word,
};

/* ---- the whole --------------------------------------------------------------------------------------------------- */

/* What the values mean together. */
static int check_meaning(const struct modem_profile *p, struct hl_reason *reason)
{
	if (p->notify.count == 0)
		return hl_fail(reason, HL_EINVAL, "notify: at least one value for AT+CNMI is needed");
	if (!p->store[0])
		return hl_fail(reason, HL_EINVAL, "store: the memory that takes texts is needed, such as SM");
	if (p->cpms_arguments == 2)
		return hl_fail(reason, HL_EINVAL, "cpms_arguments: 0, 1 or 3 is needed");
	if (p->pin_counter[0] && !p->pin_counter_prefix[0])
		return hl_fail(reason, HL_EINVAL, "pin_counter: pin_counter_prefix is needed with it");
	if (p->ussd_before.count && !p->ussd_after.count)
		return hl_fail(reason, HL_EINVAL, "ussd_after: what ussd_before changes must be restored");
	return 0;
}

int modem_profile_decode(const json_t *object, struct modem_profile *out, struct hl_reason *reason)
{
	const char *name;
	json_t *value;
	int err;

	*out = profile_generic;
	json_object_foreach((json_t *)(uintptr_t)object, name, value) {
		const struct profile_row *row = profile_rows;
		while (row->name && strcmp(row->name, name) != 0)
			row++;
		if (!row->name)
			return hl_fail(reason, HL_EINVAL, "unknown key in a modem profile: %.60s", name);
		if ((err = takers[row->kind](row, value, (char *)out + row->offset, reason)))
			return err;
	}
	return check_meaning(out, reason);
}

const char *modem_profile_key(size_t i)
{
	size_t n = 0;

	while (n < i && profile_rows[n].name)
		n++;
	return profile_rows[n].name;
}

bool modem_profile_lists(const struct profile_list *list, const char *line)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->item[i][0] && strncmp(line, list->item[i], strlen(list->item[i])) == 0)
			return true;
	return false;
}

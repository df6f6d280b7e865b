#include "ctl/contacts_file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/mem.h"

/* ---- the first line ---------------------------------------------------------------------------------------------------- */

/* As people call them, small and capital where strcasecmp() does not know the letters. */
static const struct { const char *name; enum contacts_column column; } names[] = {
	{ "number", COLUMN_NUMBER }, { "phone", COLUMN_NUMBER }, { "phone number", COLUMN_NUMBER }, { "mobile", COLUMN_NUMBER },
	{ "msisdn", COLUMN_NUMBER }, { "tel", COLUMN_NUMBER }, { "telephone", COLUMN_NUMBER }, { "утас", COLUMN_NUMBER }, { "Утас", COLUMN_NUMBER },
	{ "дугаар", COLUMN_NUMBER }, { "Дугаар", COLUMN_NUMBER }, { "утасны дугаар", COLUMN_NUMBER }, { "Утасны дугаар", COLUMN_NUMBER },
	{ "district", COLUMN_DISTRICT }, { "дүүрэг", COLUMN_DISTRICT }, { "Дүүрэг", COLUMN_DISTRICT }, { "duureg", COLUMN_DISTRICT },
	{ "language", COLUMN_LANGUAGE }, { "lang", COLUMN_LANGUAGE }, { "хэл", COLUMN_LANGUAGE }, { "Хэл", COLUMN_LANGUAGE },
	{ "script", COLUMN_SCRIPT }, { "letters", COLUMN_SCRIPT }, { "үсэг", COLUMN_SCRIPT }, { "Үсэг", COLUMN_SCRIPT },
	{ "group", COLUMN_GROUPS }, { "groups", COLUMN_GROUPS }, { "tags", COLUMN_GROUPS }, { "бүлэг", COLUMN_GROUPS }, { "Бүлэг", COLUMN_GROUPS },
	{ "consent_source", COLUMN_SOURCE }, { "consent source", COLUMN_SOURCE }, { "consent", COLUMN_SOURCE }, { "source", COLUMN_SOURCE },
	{ "зөвшөөрөл", COLUMN_SOURCE }, { "Зөвшөөрөл", COLUMN_SOURCE },
	{ "consent_date", COLUMN_DATE }, { "consent date", COLUMN_DATE }, { "date", COLUMN_DATE }, { "огноо", COLUMN_DATE }, { "Огноо", COLUMN_DATE },
};

static const char *take_name(struct contacts_file *f, const char *name, int field)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcasecmp(names[i].name, name) != 0)
			continue;
		if (f->column[names[i].column] >= 0)
			return "two columns of the first line have the same name";
		f->column[names[i].column] = field;
		return NULL;
	}
	return NULL; /* a column of their own, which is not for us */
}

static const char *take_names(struct contacts_file *f)
{
	char *fields[CSV_FIELDS_MAX];
	int n = csv_read(&f->csv, fields);
	const char *why = n < 0 ? f->csv.why : n == 0 ? "the file is empty" : NULL;

	for (int i = 0; i < COLUMNS; i++)
		f->column[i] = -1;
	for (int i = 0; i < n && !why; i++)
		why = take_name(f, fields[i], i);
	f->columns = n > 0 ? (size_t)n : 0;
	if (!why && f->column[COLUMN_NUMBER] < 0)
		why = "the first line names the columns, and one of them must be: number (others: district, language, script, groups, consent_source, "
			"consent_date)";
	return why;
}

int contacts_file_open(struct contacts_file *f, char *octets, size_t len, int *line, const char **why)
{
	memset(f, 0, sizeof(*f));
	*line = 0;
	f->charset = charset_read(octets, len, &f->text, &f->len, why);
	explicit_bzero(octets, len);
	free(octets);
	if (!f->text)
		return -1;
	csv_begin(&f->csv, f->text, f->len);
	*why = take_names(f);
	*line = f->csv.line;
	return *why ? -1 : 0;
}

void contacts_file_close(struct contacts_file *f)
{
	if (f->text)
		explicit_bzero(f->text, f->len);
	free(f->text);
	memset(f, 0, sizeof(*f));
}

/* ---- the others -------------------------------------------------------------------------------------------------------- */

static json_t *cells_of(const struct contacts_file *f, char *fields[CSV_FIELDS_MAX], int n, const char **why)
{
	json_t *cells = json_pack("[i]", f->csv.line);

	for (int i = 0; i < COLUMNS && !*why; i++) {
		const char *text = f->column[i] >= 0 && f->column[i] < n ? fields[f->column[i]] : "";
		if (strlen(text) > CONTACTS_CELL_MOST)
			*why = "a column is longer than any of a contact";
		json_array_append_new(cells, json_string(text));
	}
	if (!*why)
		return cells;
	json_decref(cells);
	return NULL;
}

json_t *contacts_file_next(struct contacts_file *f, int *line, const char **why, bool *fatal)
{
	char *fields[CSV_FIELDS_MAX];
	int n = csv_read(&f->csv, fields);

	*why = n < 0 ? f->csv.why : n > 0 && (size_t)n > f->columns ?
		"more columns than the first line names: put quotes around what has a separator in it" :
		NULL;
	*line = f->csv.line;
	*fatal = n < 0;
	return n > 0 && !*why ? cells_of(f, fields, n, why) : NULL;
}

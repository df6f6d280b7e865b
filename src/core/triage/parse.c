#include "core/triage/parse.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "core/triage/limits.h"
#include "core/triage/parse_combination.h"
#include "core/triage/parse_row.h"

#define LINE_MAX_OCTETS 1024
#define COLUMNS 5
#define FIELD_COLUMNS 3

enum section { SECTION_NONE, SECTION_CATEGORY, SECTION_FIELD, SECTION_COMBINE, SECTION_DISTRICT, SECTION_LIMITS, SECTION_BAD };

struct parser {
	struct triage_parse_at at;
	bool cut; /* the rest of a line that was too long comes next */
	struct triage_rules *rules;
	enum section section;
	enum triage_category category;
	size_t field;
};

static char *trim(char *s)
{
	char *end = s + strlen(s);

	while (isspace((unsigned char)*s))
		s++;
	while (end > s && isspace((unsigned char)end[-1]))
		*--end = '\0';
	return s;
}

static int begin_district(struct parser *p, const char *name)
{
	struct triage_rules *r = p->rules;

	if (*name == '\0' || strlen(name) >= sizeof(r->districts[0].name))
		return triage_parse_fail(&p->at, HL_ERANGE, "a district's name has 1 to %zu letters: [district Name]",
			sizeof(r->districts[0].name) - 1);
	if (r->district_count == TRIAGE_DISTRICTS_MAX)
		return triage_parse_fail(&p->at, HL_ERANGE, "at most %d districts", TRIAGE_DISTRICTS_MAX);
	for (size_t i = 0; i < r->district_count; i++)
		if (strcmp(r->districts[i].name, name) == 0)
			return triage_parse_fail(&p->at, HL_EEXIST, "district %s is there already: remove one", name);
	r->districts = hl_realloc_array(r->districts, r->district_count + 1, sizeof(*r->districts));
	r->districts[r->district_count] = (struct triage_district){ .khoroos = 99 };
	hl_strlcpy(r->districts[r->district_count].name, sizeof(r->districts[0].name), name);
	r->district_count++;
	p->section = SECTION_DISTRICT;
	return 0;
}

/* What follows the first word of a section, NULL if it is another word. */
static char *name_after(char *line, const char *word)
{
	size_t len = strlen(word);

	return strncmp(line, word, len) == 0 && isspace((unsigned char)line[len]) ? trim(line + len) : NULL;
}

static int begin_field(struct parser *p, const char *name)
{
	int err = triage_find_field(p->rules, &p->at, name, &p->field);

	if (!err)
		p->section = SECTION_FIELD;
	return err;
}

/* A field is none: its words stand in [field NAME]. */
static bool is_category(const char *name, enum triage_category *category)
{
	return triage_category_from_name(name, category) && *category != TRIAGE_CAT_FIELD;
}

static int begin_combinations(struct parser *p, const char *name)
{
	if (!is_category(name, &p->category))
		return triage_parse_fail(&p->at, HL_EINVAL, "unknown category '%.40s': [combine child]", name);
	p->section = SECTION_COMBINE;
	return 0;
}

static int parse_section(struct parser *p, char *line)
{
	char *end = strchr(line, ']'), *name;

	p->section = SECTION_BAD; /* until it is known to be good */
	if (!end || *trim(end + 1))
		return triage_parse_fail(&p->at, HL_EINVAL, "a section is [name] and nothing after it");
	*end = '\0';
	line = trim(line + 1);
	if ((name = name_after(line, "district")))
		return begin_district(p, name);
	if ((name = name_after(line, "field")))
		return begin_field(p, name);
	if ((name = name_after(line, "combine")))
		return begin_combinations(p, name);
	if (strcmp(line, "limits") == 0) {
		p->section = SECTION_LIMITS;
		return 0;
	}
	if (!is_category(line, &p->category))
		return triage_parse_fail(&p->at, HL_EINVAL, "unknown section [%.40s]: a category such as [child] or "
			"[district Name] is needed", line);
	p->section = SECTION_CATEGORY;
	return 0;
}

static int parse_columns(struct parser *p, char *line)
{
	char *columns[COLUMNS], *rest = line;
	size_t count = 0;

	while (rest && count < COLUMNS)
		columns[count++] = trim(strsep(&rest, "|"));
	if (p->section == SECTION_FIELD) {
		if (count != FIELD_COLUMNS || rest)
			return triage_parse_fail(&p->at, HL_EINVAL, "words of a field are: K0, K1 or K2 | stem, stem, ... | gloss");
		p->rules->fields[p->field].filled = true;
		return triage_parse_words(p->rules, &p->at, p->field, columns[0], columns[1]);
	}
	if (count != COLUMNS || rest)
		return triage_parse_fail(&p->at, HL_EINVAL, "a row is: stem | K0, K1 or K2 | weight | flags | gloss");
	if (p->section == SECTION_COMBINE)
		return triage_parse_combination(p->rules, &p->at, p->category, columns[0], columns[1], columns[2], columns[3]);
	return triage_parse_row(p->rules, &p->at, p->category, columns[0], columns[1], columns[2], columns[3]);
}

static int parse_setting(struct parser *p, char *line)
{
	char *value = line + strcspn(line, " \t");

	if (*value)
		*value++ = '\0';
	if (p->section == SECTION_LIMITS)
		return triage_parse_limit(p->rules->limits, &p->at, line, trim(value));
	return triage_parse_district(p->rules, &p->at, line, trim(value));
}

static int parse_line(struct parser *p, char *line)
{
	line = trim(line);
	if (*line == '\0' || *line == '#')
		return 0;
	if (*line == '[')
		return parse_section(p, line);
	if (p->section == SECTION_CATEGORY || p->section == SECTION_FIELD || p->section == SECTION_COMBINE)
		return parse_columns(p, line);
	if (p->section == SECTION_DISTRICT || p->section == SECTION_LIMITS)
		return parse_setting(p, line);
	if (p->section == SECTION_BAD)
		return 0; /* the section was told; its rows say nothing more */
	return triage_parse_fail(&p->at, HL_EINVAL, "a row before the first section: begin with a line such as [child]");
}

static int take_line(struct parser *p, char *line)
{
	bool rest = p->cut;

	p->cut = strlen(line) > LINE_MAX_OCTETS && line[strlen(line) - 1] != '\n';
	if (rest)
		return 0;
	p->at.line++;
	if (strlen(line) > LINE_MAX_OCTETS)
		return triage_parse_fail(&p->at, HL_ERANGE, "the line has more than %d octets: split it", LINE_MAX_OCTETS);
	return parse_line(p, line);
}

int triage_parse_file(struct triage_rules *rules, FILE *file, const char *name, struct triage_telling *telling,
	struct hl_reason *reason)
{
	struct parser p = { .at = { name, 0, reason, telling }, .rules = rules };
	char line[LINE_MAX_OCTETS + 2];
	int first = 0;

	while ((!first || (telling && telling->count < TRIAGE_ERRORS_MAX)) && fgets(line, sizeof(line), file)) {
		int err = take_line(&p, line);
		if (err && !first) {
			first = err;
			p.at.reason = NULL; /* it is of the first */
		}
	}
	if (!first && ferror(file))
		return hl_fail(reason, HL_EIO, "reading the rules %s: %s", name, strerror(errno));
	return first;
}

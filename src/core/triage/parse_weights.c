#include "core/triage/weights.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define LINE_MAX_OCTETS 512
#define BIAS "bias"
#define FIELD "@field:"
#define BIAS_MAX 10000
#define WEIGHT_MAX 127
#define SLOTS_MIN 64
#define TITLES "name\ttip\turgent\temergency\tcampaign_reply\topt_out\topt_in\tquestion\tthanks\tack\tspam\tabuse\ttest\t" \
	"sex\tlabour\tonline\tnone"
#define MEND "make it anew with tools/learn-weights, or copy the one that is shipped"

struct reader {
	struct triage_parse_at at;
	const struct triage_rules *rules;
	struct triage_weights *weights;
	size_t rows_room, pool_room;
	bool titles, bias;
};

/* The root of 65536 n is 256 times that of n: eight bits more of it. */
static void fill_roots(struct triage_weights *w)
{
	uint32_t root = 0;

	w->root[0] = TRIAGE_ROOT_ONE;
	for (uint32_t n = 1; n < TRIAGE_ROOTS; n++) {
		while (root * root < n * 65536u)
			root++;
		w->root[n] = (uint16_t)(TRIAGE_ROOT_ONE * 256u / root);
	}
}

static int read_numbers(const struct reader *r, char *columns, long max, int out[TRIAGE_LANES])
{
	for (size_t i = 0; i < TRIAGE_LANES; i++) {
		char *end;
		long n;
		if (!columns)
			return triage_parse_fail(&r->at, HL_EINVAL, "%d numbers are needed after the name, set apart by tabs", TRIAGE_LANES);
		n = strtol(columns, &end, 10);
		if (end == columns || (*end && *end != '\t'))
			return triage_parse_fail(&r->at, HL_EINVAL, "column %zu is no number: " MEND, i + 2);
		if (n < -max || n > max)
			return triage_parse_fail(&r->at, HL_ERANGE, "column %zu must be from %ld to %ld", i + 2, -max, max);
		out[i] = (int)n;
		columns = *end ? end + 1 : NULL;
	}
	return columns ? triage_parse_fail(&r->at, HL_EINVAL, "more than %d numbers after the name", TRIAGE_LANES) : 0;
}

static struct triage_weight_row row_of(const int numbers[TRIAGE_LANES])
{
	struct triage_weight_row row;

	for (size_t i = 0; i < TRIAGE_LANES; i++)
		row.half[i / TRIAGE_HALF][i % TRIAGE_HALF] = (int16_t)numbers[i];
	return row;
}

/* A field that the rules no longer have is none that a text could have. */
static int take_fact(const struct reader *r, const char *name, const int numbers[TRIAGE_LANES])
{
	char known[TRIAGE_FACT_NAME_MAX];

	for (size_t fact = 0; triage_fact_name(r->rules, fact, known); fact++)
		if (strcmp(known, name) == 0) {
			r->weights->facts[fact] = row_of(numbers);
			return 0;
		}
	if (strncmp(name, FIELD, sizeof(FIELD) - 1) == 0)
		return 0;
	return triage_parse_fail(&r->at, HL_EINVAL, "unknown fact '%.40s': " MEND, name);
}

static int take_bias(struct reader *r, const int numbers[TRIAGE_LANES])
{
	if (r->bias)
		return triage_parse_fail(&r->at, HL_EEXIST, "bias is there already: " MEND);
	r->bias = true;
	memcpy(r->weights->bias, numbers, sizeof(r->weights->bias));
	return 0;
}

static void append_row(struct reader *r, const char *name, struct triage_weight_row row)
{
	struct triage_weights *w = r->weights;
	size_t len = strlen(name) + 1;

	if (w->count == r->rows_room) {
		r->rows_room = r->rows_room ? 2 * r->rows_room : 1024;
		w->rows = hl_realloc_array(w->rows, r->rows_room, sizeof(*w->rows));
		w->names = hl_realloc_array(w->names, r->rows_room, sizeof(*w->names));
	}
	if (w->pool_len + len > r->pool_room) {
		r->pool_room = 2 * r->pool_room + LINE_MAX_OCTETS;
		w->pool = hl_realloc_array(w->pool, r->pool_room, 1);
	}
	memcpy(w->pool + w->pool_len, name, len);
	w->names[w->count] = (uint32_t)w->pool_len;
	w->rows[w->count++] = row;
	w->pool_len += len;
}

static int take_feature(struct reader *r, const char *name, const int numbers[TRIAGE_LANES])
{
	if (r->weights->count > TRIAGE_WEIGHTS_MAX)
		return triage_parse_fail(&r->at, HL_ERANGE, "at most %d weights", TRIAGE_WEIGHTS_MAX);
	append_row(r, name, row_of(numbers));
	return 0;
}

static int take_line(struct reader *r, char *line)
{
	int numbers[TRIAGE_LANES], err;
	bool bias;
	char *columns;

	line[strcspn(line, "\r\n")] = '\0';
	if (*line == '\0' || *line == '#')
		return 0;
	if (!r->titles) {
		r->titles = true; /* told once */
		return strcmp(line, TITLES) == 0 ? 0
			: triage_parse_fail(&r->at, HL_EINVAL, "the first line must be the titles that this version has: " MEND);
	}
	columns = strchr(line, '\t');
	if (!columns)
		return triage_parse_fail(&r->at, HL_EINVAL, "a name and %d numbers are needed, set apart by tabs", TRIAGE_LANES);
	*columns++ = '\0';
	bias = strcmp(line, BIAS) == 0;
	err = read_numbers(r, columns, bias ? BIAS_MAX : WEIGHT_MAX, numbers);
	if (err)
		return err;
	if (bias)
		return take_bias(r, numbers);
	return *line == '@' ? take_fact(r, line, numbers) : take_feature(r, line, numbers);
}

/* Puts every row into its slot. Two of the same name, or of names that look alike to the hash, are an error. */
static int index_rows(struct reader *r)
{
	struct triage_weights *w = r->weights;
	size_t slots = SLOTS_MIN;

	while (slots < 4 * w->count)
		slots *= 2;
	w->slots = hl_calloc(slots, sizeof(*w->slots));
	w->mask = slots - 1;
	for (size_t i = 1; i < w->count; i++) {
		uint64_t hash = triage_feature_hash(w->pool + w->names[i]);
		size_t at = (size_t)hash & w->mask;
		if (triage_weights_find(w, hash))
			return triage_parse_fail(&r->at, HL_EEXIST, "'%.40s' stands twice: " MEND, w->pool + w->names[i]);
		while (w->slots[at].row)
			at = (at + 1) & w->mask;
		w->slots[at] = (struct triage_weight_slot){ (uint32_t)(hash >> 32), (uint32_t)i };
	}
	return 0;
}

static int read_lines(struct reader *r, FILE *file)
{
	char line[LINE_MAX_OCTETS + 2];
	int first = 0;

	while ((!first || r->at.telling) && (!r->at.telling || r->at.telling->count < TRIAGE_ERRORS_MAX)
	       && fgets(line, sizeof(line), file)) {
		bool cut = strlen(line) > LINE_MAX_OCTETS;
		int err;
		r->at.line++;
		err = cut ? triage_parse_fail(&r->at, HL_ERANGE, "the line has more than %d octets: " MEND, LINE_MAX_OCTETS) : take_line(r, line);
		if (cut)
			return first ? first : err; /* where the next line begins is not known */
		if (err && !first) {
			first = err;
			r->at.reason = NULL; /* it is of the first */
		}
	}
	return first;
}

int triage_weights_read(FILE *file, const char *name, const struct triage_rules *rules, struct triage_weights **weights,
	struct triage_telling *telling, struct hl_reason *reason)
{
	struct reader r = { .at = { name, 0, reason, telling }, .rules = rules, .weights = hl_calloc(1, sizeof(**weights)) };
	static const int zeros[TRIAGE_LANES];
	int err;

	append_row(&r, "", row_of(zeros));
	err = read_lines(&r, file);

	if (!err && ferror(file))
		err = hl_fail(reason, HL_EIO, "reading the weights %s: %s", name, strerror(errno));
	if (!err && !r.bias)
		err = triage_parse_fail(&r.at, HL_EINVAL, "the file ends without a line '" BIAS "': " MEND);
	if (!err)
		err = index_rows(&r);
	if (err) {
		triage_weights_free(r.weights);
		return err;
	}
	fill_roots(r.weights);
	*weights = r.weights;
	return 0;
}

void triage_weights_free(struct triage_weights *weights)
{
	if (!weights)
		return;
	free(weights->slots);
	free(weights->rows);
	free(weights->names);
	free(weights->pool);
	free(weights);
}

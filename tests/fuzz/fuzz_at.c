/* Any octets from a modem: the same lines however they are cut into reads, each line of some kind, each field
 * within bounds. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "modem/at_line.h"

#define HEARD_MAX 65536

struct heard {
	char text[HEARD_MAX];
	size_t len;
};

static void take_apart(const char *line)
{
	static const struct at_expect expects[] = {
		{ true, AT_SHAPE_NONE, NULL, 0 }, { true, AT_SHAPE_PREFIX, "+CREG:", 2 }, { true, AT_SHAPE_PDU, "+CMGL:", 3 },
		{ true, AT_SHAPE_DIGITS, NULL, 0 }, { true, AT_SHAPE_TEXT, NULL, 0 }, { false, AT_SHAPE_NONE, NULL, 0 },
	};
	char text[16];
	int value, code;

	for (size_t i = 0; i < sizeof(expects) / sizeof(expects[0]); i++)
		at_classify(&expects[i], line, &code);
	for (unsigned i = 0; i < at_field_count(line) + 2; i++) {
		at_field_int(line, i, &value);
		if (at_field_text(line, i, text, sizeof(text)))
			must(strlen(text) < sizeof(text));
	}
	at_find_pdu("+CMGL: 1,1,,2", line);
	at_find_pdu(line, "00AABB");
}

static void hear(struct heard *h, const char *line)
{
	size_t n = strlen(line);

	if (h->len + n + 1 < HEARD_MAX) {
		memcpy(h->text + h->len, line, n);
		h->text[h->len + n] = '\n';
		h->len += n + 1;
	}
}

static bool on_line(void *arg, const char *line)
{
	must(strlen(line) <= AT_LINE_MAX && *line);
	take_apart(line);
	hear(arg, line);
	return true;
}

static bool on_prompt(void *arg)
{
	hear(arg, ">");
	return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct at_reader_ops ops = { on_line, on_prompt };
	static struct heard whole, cut;
	struct at_reader r = { .len = 0 };

	whole.len = cut.len = 0;
	must(at_reader_feed(&r, (const char *)data, size, &ops, &whole));
	at_reader_clear(&r);
	for (size_t i = 0, n; i < size; i += n) {
		n = 1 + data[i] % 7;
		n = n > size - i ? size - i : n;
		must(at_reader_feed(&r, (const char *)data + i, n, &ops, &cut));
	}
	must(whole.len == cut.len && memcmp(whole.text, cut.text, cut.len) == 0);
	return 0;
}

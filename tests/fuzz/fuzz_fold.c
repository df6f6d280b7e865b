/* Any octets fold: spans rise and stay inside, K1 has only its symbols and nothing doubled, K2 at most one capital. */
#include <stdlib.h>
#include <string.h>

#include "fuzz/fuzz.h"
#include "text/fold.h"
#include "text/sms.h"

static void check_keys(const struct fold_token *word)
{
	size_t capitals = 0;

	for (size_t i = 0; i < word->k1.len; i++) {
		must(strchr("abcdeghiklmnopqrstvyz", word->k1.s[i]) != NULL);
		must(i == 0 || word->k1.s[i] != word->k1.s[i - 1]);
	}
	for (size_t i = 0; i < word->k2.len; i++)
		capitals += word->k2.s[i] >= 'A' && word->k2.s[i] <= 'Z';
	must(capitals == (word->k2.len ? 1 : 0));
}

static void check_cuts(const char *text, size_t len)
{
	size_t ends[8], from = 0;
	struct sms_cut cut;

	if (sms_split(text, len, &cut, ends, 8))
		return;
	for (size_t i = 0; i < cut.parts; from = ends[i++]) {
		uint8_t out[160];
		must(sms_encode_part(text + from, ends[i] - from, cut.coding, out, cut.coding == SMS_GSM7 ? 160 : 140) >= 0);
	}
	must(from == len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fold_text text;
	size_t from = 0;

	fold_text_open(&text, (const char *)data, size);
	for (size_t i = 0; i < text.count; i++) {
		must(text.tokens[i].start >= from && text.tokens[i].end <= size);
		from = text.tokens[i].end;
		if (text.tokens[i].kind == FOLD_WORD)
			check_keys(&text.tokens[i]);
	}
	fold_text_close(&text);
	check_cuts((const char *)data, size);
	return 0;
}

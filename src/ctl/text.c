#include <config.h>

#include "ctl/text.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "base/mem.h"
#include "text/utf8.h"

/* wcwidth(3) knows the widths only in a UTF-8 locale, whatever the person's own is. */
static locale_t utf8_locale(void)
{
	static locale_t loc;

	if (!loc)
		loc = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
	return loc;
}

size_t text_colour(const char *text, size_t len)
{
	size_t n = 2;

	if (len < 3 || text[0] != '\033' || text[1] != '[')
		return 0;
	while (n < len && ((text[n] >= '0' && text[n] <= '9') || text[n] == ';'))
		n++;
	return n < len && text[n] == 'm' ? n + 1 : 0;
}

size_t text_shown(const char *text, size_t len)
{
	locale_t loc = utf8_locale(), before = loc ? uselocale(loc) : (locale_t)0;
	size_t width = 0;

	for (size_t at = 0; at < len;) {
		size_t skip = text_colour(text + at, len - at);
		uint32_t cp;
		int w = 0;
		at += skip ? skip : utf8_read(text + at, len - at, &cp, NULL);
		if (!skip)
			w = loc ? wcwidth((wchar_t)cp) : 1;
		width += w > 0 ? (size_t)w : 0;
	}
	if (before)
		uselocale(before);
	return width;
}

size_t text_width(const char *text)
{
	return text_shown(text, strlen(text));
}

/* C0 and C1 controls, and what turns the direction of writing around (Unicode's Bidi_Control). */
static int is_harmful(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x061C || cp == 0x200E || cp == 0x200F ||
		(cp >= 0x2028 && cp <= 0x202E) || (cp >= 0x2066 && cp <= 0x2069);
}

char *text_safe(const char *text, size_t len)
{
	char *out = hl_calloc(3 * len + 1, 1); /* U+FFFD takes 3 octets */
	size_t n = 0;

	for (size_t at = 0; at < len;) {
		uint32_t cp;
		at += utf8_read(text + at, len - at, &cp, NULL);
		n += utf8_write(is_harmful(cp) ? UTF8_REPLACEMENT : cp, out + n);
	}
	return out;
}

const char *text_span(int64_t seconds, char out[TEXT_SHORT])
{
	static const struct { int64_t below, unit; const char *one, *many; } spans[] = {
		{ 90, 1, "s", "s" }, { 90 * 60, 60, "min", "min" }, { 36 * 3600, 3600, "h", "h" },
		{ INT64_MAX, 86400, "day", "days" },
	};
	size_t i = 0;
	int64_t n;

	while (seconds >= spans[i].below)
		i++;
	n = seconds / spans[i].unit;
	snprintf(out, TEXT_SHORT, "%lld %s", (long long)n, n == 1 ? spans[i].one : spans[i].many);
	return out;
}

const char *text_age(int64_t now_ms, int64_t then_ms, char out[TEXT_SHORT])
{
	char span[TEXT_SHORT];
	int64_t seconds = (now_ms - then_ms) / 1000;

	if (then_ms == 0)
		hl_strlcpy(out, TEXT_SHORT, "-");
	else if (seconds <= -2)
		snprintf(out, TEXT_SHORT, "in %.20s", text_span(-seconds, span));
	else if (seconds <= 1)
		hl_strlcpy(out, TEXT_SHORT, "now");
	else
		text_span(seconds, out);
	return out;
}

const char *text_time(int64_t wall_ms, char out[TEXT_SHORT])
{
	time_t t = (time_t)(wall_ms / 1000);
	struct tm tm;

	if (wall_ms == 0 || !localtime_r(&t, &tm) || strftime(out, TEXT_SHORT, "%Y-%m-%d %H:%M:%S", &tm) == 0)
		hl_strlcpy(out, TEXT_SHORT, "-");
	return out;
}

const char *text_bytes(int64_t bytes, char out[TEXT_SHORT])
{
	static const char *const units[] = { "KiB", "MiB", "GiB", "TiB" };
	double n = (double)bytes / 1024;
	size_t i = 0;

	if (bytes < 1024) {
		snprintf(out, TEXT_SHORT, "%lld B", (long long)bytes);
		return out;
	}
	for (; n >= 1024 && i + 1 < sizeof(units) / sizeof(*units); i++)
		n /= 1024;
	snprintf(out, TEXT_SHORT, "%.1f %s", n, units[i]);
	return out;
}

int64_t text_now_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* Texts of campaigns with placeholders, {district} or {дүүрэг}: checked when a campaign is made, filled when a text leaves, measured in
 * short messages before. Pure. */
#ifndef HL_CORE_CAMPAIGN_TEMPLATE_H
#define HL_CORE_CAMPAIGN_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "text/sms.h"

/* What a placeholder can stand for. Its value is at most so long, which is how a template is measured. */
enum template_slot { TEMPLATE_DISTRICT, TEMPLATE_STOP, TEMPLATE_START, TEMPLATE_POLICE, TEMPLATE_HELPLINE, TEMPLATE_SHORT, TEMPLATE_KEYWORD,
	TEMPLATE_ANSWER, TEMPLATE_RIGHT, TEMPLATE_SLOTS };

struct template_values { const char *of[TEMPLATE_SLOTS]; }; /* NULL stands as nothing */

/* HL_EINVAL with the place (its character) and the mend: an unknown placeholder (and which one was meant), a bracket that is not closed,
 * no UTF-8. A bracket of its own is written twice: {{. */
int template_check(const char *text, struct hl_reason *why);

/* Whether it has this placeholder. */
bool template_has(const char *text, enum template_slot slot);

/* Fills a template that was checked. The length, or HL_ERANGE where it does not fit. */
int template_fill(const char *text, const struct template_values *values, char *out, size_t size);

/* The character that makes a text UCS-2, as people see it: "Х" (U+0425), 12th; "" where nothing does. */
void template_forced_by(const char *text, const struct sms_cut *cut, char out[64]);

/* "{district}" in English, "{дүүрэг}" in Mongolian. */
const char *template_slot_name(enum template_slot slot, int mongolian);

#endif

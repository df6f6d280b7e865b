#include "simmodem/inject.h"

#include <stdlib.h>
#include <string.h>

#include "base/hex.h"
#include "base/mem.h"
#include "simmodem/network.h"

static enum sim_coding choose_coding(const struct inject *in)
{
	if (in->coding)
		return (enum sim_coding)in->coding;
	if (in->units)
		return SIM_UCS2;
	return units_fit_gsm7(in->text, in->text_len) ? SIM_GSM7 : SIM_UCS2;
}

/* Units that one part holds beside a header of so many octets (its length octet included). */
static size_t room(enum sim_coding coding, size_t header)
{
	if (coding == SIM_GSM7)
		return 160 - (header * 8 + 6) / 7;
	return (PDU_UD_MAX - header) / (coding == SIM_UCS2 ? 2 : 1);
}

static int build(const struct inject *in, const struct pdu_ud *ud, struct message *msg)
{
	struct pdu_deliver d = { .toa = in->toa, .pid = (uint8_t)in->pid };
	uint8_t out[PDU_MAX];
	int n;

	if (hl_strlcpy(d.smsc, sizeof(d.smsc), in->smsc) || hl_strlcpy(d.from, sizeof(d.from), in->from))
		return HL_ERANGE;
	d.dcs = in->dcs >= 0 ? (uint8_t)in->dcs : pdu_dcs(ud->coding, in->class);
	if (in->time)
		memcpy(d.time, in->time, sizeof(d.time));
	else
		network_time(d.time);
	d.ud = *ud;
	memset(msg, 0, sizeof(*msg));
	if ((n = pdu_deliver_build(&d, out, &msg->tpdu_len)) < 0)
		return n;
	msg->class = pdu_dcs_class(d.dcs);
	msg->direct = in->direct;
	msg->load = in->load;
	msg->line = hl_calloc(2 * (size_t)n + 1, 1);
	hl_hex_encode(out, (size_t)n, msg->line);
	return 0;
}

int inject_one(const struct inject *in, struct message *msg)
{
	struct pdu_ud ud = { .coding = choose_coding(in) };
	int n = units_from_text(in->text, in->text_len, ud.coding, ud.units, room(ud.coding, 0));

	if (n < 0)
		return n;
	ud.count = (size_t)n;
	return build(in, &ud, msg);
}

static int take_units(const struct inject *in, enum sim_coding coding, uint16_t *units, struct hl_reason *reason)
{
	int n;

	if (!in->units) {
		n = units_from_text(in->text, in->text_len, coding, units, INJECT_UNITS_MAX);
		if (n < 0)
			hl_fail(reason, n, "the text is too long, no UTF-8, or has characters that the alphabet lacks");
		return n;
	}
	if (in->units_count > INJECT_UNITS_MAX)
		return hl_fail(reason, HL_ERANGE, "at most %d units", INJECT_UNITS_MAX);
	memcpy(units, in->units, in->units_count * sizeof(*units));
	return (int)in->units_count;
}

/* The lengths of the parts: their number. */
static int cut(const uint16_t *units, size_t count, enum sim_coding coding, size_t limit, size_t *lens)
{
	int parts = 0;

	for (size_t at = 0; at < count || parts == 0; at += lens[parts++]) {
		if (parts == INJECT_PARTS_MAX)
			return HL_ERANGE;
		lens[parts] = units_cut(units + at, count - at, coding, limit);
		if (lens[parts] == 0 && count)
			return HL_ERANGE; /* a part too short for one character */
	}
	return parts;
}

static int build_all(const struct inject *in, const uint16_t *units, enum sim_coding coding, const size_t *lens, int parts,
	struct message *msgs)
{
	int err = 0, done = 0;

	for (size_t at = 0; done < parts && !err; at += lens[done], done += !err) {
		struct pdu_concat c = { in->ref_width, in->ref, (unsigned)parts, (unsigned)done + 1 };
		struct pdu_ud ud = { .coding = coding, .count = lens[done] };
		memcpy(ud.units, units + at, lens[done] * sizeof(*units));
		if (parts > 1 || in->concat)
			pdu_concat_write(&ud, &c);
		err = build(in, &ud, &msgs[done]);
		if (err)
			break;
	}
	while (err && done > 0)
		free(msgs[--done].line);
	return err ? err : parts;
}

int inject_parts(const struct inject *in, struct message *msgs, struct hl_reason *reason)
{
	enum sim_coding coding = choose_coding(in);
	size_t lens[INJECT_PARTS_MAX], single = room(coding, in->concat ? (in->ref_width == 16 ? 7 : 6) : 0);
	size_t several = room(coding, in->ref_width == 16 ? 7 : 6);
	uint16_t *units = hl_calloc(INJECT_UNITS_MAX, sizeof(*units));
	int count = take_units(in, coding, units, reason), parts = count;

	if (in->part_units && in->part_units < several)
		single = several = in->part_units;
	if (count >= 0)
		parts = cut(units, (size_t)count, coding, (size_t)count <= single ? single : several, lens);
	if (count >= 0 && parts < 0)
		hl_fail(reason, parts, "too many parts");
	if (parts > 0 && (parts = build_all(in, units, coding, lens, parts, msgs)) < 0)
		hl_fail(reason, parts, "the sender or service centre address has no place in a PDU");
	free(units);
	return parts;
}

#include "core/case/corroborate.h"

#include <string.h>

#include "core/case/case_link.h"
#include "core/case/feature.h"
#include "core/config/config.h"
#include "vault/vault.h"

/* Bounds of the work for one text, so that a flood costs no more than any other: past them the count says "at least". */
#define FOUND_MAX 8   /* cases with one hash that are looked at, the newest */
#define OTHERS_MAX 8  /* cases that are compared */
#define TEXTS_MAX 20  /* of one case: what a burst says later was said before */

struct others {
	struct { int64_t case_id; struct feature_match match; } list[OTHERS_MAX];
	size_t n;
};

static void hash_keyed(void *arg, const void *data, size_t len, uint8_t hash[FEATURE_HASH])
{
	uint8_t whole[VAULT_HASH];

	vault_feature_hash(arg, data, len, whole);
	memcpy(hash, whole, FEATURE_HASH);
}

static struct feature_match *match_of(struct others *o, const struct feature_row *row, enum triage_exploitation own)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->list[i].case_id == row->case_id)
			return &o->list[i].match;
	if (o->n == OTHERS_MAX)
		return NULL;
	o->list[o->n].case_id = row->case_id;
	o->list[o->n].match = (struct feature_match){ 0, 0, own, (enum triage_exploitation)row->exploitation };
	return &o->list[o->n++].match;
}

/* Those with one hash in common; of texts it is asked how much else they share. */
static void look_for(struct core *core, const struct feature_row *own, int64_t since_ms, struct others *o)
{
	struct feature_row found[FOUND_MAX];
	size_t n = feature_find(core->store, own->hash, own->contact_id, since_ms, found, FOUND_MAX);

	for (size_t i = 0; i < n; i++) {
		struct feature_match *m = match_of(o, &found[i], (enum triage_exploitation)own->exploitation);
		if (m && own->kind == FEATURE_PLACE)
			m->places++;
		else if (m && feature_shared(own->sketch, found[i].sketch) > m->words)
			m->words = feature_shared(own->sketch, found[i].sketch);
	}
}

static void link_others(struct core *core, const struct case_row *row, const struct others *o)
{
	bool linked = false;

	for (size_t i = 0; i < o->n; i++) {
		enum feature_verdict v = feature_decide(&o->list[i].match);
		struct case_link_facts other;
		if (v == FEATURE_OTHER || !case_link_facts(core->store, o->list[i].case_id, &other))
			continue;
		if (other.id == row->id || other.unit_id != row->unit_id ||
			!case_link(core, row->id, other.id, v == FEATURE_SAME_TEXT ? CASE_LINK_SAME_TEXT : CASE_LINK_SAME_PLACE))
			continue;
		linked = true;
		if (other.corroboration < OTHERS_MAX)
			case_corroboration_count(core, other.id);
	}
	if (linked)
		case_corroboration_count(core, row->id);
}

void corroborate(struct core *core, const struct case_row *row, const struct contact_row *contact, const char *text, size_t len,
	const struct triage_verdict *v)
{
	int64_t now_ms = hl_wall_ms(core->clock), since_ms = now_ms - core->config->corroborate_within_s * 1000;
	struct features features;
	struct others others = { .n = 0 };

	if (core->config->corroborate_within_s == 0 || v->kind != TRIAGE_TIP || !contact->answerable || row->messages > TEXTS_MAX)
		return;
	feature_make(text, len, v, hash_keyed, core->vault, &features);
	for (size_t i = 0; i < features.count; i++) {
		struct feature_row f = { .case_id = row->id, .contact_id = contact->id, .kind = (int)features.list[i].kind,
			.exploitation = (int)v->exploitation, .time_ms = now_ms };
		memcpy(f.hash, features.list[i].hash, FEATURE_HASH);
		if (features.list[i].kind == FEATURE_WORDS)
			memcpy(f.sketch, features.sketch, sizeof(f.sketch));
		look_for(core, &f, since_ms, &others);
		feature_insert(core->store, &f);
	}
	feature_prune(core->store, since_ms);
	link_others(core, row, &others);
}

#include "simmodem/phones.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "simmodem/modem.h"
#include "simmodem/now.h"
#include "simmodem/sim.h"
#include "simmodem/watch.h"

#define TEXT_MAX 4096 /* octets of UTF-8 of one part's text and its NUL, with room */

/* A long text of which parts are here. */
struct join {
	TAILQ_ENTRY(join) next;
	char from[24];
	struct pdu_concat concat;
	unsigned have;
	char *part[256]; /* by number, from 1; NULL: missing */
};

struct phone {
	struct phone *next;
	char number[PDU_ADDRESS_MAX];
	size_t texts, joins_count;
	TAILQ_HEAD(, phone_text) inbox;
	TAILQ_HEAD(join_list, join) joins;
};

struct phone_text {
	TAILQ_ENTRY(phone_text) all, own; /* in phones.all, in phone.inbox */
	struct phone *phone;
	int64_t ns;
	unsigned parts, modem;
	char from[24];
	char *text;
};

void phones_init(struct phones *p)
{
	memset(p, 0, sizeof(*p));
	TAILQ_INIT(&p->all);
}

static struct phone **find(struct phones *p, const char *number)
{
	uint32_t h = 2166136261u;
	struct phone **at;

	for (const char *s = number; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	for (at = &p->bucket[h % PHONES_BUCKETS]; *at; at = &(*at)->next)
		if (strcmp((*at)->number, number) == 0)
			break;
	return at;
}

static void join_free(struct phone *phone, struct join *j)
{
	TAILQ_REMOVE(&phone->joins, j, next);
	phone->joins_count--;
	for (int i = 0; i < 256; i++)
		free(j->part[i]);
	free(j);
}

static void phone_free_if_empty(struct phones *p, struct phone *phone)
{
	struct phone **at;

	if (phone->texts || phone->joins_count)
		return;
	at = find(p, phone->number);
	*at = phone->next;
	p->count--;
	free(phone);
}

static void text_free(struct phones *p, struct phone_text *t)
{
	struct phone *phone = t->phone;

	TAILQ_REMOVE(&p->all, t, all);
	TAILQ_REMOVE(&phone->inbox, t, own);
	p->texts--;
	phone->texts--;
	free(t->text);
	free(t);
	phone_free_if_empty(p, phone);
}

/* The bounds: the oldest of the phone goes, or the oldest of all. */
static void make_room(struct phones *p, const struct phone *phone)
{
	if (phone->texts > PHONE_TEXTS_MAX)
		text_free(p, TAILQ_FIRST(&phone->inbox));
	if (p->texts > PHONES_TEXTS_MAX)
		text_free(p, TAILQ_FIRST(&p->all));
}

static json_t *text_json(const struct phone_text *t)
{
	return json_pack("{s:s, s:s, s:i, s:i, s:s, s:I}", "number", t->phone->number, "text", t->text, "parts", (int)t->parts,
		"modem", (int)t->modem, "from", t->from, "ns", (json_int_t)t->ns);
}

/* A whole text (taken over) is in the inbox. */
static void text_add(struct sim *sim, struct phone *phone, const struct modem *from, char *text, unsigned parts)
{
	struct phones *p = &sim->phones;
	struct phone_text *t = hl_calloc(1, sizeof(*t));

	t->phone = phone;
	t->ns = now_ns();
	t->parts = parts;
	t->modem = (unsigned)from->index;
	hl_strlcpy(t->from, sizeof(t->from), from->card.number);
	t->text = text;
	TAILQ_INSERT_TAIL(&p->all, t, all);
	TAILQ_INSERT_TAIL(&phone->inbox, t, own);
	p->texts++;
	p->received++;
	phone->texts++;
	if (watch_wanted(sim, WATCH_PHONE))
		watch_tell(sim, WATCH_PHONE, from, text_json(t));
	make_room(p, phone);
}

static struct join *join_find(struct phone *phone, const char *from, const struct pdu_concat *c)
{
	struct join *j;

	TAILQ_FOREACH(j, &phone->joins, next)
		if (strcmp(j->from, from) == 0 && j->concat.ref == c->ref && j->concat.width == c->width &&
		    j->concat.total == c->total)
			return j;
	if (phone->joins_count == PHONE_JOINS_MAX)
		join_free(phone, TAILQ_FIRST(&phone->joins));
	j = hl_calloc(1, sizeof(*j));
	hl_strlcpy(j->from, sizeof(j->from), from);
	j->concat = *c;
	TAILQ_INSERT_TAIL(&phone->joins, j, next);
	phone->joins_count++;
	return j;
}

static char *join_text(const struct join *j)
{
	size_t len = 0;
	char *text;

	for (unsigned i = 1; i <= j->concat.total; i++)
		len += strlen(j->part[i]);
	text = hl_calloc(len + 1, 1);
	for (unsigned i = 1, at = 0; i <= j->concat.total; at += (unsigned)strlen(j->part[i]), i++)
		memcpy(text + at, j->part[i], strlen(j->part[i]));
	return text;
}

void phones_receive(struct sim *sim, const struct modem *from, const struct pdu_submit *submit)
{
	struct phone **at = find(&sim->phones, submit->to), *phone = *at;
	struct pdu_concat c = pdu_concat_read(&submit->ud);
	char text[TEXT_MAX];
	struct join *j;

	if (!phone) {
		phone = *at = hl_calloc(1, sizeof(*phone));
		hl_strlcpy(phone->number, sizeof(phone->number), submit->to);
		TAILQ_INIT(&phone->inbox);
		TAILQ_INIT(&phone->joins);
		sim->phones.count++;
	}
	sim->phones.parts++;
	units_to_text(submit->ud.units, submit->ud.count, submit->ud.coding, text, sizeof(text));
	if (c.total == 0) {
		text_add(sim, phone, from, hl_strdup(text), 1);
		return;
	}
	j = join_find(phone, from->card.number, &c);
	j->have += j->part[c.seq] == NULL;
	free(j->part[c.seq]);
	j->part[c.seq] = hl_strdup(text);
	if (j->have == j->concat.total) {
		char *whole = join_text(j);
		join_free(phone, j);
		text_add(sim, phone, from, whole, c.total);
	}
}

static bool is_for(const struct phone_text *t, const char *number)
{
	return !number || strcmp(t->phone->number, number) == 0;
}

json_t *phones_inbox(const struct phones *p, const char *number, size_t limit)
{
	json_t *list = json_array();
	const struct phone_text *t, *first = NULL;
	size_t count = 0;

	TAILQ_FOREACH_REVERSE(t, &p->all, text_list, all) {
		if (count == limit)
			break;
		if (is_for(t, number)) {
			first = t;
			count++;
		}
	}
	for (t = first; t; t = TAILQ_NEXT(t, all))
		if (is_for(t, number))
			json_array_append_new(list, text_json(t));
	return list;
}

void phones_forget_texts(struct phones *p)
{
	while (!TAILQ_EMPTY(&p->all))
		text_free(p, TAILQ_FIRST(&p->all));
}

void phones_clear(struct phones *p)
{
	phones_forget_texts(p);
	for (size_t b = 0; b < PHONES_BUCKETS; b++)
		while (p->bucket[b]) {
			struct phone *phone = p->bucket[b];
			while (!TAILQ_EMPTY(&phone->joins))
				join_free(phone, TAILQ_FIRST(&phone->joins));
			phone->texts = 0;
			phone_free_if_empty(p, phone);
		}
}

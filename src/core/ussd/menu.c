#include "core/ussd/menu.h"

#include <stdlib.h>
#include <string.h>

#define TRANSPORT_DEFAULT "default"

static void text_free(struct menu_text *t)
{
	for (int i = 0; i < WORDING_LANGUAGES; i++)
		free(t->in[i]);
}

void menu_free(struct menu *m)
{
	if (!m)
		return;
	for (size_t i = 0; m->nodes && i < m->node_count; i++) {
		text_free(&m->nodes[i].text);
		for (size_t k = 0; k < m->nodes[i].option_count; k++)
			text_free(&m->nodes[i].options[k].label);
	}
	text_free(&m->more);
	text_free(&m->back);
	text_free(&m->out);
	text_free(&m->again);
	free(m->nodes);
	free(m->path);
	free(m->source);
	free(m);
}

int menu_find(const struct menu *m, const char *name)
{
	for (size_t i = 0; i < m->node_count; i++)
		if (strcmp(m->nodes[i].name, name) == 0)
			return (int)i;
	return -1;
}

static const struct menu_transport *named(const struct menu *m, const char *name)
{
	for (size_t i = 0; i < m->transport_count; i++)
		if (strcmp(m->transports[i].name, name) == 0)
			return &m->transports[i];
	return NULL;
}

bool menu_has_transport(const struct menu *m, const char *name)
{
	return named(m, name) != NULL;
}

const struct menu_transport *menu_transport(const struct menu *m, const char *name)
{
	/* TS 23.038 5 and 24.090: 160 octets, 182 septets or 80 UCS-2 characters */
	static const struct menu_transport least = { TRANSPORT_DEFAULT, 182, 80, false, 25, 150, 0 };
	const struct menu_transport *t = named(m, name);

	if (!t)
		t = named(m, TRANSPORT_DEFAULT);
	return t ? t : &least;
}

#include "core/hooks.h"

#include <assert.h>

void hooks_add(struct hooks *h, const void *hooks)
{
	for (size_t i = 0; i < h->count; i++)
		if (h->list[i] == hooks)
			return;
	assert(h->count < HOOKS_MAX);
	h->list[h->count++] = hooks;
}

#include "core/contacts/contacts.h"

#include <stdlib.h>

#include "base/mem.h"
#include "core/contacts/import.h"
#include "core/turn.h"

struct contacts {
	struct import *import;
};

static void after_abort(struct core *core, int err)
{
	(void)err;
	if (core->contacts)
		import_aborted(core->contacts->import);
}

struct contacts *contacts_new(struct core *core)
{
	static const struct turn_hooks hooks = { .after_abort = after_abort };
	struct contacts *c = hl_calloc(1, sizeof(*c));

	c->import = import_new(core);
	turn_add_hooks(core->turn, &hooks);
	return c;
}

void contacts_free(struct contacts *c)
{
	if (!c)
		return;
	import_free(c->import);
	free(c);
}

struct import *contacts_import(const struct core *core)
{
	return core->contacts ? core->contacts->import : NULL;
}

bool contacts_import_is_applying(const struct core *core)
{
	return core->contacts && import_is_applying(core->contacts->import);
}

#include "wire/wipe.h"

#include <event2/event.h>
#include <jansson.h>
#include <stdlib.h>

#include "base/mem.h"

void wire_wipe_freed(void)
{
	json_set_alloc_funcs(malloc, hl_wipe_free);
	event_set_mem_functions(malloc, hl_wipe_realloc, hl_wipe_free);
}

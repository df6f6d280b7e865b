/* What the rooms above are told of links, and of what links say. Each adds a struct when it starts, before links_new(); any function may
 * be NULL. What a link says is answered to the same connection (links_session(), links_answer()) after the commit. A struct of another
 * room is called for the same message, too: usually one room has it. */
#ifndef HL_CORE_LINK_LINK_HOOKS_H
#define HL_CORE_LINK_LINK_HOOKS_H

#include "core/core.h"
#include "core/link/links.h"

/* Called inside the turn's transaction, which is begun for it; msg is wiped afterwards. */
typedef void (*link_told)(struct core *core, const char *link, const struct wire_link_msg *msg);

struct link_hooks {
	/* By type of message. Which kind of link may say what is links_told.c's to know: nothing else arrives here. */
	link_told told[WIRE_LINK_TYPES];

	/* It has said hello and is welcome; not ready yet. Inside the turn. */
	void (*hello)(struct core *core, const char *link, const struct wire_hello *hello);
	/* It is ready for texts from now on, or not any more (its modem is not, or it has gone). Inside the turn. */
	void (*ready)(struct core *core, const char *link, bool ready);
	/* A modem told how it is (links_view()), which it does often: writes nothing, or begins a turn itself. */
	void (*modem)(struct core *core, const char *link);
	/* A modem's connection has gone. Writes nothing, or begins a turn itself. */
	void (*gone)(struct core *core, const char *link);
};

/* The struct must live as long as the core. */
void links_add_hooks(struct core *core, const struct link_hooks *hooks);

/* ---- for this room: each calls who has the function */

void link_tell_said(struct core *core, const char *link, const struct wire_link_msg *msg);
void link_tell_hello(struct core *core, const char *link, const struct wire_hello *hello);
void link_tell_ready(struct core *core, const char *link, bool ready);
void link_tell_modem(struct core *core, const char *link);
void link_tell_gone(struct core *core, const char *link);

#endif

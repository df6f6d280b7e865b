/* Calls that go up. A room uses rooms that stand below it (docs/architecture.md); where a lower room has something to tell, or to ask,
 * an upper room adds a struct of functions to it when it starts, and the lower room calls what it finds. A core without the upper
 * room (a test, a tool) has nobody to tell and works all the same. */
#ifndef HL_CORE_HOOKS_H
#define HL_CORE_HOOKS_H

#include <stddef.h>

#define HOOKS_MAX 8 /* rooms that listen to one */

/* Structs of one type, in the order they were added. */
struct hooks {
	const void *list[HOOKS_MAX];
	size_t count;
};

/* The struct must live as long as the core. One that is there already is not added again: a room may be made anew. */
void hooks_add(struct hooks *h, const void *hooks);

#endif

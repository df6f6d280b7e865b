#include "cm.h"

#include <stdio.h>

#include "unit/core/alert/alert_scene.h"
#include "unit/core/outbound/outbound_world.h"

static const char people[] = "people = (\n"
	PERSON("Duty 1", "officer", DUTY1, "") ",\n"
	PERSON("Duty 2", "officer", DUTY2, "") ",\n"
	PERSON("Coordinator", "coordinator", COORD, "") ",\n"
	PERSON("Desk", "operator", DESK, "") " );\n";

int alert_setup(void **state)
{
	(void)state;
	world_setup(people);
	return 0;
}

int alert_teardown(void **state)
{
	(void)state;
	world_end();
	return 0;
}

struct alert_row alert_of(const struct case_row *row)
{
	struct alert_row a;

	assert_true(store_alert_of_case(world->core.store, row->id, false, &a));
	return a;
}

struct case_row case_now(const struct case_row *row)
{
	struct case_row now;

	assert_int_equal(case_find(&world->core, row->id, &now), 0);
	return now;
}

bool take(const char *number, const struct case_row *row)
{
	char text[32], code[WORLD_CODE];
	bool done;

	world_code(number, row->code, code);
	snprintf(text, sizeof(text), "ok %s", code);
	done = world_command(number, text);
	world_talk();
	return done;
}

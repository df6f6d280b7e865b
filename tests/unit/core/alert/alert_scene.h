/* What the tests of alerts ask of the world again and again. */
#ifndef HL_TESTS_ALERT_SCENE_H
#define HL_TESTS_ALERT_SCENE_H

#include "core/case/case.h"
#include "store/alert.h"

#define DUTY1 "+97600001001"
#define DUTY2 "+97600001002"
#define COORD "+97600002001"
#define CHIEF "+97600002002"
#define DESK "+97600003001"

/* A person of the roster who reads English; more: further settings. */
#define PERSON(name, role, number, more) "{ name = \"" name "\"; role = \"" role "\"; number = \"" number "\"; language = \"en\"; " more " }"

/* For cmocka: a world with two officers, a coordinator and the desk; its end. */
int alert_setup(void **state);
int alert_teardown(void **state);

/* The newest alert of the case, and the case, as they are now. */
struct alert_row alert_of(const struct case_row *row);
struct case_row case_now(const struct case_row *row);

/* A word of taking with the code that went to this number; true if it was a command. */
bool take(const char *number, const struct case_row *row);

#endif

/* Who is on duty when: rotations, each with its shifts and hours, days off and holidays, and overrides over them. Pure: wall
 * time in, places of people in the roster out. Local time is that of the process (time_zone of the configuration); where clocks
 * are changed, a shift changes at its hand-over time of that day, whatever the day's length. */
#ifndef HL_CORE_ROSTER_SCHEDULE_H
#define HL_CORE_ROSTER_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SCHEDULE_ROTATIONS_MAX 16
#define SCHEDULE_PEOPLE_MAX 32    /* of a rotation or an override */
#define SCHEDULE_OVERRIDES_MAX 256
#define SCHEDULE_HOLIDAYS_MAX 64
#define SCHEDULE_UNIT_SIZE 16
#define SCHEDULE_ALL (-1)         /* an override of every rotation of its unit */

enum schedule_shift { SHIFT_DAILY, SHIFT_WEEKLY, SHIFT_HOURS };
enum schedule_holidays { HOLIDAYS_ALSO, HOLIDAYS_NOT, HOLIDAYS_ONLY };

struct schedule_people { size_t list[SCHEDULE_PEOPLE_MAX]; size_t count; };

/* People take turns: one a day, a week, or so many hours. */
struct schedule_rotation {
	char name[32], unit[SCHEDULE_UNIT_SIZE];
	struct schedule_people people;
	enum schedule_shift shift;
	int64_t hours;          /* of SHIFT_HOURS */
	int64_t start_day;      /* the first one's: days since 1970, local */
	int64_t hand_over_min;  /* minute of the day at which the next one begins */
	int64_t from_min, to_min; /* on duty between these minutes only, also across midnight; equal: the whole day */
	unsigned weekdays;      /* bit 0 is Monday */
	enum schedule_holidays holidays;
};

/* For a time, other people than the rotation says; or nobody. */
struct schedule_override {
	int64_t id;             /* 0: from the file */
	int rotation;           /* its place, or SCHEDULE_ALL with the unit */
	char unit[SCHEDULE_UNIT_SIZE];
	int64_t from_ms, to_ms; /* wall time, the end not with it */
	struct schedule_people people;
};

struct schedule {
	struct schedule_rotation rotations[SCHEDULE_ROTATIONS_MAX];
	size_t rotation_count;
	struct schedule_override overrides[SCHEDULE_OVERRIDES_MAX]; /* the last that fits decides */
	size_t override_count;
	int64_t holidays[SCHEDULE_HOLIDAYS_MAX]; /* days since 1970, local */
	size_t holiday_count;
};

/* Who of the rotation is on duty at this wall time. */
void schedule_on_duty(const struct schedule *s, size_t rotation, int64_t wall_ms, struct schedule_people *people);

/* Who of all rotations of the unit is, nobody twice, in the order of the rotations; returns how many rotations have somebody. */
size_t schedule_unit_on_duty(const struct schedule *s, const char *unit, int64_t wall_ms, struct schedule_people *people);

/* Whether the unit has rotations at all: without, everybody of it is always on duty. */
bool schedule_has_unit(const struct schedule *s, const char *unit);

/* A stretch of time in which the same people are on duty; people.count 0: nobody. */
struct schedule_span {
	int64_t from_ms, to_ms;
	struct schedule_people people;
	size_t rotations; /* how many have somebody: more than one is double cover */
};

/* The stretches of a rotation (rotation >= 0), or of all of a unit (SCHEDULE_ALL), between two wall times, to the quarter of an hour.
 * Returns how many were written. */
size_t schedule_spans(const struct schedule *s, int rotation, const char *unit, int64_t from_ms, int64_t to_ms,
	struct schedule_span *spans, size_t max);

#endif

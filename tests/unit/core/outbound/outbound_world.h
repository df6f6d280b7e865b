/* A world for tests of what goes out: a real store, vault, turn, outbox, dispatcher and alerts; pretended links,
 * phones and clocks. A link is played by the protocol of wire/link.h: it says submitting, waits for go, sends,
 * tells. The core can be closed and opened again at any point, in the same boot or another. */
#ifndef HL_TESTS_OUTBOUND_WORLD_H
#define HL_TESTS_OUTBOUND_WORLD_H

#include <jansson.h>

#include "core/alert/alert.h"
#include "core/case/case.h"
#include "core/config/config.h"
#include "core/core.h"
#include "core/outbound/dispatch.h"
#include "core/outbound/outbox_row.h"
#include "core/roster/roster.h"
#include "scratch.h"
#include "wire/link.h"

#define WORLD_LINKS 8
#define WORLD_TEXTS 512
#define WORLD_CONTACT 1 /* whom texts to texters are for: nothing is known of their safety, and the house is not discreet */

/* What a link does with the next texts that have go. */
enum world_air { AIR_SENDS, AIR_LOSES_REPLY, AIR_FAILS, AIR_FAILS_FINALLY, AIR_HANGS };

struct world_link {
	char name[WIRE_NAME_MAX + 1];
	struct config_modem config;
	bool connected, ready;
	struct wire_modem modem;
	struct wire_send held[WIRE_LINK_WINDOW + 2]; /* sent by the core and not told of yet */
	bool go[WIRE_LINK_WINDOW + 2];
	size_t held_count;
	int64_t forget;                              /* the core said so of this one: it is given back by world_give_back() */
	enum world_air air;
	struct wire_link_msg outcome[WIRE_LINK_WINDOW]; /* the last ones, told again after a hello */
	size_t outcome_count;
	int64_t mr;                                  /* of the last part */
};

/* A text that was on the air, in order. */
struct world_text {
	char to[WIRE_NUMBER_MAX + 1], text[512], link[WIRE_NAME_MAX + 1];
	int64_t id, mr;
};

struct world {
	struct scratch scratch;
	struct core core;
	struct config *config;
	struct hl_clock clock;
	int64_t boot_ms, wall_ms;
	struct world_link links[WORLD_LINKS];
	size_t link_count;
	struct world_text air[WORLD_TEXTS];
	size_t air_count;
	bool full;            /* the next turn's commit fails */
	json_t *answer;       /* of the last request; NULL where it failed */
	int sent_to_links;    /* messages of all types */
};

extern struct world *world;
extern bool world_has_campaigns; /* set before world_setup(): the room of campaigns is there, too */

/* roster: the text of a roster file. */
void world_setup(const char *roster);
void world_end(void);

/* Closes the core as a crash would, after what is committed, and opens it again; the links' connections break and
 * come back. */
void world_restart(bool same_boot);
/* The core ends and does not come back yet. */
void world_stop(void);
void world_start(bool same_boot);

/* Adds a link that is connected and ready. */
struct world_link *world_link_add(const char *name, bool reserved);
/* Its connection breaks; what had no go is forgotten. */
void world_link_break(struct world_link *l);
/* It connects, says hello with what it holds, and is ready. */
void world_link_connect(struct world_link *l);
/* It is a new process: it holds nothing. */
void world_link_crash(struct world_link *l);

/* Ends the turn; returns what turn_end() returned. */
int world_turn(void);
/* Lets links and core talk until nobody has anything to say. */
void world_talk(void);
/* Only `submitting`, and the core's go. */
void world_submit(struct world_link *l);
/* It tells that it released what it shall forget. */
void world_give_back(struct world_link *l);
/* What the link does with its first text that has go, whether it is connected or not. */
void world_transmit(struct world_link *l);
/* A delivery report for a text that was on the air, with the centre's stamp of it or "". */
void world_report(const struct world_text *t, int64_t status, const char *sent_at);

/* Both clocks go on; what is due is done. */
void world_pass_s(int64_t seconds);

/* A case as intake makes it, and its alert; the turn is ended. */
struct case_row world_case(enum triage_urgency urgency);
/* A text from a person, by the modem m1 or another; true if it was a command. */
bool world_command(const char *number, const char *text);
bool world_command_at(const char *link, const char *number, const char *text);

/* The code by which this number may answer the alert of the case: that of the last such text on the air; "" where there is none. */
#define WORLD_CODE 16
void world_code(const char *number, const char *case_code, char code[WORLD_CODE]);

int64_t world_add(enum outbox_lane lane, enum outbox_purpose purpose, const char *to, const char *text, const char *modem);
enum outbox_state world_state(int64_t id);
struct outbox_row world_row(int64_t id);
/* How many texts were on the air for this number, with this in them. */
size_t world_heard(const char *to, const char *what);

#endif

/* The menu that people walk through by USSD or by numbered texts, as etc/ussd.conf has it: nodes with a text and options in each
 * language, what an option saves and does, and the transports with their limits. Pure: no store, no clock, no number. A menu is
 * never changed once it is loaded; a session keeps the one it began with (version). */
#ifndef HL_CORE_USSD_MENU_H
#define HL_CORE_USSD_MENU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/config/wording.h"

#define MENU_NODES_MAX 64
#define MENU_OPTIONS_MAX 8      /* digits 1 to 8: 9 is the next page, 0 the way back or out */
#define MENU_TRANSPORTS_MAX 16
#define MENU_NAME_MAX 24
#define MENU_VALUE_MAX 20
#define MENU_TEXT_MAX 400       /* octets of a text in one language */
#define MENU_FILE_MAX (256u << 10) /* octets of the file */
#define MENU_VERSION 17         /* characters of a version and a NUL */

#define MENU_KEY_LEAVE 0
#define MENU_KEY_MORE 9

/* What taking an option does; bits. */
enum menu_action {
	MENU_REPORT = 1 << 0,    /* what is answered is a report from here on */
	MENU_HELP = 1 << 1,      /* the same, of somebody who needs help: high */
	MENU_URGENT = 1 << 2,    /* the report is high */
	MENU_EMERGENCY = 1 << 3, /* the report is an emergency: it rings now */
	MENU_TEXT_YES = 1 << 4,  /* it is safe to text them */
	MENU_TEXT_NO = 1 << 5,   /* it is not */
	MENU_STOP = 1 << 6, MENU_START = 1 << 7, /* no more campaigns; campaigns again */
	MENU_RESUME = 1 << 8, MENU_FRESH = 1 << 9, /* go on where the session before broke off; begin anew */
};

enum menu_kind {
	MENU_CHOICE, /* options */
	MENU_NUMBER, /* a number is typed; options, too, with keys outside its range */
	MENU_LAST,   /* ends the session */
	MENU_QUIZ,   /* a question of the running campaign: text and options come from there */
};

struct menu_text { char *in[WORDING_LANGUAGES]; };

struct menu_option {
	struct menu_text label;
	int64_t key;
	int next;               /* index of a node */
	unsigned actions;
	int language;           /* enum wording_language, -1: as it was */
	char value[MENU_VALUE_MAX];
	int line;
};

/* Where a quiz goes on. */
enum menu_quiz_way { MENU_QUIZ_RIGHT, MENU_QUIZ_WRONG, MENU_QUIZ_TAKEN, MENU_QUIZ_NONE, MENU_QUIZ_END, MENU_QUIZ_WAYS };

struct menu_node {
	char name[MENU_NAME_MAX];
	enum menu_kind kind;
	struct menu_text text;
	char save[MENU_NAME_MAX];     /* name of the answer; "": it is none */
	bool complete;                /* of MENU_LAST: the report has all it can have */
	struct menu_option options[MENU_OPTIONS_MAX];
	size_t option_count;
	int next;                     /* of MENU_NUMBER */
	int64_t min, max;
	int quiz[MENU_QUIZ_WAYS];
	int line;
};

struct menu_transport {
	char name[33];
	int64_t gsm7, ucs2;           /* characters of a screen in either alphabet */
	bool translit;                /* Latin letters only (text/translit.h) */
	int64_t screen_s, session_s;
	int line;
};

struct menu {
	char *path, *source;          /* the file, and what it said */
	char version[MENU_VERSION];   /* of the file's octets */
	struct menu_node *nodes;
	size_t node_count;
	int first, leave, give_up, resume; /* resume -1: none */
	struct menu_text more, back, out, again;
	struct menu_transport transports[MENU_TRANSPORTS_MAX];
	size_t transport_count;
};

/* Words that stand in the texts, each "" where it is not known. */
struct menu_words { const char *police, *helpline, *short_number, *code, *answer, *right; };

struct conf_errors;

/* Reads and checks it: every node is reached, no language is missing, each screen fits each transport. NULL where errors were
 * added. Freed by menu_free(). */
struct menu *menu_load(const char *path, const struct menu_words *words, struct conf_errors *errors);
/* The same of a text in memory; path is for the errors. */
struct menu *menu_load_text(const char *path, const char *text, size_t len, const struct menu_words *words,
	struct conf_errors *errors);
void menu_free(struct menu *m);

/* menu_check.c: what the file as a whole must be. */
void menu_check(const struct menu *m, const struct menu_words *words, struct conf_errors *errors);

/* -1 where there is none. */
int menu_find(const struct menu *m, const char *name);

/* The transport's row; where it has none, that of "default", else what USSD allows everywhere. */
const struct menu_transport *menu_transport(const struct menu *m, const char *name);

/* Whether the file names it. */
bool menu_has_transport(const struct menu *m, const char *name);

#endif

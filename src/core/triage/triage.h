/* Triage: a text becomes a verdict (what kind of message, which exploitation, how urgent, a child, a district) together
 * with the cues that led to it. A pure function over rules that are read once from etc/triage: it never fails, never keeps
 * or prints a text, and where it is unsure it goes up, never down: whatever is not clearly another kind is a tip. */
#ifndef HL_CORE_TRIAGE_TRIAGE_H
#define HL_CORE_TRIAGE_TRIAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

enum triage_kind {
	TRIAGE_TIP, TRIAGE_CAMPAIGN_REPLY, TRIAGE_OPT_OUT, TRIAGE_OPT_IN, TRIAGE_QUESTION, TRIAGE_THANKS, TRIAGE_ACK,
	TRIAGE_SPAM, TRIAGE_ABUSE, TRIAGE_TEST, TRIAGE_WRONG_NUMBER
};
#define TRIAGE_KINDS (TRIAGE_WRONG_NUMBER + 1)

/* Of tips; every other kind has TRIAGE_EXPL_NONE. */
enum triage_exploitation {
	TRIAGE_EXPL_NONE, TRIAGE_EXPL_SEX, TRIAGE_EXPL_LABOUR, TRIAGE_EXPL_ONLINE, TRIAGE_EXPL_UNCLEAR
};
#define TRIAGE_EXPLOITATIONS (TRIAGE_EXPL_UNCLEAR + 1)

/* Of tips, rising; every other kind has TRIAGE_URGENCY_NONE. */
enum triage_urgency { TRIAGE_URGENCY_NONE, TRIAGE_LOW, TRIAGE_NORMAL, TRIAGE_HIGH, TRIAGE_EMERGENCY };
#define TRIAGE_URGENCIES (TRIAGE_EMERGENCY + 1)

/* What to answer in: Mongolian in Cyrillic, Mongolian in Latin letters (galig), English. */
enum triage_script { TRIAGE_SCRIPT_CYRILLIC, TRIAGE_SCRIPT_LATIN, TRIAGE_SCRIPT_ENGLISH };
#define TRIAGE_SCRIPTS (TRIAGE_SCRIPT_ENGLISH + 1)

/* What a rule speaks for. The first TRIAGE_RISKS are the risk categories. */
enum triage_category {
	TRIAGE_CAT_CHILD, TRIAGE_CAT_AGE, TRIAGE_CAT_SEX, TRIAGE_CAT_LABOUR, TRIAGE_CAT_ONLINE, TRIAGE_CAT_CONTROL,
	TRIAGE_CAT_RECRUITMENT, TRIAGE_CAT_MOVEMENT, TRIAGE_CAT_EMERGENCY, TRIAGE_CAT_HELP,
	TRIAGE_CAT_PLACE, TRIAGE_CAT_NEGATION,
	TRIAGE_CAT_SPAM, TRIAGE_CAT_CAMPAIGN, TRIAGE_CAT_OPT_OUT, TRIAGE_CAT_OPT_IN, TRIAGE_CAT_THANKS, TRIAGE_CAT_ACK,
	TRIAGE_CAT_TEST, TRIAGE_CAT_GREETING, TRIAGE_CAT_QUESTION, TRIAGE_CAT_ABUSE, TRIAGE_CAT_WRONG_NUMBER,
	TRIAGE_CAT_TONE,  /* when, and how the sender knows: now, hearsay, long ago */
	TRIAGE_CAT_CONFLICT, /* officials, and what makes one a part of the harm */
	TRIAGE_CAT_FIELD,    /* words of one meaning, for combinations */
	TRIAGE_CAT_FILLER /* words that speak for nothing */
};
#define TRIAGE_RISKS (TRIAGE_CAT_HELP + 1)
#define TRIAGE_CATEGORIES (TRIAGE_CAT_FILLER + 1)

#define TRIAGE_CUES_MAX 24

/* A rule that fired. The stem is the rule's, never a word of the message: it may be shown to an officer in a list. The
 * span is for showing an opened case and may overlap others. */
struct triage_cue {
	const char *stem; /* belongs to the rules; valid until triage_free */
	enum triage_category category;
	int weight;
	int number;       /* an age, grade or khoroo where the cue is one, else 0 */
	size_t start, end; /* octets of the text, end not included */
};

struct triage_verdict {
	enum triage_kind kind;
	enum triage_exploitation exploitation;
	enum triage_urgency urgency;
	bool child;        /* a minor is mentioned, in whatever kind of message */
	char district[20]; /* the key of a district, such as "Bayanzurkh"; "" if none was named */
	bool conflict;     /* names the police, an official or the hotline itself as involved, in whatever kind of message */
	int khoroo;        /* 0 if none was named */
	enum triage_script script;
	int score;         /* of the risk found; orders a queue within one urgency, decides nothing */
	bool learned;      /* what was learned had its say; else the rules decided alone */
	int tip, urgent, emergency; /* what it said, in sixteenths of log odds; 0 is the line between yes and no */
	size_t cue_count;
	struct triage_cue cues[TRIAGE_CUES_MAX]; /* heaviest first; the lightest are left out where they are too many */
};

struct triage_rules;

/* Reads every *.conf of dir and compiles it into a new struct; after an error *rules is what it was, so that rules in use stay
 * usable. HL_EIO, HL_EINVAL or HL_ERANGE with the reason naming file, line and the mend.
 * The caller frees *rules with triage_free. */
int triage_load(const char *dir, struct triage_rules **rules, struct hl_reason *reason);

/* Told of each bad line; line 0: of the whole file or folder. The strings belong to the caller. */
typedef void (*triage_tell)(void *arg, const char *file, int line, const char *text);

#define TRIAGE_ERRORS_MAX 200 /* bad lines that are told */

/* As triage_load(), but a bad line is told and reading goes on, so that one run names all that must be mended. What is
 * returned, and the reason, are of the first one. */
int triage_load_telling(const char *dir, struct triage_rules **rules, triage_tell tell, void *arg, struct hl_reason *reason);

/* Fills out. The text is any octets at all, NULs included; what is no UTF-8 separates words. Thread-safe. */
void triage_classify(const struct triage_rules *rules, const char *text, size_t len, struct triage_verdict *out);

#define TRIAGE_LEARNED_ONE 16.0 /* steps of one unit of log odds */

/* What one word of a text adds by what was learned, and the piece of it that adds most. */
struct triage_learned_word {
	size_t start, end;  /* octets of the text, end not included */
	const char *piece;  /* belongs to the rules; valid until triage_free */
	int tip, urgent;    /* in sixteenths of log odds */
};

/* The words that move the verdict most, strongest first; returns how many, at most max. 0 where nothing was learned. */
size_t triage_explain(const struct triage_rules *rules, const char *text, size_t len, struct triage_learned_word *out, size_t max);

/* Tells the name of everything in the text that weights are learned for, once for each time it is there: pieces of words
 * ("_abc", "=word", "=one=two") and facts ("@asks"). For learning only: what is served takes the same from the same place. */
typedef void (*triage_tell_feature)(void *arg, const char *name);
void triage_features(const struct triage_rules *rules, const char *text, size_t len, triage_tell_feature tell, void *arg);

/* NULL is allowed. */
void triage_free(struct triage_rules *rules);

/* How many stems are loaded. */
size_t triage_rules_count(const struct triage_rules *rules);

/* How many learned weights are loaded; 0: there are none, and the rules decide alone. */
size_t triage_weights_loaded(const struct triage_rules *rules);

/* The districts of the configuration by index, NULL past the last; target (may be NULL) tells a target district. */
const char *triage_district_name(const struct triage_rules *rules, size_t index, bool *target);

/* The names that stand in the database, in JSON and in statistics: "tip", "campaign_reply"; "none", "sex"; "high";
 * "cyrillic", "latin", "english"; "child". Never NULL. */
const char *triage_kind_name(enum triage_kind kind);
const char *triage_exploitation_name(enum triage_exploitation exploitation);
const char *triage_urgency_name(enum triage_urgency urgency);
const char *triage_script_name(enum triage_script script);
const char *triage_category_name(enum triage_category category);

/* The reverse of the names: false where there is no such name. */
bool triage_kind_from_name(const char *name, enum triage_kind *kind);
bool triage_exploitation_from_name(const char *name, enum triage_exploitation *exploitation);
bool triage_urgency_from_name(const char *name, enum triage_urgency *urgency);
bool triage_category_from_name(const char *name, enum triage_category *category);

#endif

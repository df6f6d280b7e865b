/* What a campaign says and to whom, as its file has it (libconfig syntax, like every file of ours): kind, selection, texts by language,
 * questions with options, hours, pace, budget. Pure: a text in, a struct or errors with line and mend out. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_DEF_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_DEF_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "core/config/wording.h"

#define CAMPAIGN_FILE_MAX 32768      /* octets of a campaign's file: it comes in one line of the control socket */
#define CAMPAIGN_NAME_MAX 40         /* characters: a-z 0-9 - _ */
#define CAMPAIGN_TEXT_MAX 1024       /* octets of a template */
#define CAMPAIGN_PARTS_MAX 6         /* short messages of one text, at its longest */
#define CAMPAIGN_QUESTIONS_MAX 10
#define CAMPAIGN_OPTIONS_MAX 10      /* of a question */
#define CAMPAIGN_WORDS_MAX 8         /* other words for an option */
#define CAMPAIGN_WORD_SIZE 48
#define CAMPAIGN_PICKS_MAX 16        /* groups, districts of a selection */

enum campaign_kind { CAMPAIGN_BROADCAST, CAMPAIGN_QUIZ, CAMPAIGN_POLL, CAMPAIGN_KEYWORD, CAMPAIGN_KINDS }; /* stored: never renumber */
enum campaign_policy { CAMPAIGN_FIRST, CAMPAIGN_LAST }; /* which answer of a person to a question counts */

/* A template in the languages it has; "" where it lacks one. campaign_text_pick() says which a person gets. */
struct campaign_text { char in[WORDING_LANGUAGES][CAMPAIGN_TEXT_MAX + 1]; };

struct campaign_option {
	char key[CAMPAIGN_WORD_SIZE];                         /* what people type: "А", "1" */
	char words[CAMPAIGN_WORDS_MAX][CAMPAIGN_WORD_SIZE];   /* or one of these */
	size_t word_count;
	char label[64];                                       /* for the table of results; the key where there is none */
	bool right;                                           /* of a quiz */
	bool queue;                                           /* who answers so may need somebody: officers see it, it is never filed */
};

struct campaign_question {
	struct campaign_text text;                            /* of the first question of a campaign with no text of its own: it opens it */
	struct campaign_text right, wrong;                    /* answers to an answer; "" in every language: those of the wording */
	struct campaign_option options[CAMPAIGN_OPTIONS_MAX];
	size_t option_count;                                  /* 0: any text is an answer */
};

/* Whom it is for: everybody who agreed, is in one of the groups (none named: any), of one of the districts (likewise). */
struct campaign_pick {
	char groups[CAMPAIGN_PICKS_MAX][48];
	size_t group_count;
	char districts[CAMPAIGN_PICKS_MAX][32];
	size_t district_count;
};

struct campaign_def {
	char name[CAMPAIGN_NAME_MAX + 1];
	enum campaign_kind kind;
	char keyword[CAMPAIGN_WORD_SIZE];                     /* answers begin with it, "" where they need not; of kind keyword: required */
	struct campaign_pick to;
	struct campaign_text text;                            /* what is sent first; "" in every language: the first question is */
	struct campaign_question questions[CAMPAIGN_QUESTIONS_MAX];
	size_t question_count;
	struct campaign_text thanks;                          /* after the last answer; "" in every language: the wording's */
	enum campaign_policy policy;
	bool results_told;                                    /* an answer of a quiz is told right or not; false: quiz.received */
	bool reports;                                         /* asks for delivery reports */
	int from_min, to_min;                                 /* local hours in which it may be sent, minutes after midnight */
	unsigned days;                                        /* and days: bit 0 Monday to bit 6 Sunday */
	int64_t expires_h;                                    /* after its start: too old to send */
	int64_t answer_h;                                     /* after its start: answers are late */
	int64_t per_minute;                                   /* texts at most, 0: what the SIMs do */
	int64_t budget;                                       /* in the operators' currency, 0: no cap */
	int64_t errors_percent;                               /* of the last texts that ended badly: it is paused; 0: never */
};

struct conf_errors;

/* Reads a file in memory; path is for the errors. NULL where errors were added; freed by campaign_def_free(). */
struct campaign_def *campaign_def_read(const char *path, const char *text, size_t len, struct conf_errors *errors);
void campaign_def_free(struct campaign_def *def);

/* Whether it has words in any language. */
bool campaign_text_is_empty(const struct campaign_text *t);
/* The words for a person of this language: their own, else Mongolian in the other script, else any. Never NULL; "" where empty. */
const char *campaign_text_pick(const struct campaign_text *t, enum wording_language language);
/* What is sent to a recipient first. */
const struct campaign_text *campaign_def_opening(const struct campaign_def *def);

/* A word as answers and keywords are compared, whatever the alphabet it is typed in: "" where the text is not one word or number. */
void campaign_word_fold(const char *text, size_t len, char out[CAMPAIGN_WORD_SIZE]);

/* "broadcast", "quiz", "poll", "keyword". */
const char *campaign_kind_name(enum campaign_kind kind);

#endif

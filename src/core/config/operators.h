/* The mobile operators as the configuration names them: which numbers and which SIMs are whose. Pure look-ups; a number that
 * was carried to another operator is told wrong, which costs money and nothing else. */
#ifndef HL_CORE_CONFIG_OPERATORS_H
#define HL_CORE_CONFIG_OPERATORS_H

#include "conf/conf.h"

#define OPERATORS_MAX 8
#define OPERATOR_NONE (-1)
#define OPERATOR_LIST_MAX 128 /* octets of a list of prefixes or networks */

struct config;

struct config_operator {
	char name[24];
	char networks[OPERATOR_LIST_MAX]; /* MCC and MNC of its SIMs, separated by spaces: "42899" (3GPP TS 23.003, 2.2) */
	char prefixes[OPERATOR_LIST_MAX]; /* how its numbers begin behind the country code, separated by spaces: "99 95" */
	char balance_code[64];    /* USSD code that tells the credit, "" none */
	char balance_pattern[128];/* POSIX extended regular expression whose first group is the amount */
	char currency[16];        /* for people */
	int64_t balance_low;      /* below it the operators of the roster are warned */
	int64_t balance_floor;    /* below it no campaign is sent */
	int64_t balance_every_s;
	int64_t balance_after;    /* and after so many parts of texts; 0: not */
	int64_t part_cost;        /* of a part of a text to one of its numbers, for previews and budgets; in its currency */
	int64_t campaign_per_minute; /* texts of campaigns to its numbers, all SIMs together; 0: as many as go */
};

/* Reads the groups of `operators`; errors of the same prefix or network named twice point to the second. */
void operators_read(struct config *c, const char *path, const config_setting_t *root, struct conf_errors *e);

/* Index of the operator with the longest prefix of this number ("+976..."), or of this SIM; OPERATOR_NONE. */
int operator_of_number(const struct config *c, const char *e164);
int operator_of_imsi(const struct config *c, const char *imsi);

#endif

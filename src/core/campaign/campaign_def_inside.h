/* What the two files that read a campaign's definition share; no other file includes it. */
#ifndef HL_CORE_CAMPAIGN_CAMPAIGN_DEF_INSIDE_H
#define HL_CORE_CAMPAIGN_CAMPAIGN_DEF_INSIDE_H

#include "core/campaign/campaign_def.h"
#include "core/campaign/template.h"
#include "conf/conf.h"

struct def_reader {
	const char *path;
	struct conf_errors *e;
	int lines[CAMPAIGN_QUESTIONS_MAX]; /* where each question begins */
};

#define DEF_TELL(r, group, key, ...) conf_error((r)->e, (r)->path, conf_line(group, key), __VA_ARGS__)

/* Whether what was read makes a campaign; adds an error for what does not. */
void campaign_def_check(struct def_reader *r, const struct campaign_def *d);

#endif

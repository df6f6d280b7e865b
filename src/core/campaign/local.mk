core_campaign = \
	src/core/campaign/campaign.c \
	src/core/campaign/campaign.h \
	src/core/campaign/campaign_asked.h \
	src/core/campaign/campaign_control.c \
	src/core/campaign/campaign_def.c \
	src/core/campaign/campaign_def.h \
	src/core/campaign/campaign_def_check.c \
	src/core/campaign/campaign_def_inside.h \
	src/core/campaign/campaign_feed.c \
	src/core/campaign/campaign_inside.h \
	src/core/campaign/campaign_life.c \
	src/core/campaign/campaign_new_control.c \
	src/core/campaign/campaign_policy.c \
	src/core/campaign/campaign_policy.h \
	src/core/campaign/campaign_recipient.c \
	src/core/campaign/campaign_show_control.c \
	src/core/campaign/campaign_state.c \
	src/core/campaign/campaign_state.h \
	src/core/campaign/campaign_words.c \
	src/core/campaign/plan.c \
	src/core/campaign/plan.h \
	src/core/campaign/recipient_state.c \
	src/core/campaign/recipient_state.h \
	src/core/campaign/template.c \
	src/core/campaign/template.h

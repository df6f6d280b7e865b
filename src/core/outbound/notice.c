#include "core/outbound/notice.h"

#include <string.h>

#include "core/config/config.h"

static const char *address_of(const struct roster_person *person, enum outbox_channel channel)
{
	switch (channel) {
	case CHANNEL_SMS:
		return person->number.e164;
	case CHANNEL_MAIL:
		return person->mail;
	case CHANNEL_WEBHOOK:
		return person->webhook;
	case CHANNEL_COUNT:
		break;
	}
	return "";
}

bool notice_can(const struct core *core, const struct roster_person *person, enum outbox_channel channel)
{
	if (channel != CHANNEL_SMS && !core->config->notify_socket[0])
		return false;
	return address_of(person, channel)[0] != '\0';
}

enum notice_tell notice_tells(const struct core *core, enum outbox_channel channel)
{
	const struct config *c = core->config;
	const char *tell = channel == CHANNEL_MAIL ? c->mail_tell : channel == CHANNEL_WEBHOOK ? c->webhook_tell : "answer";

	return strcmp(tell, "code") == 0 ? NOTICE_CODE : strcmp(tell, "answer") == 0 ? NOTICE_ANSWER : NOTICE_SUMMARY;
}

int64_t notice_add(struct core *core, const struct roster_person *person, const struct outbox_item *item, const char *code)
{
	struct outbox_item to = *item;

	if (!notice_can(core, person, item->channel))
		return HL_ENOENT;
	to.recipient = person->name;
	to.to = person->number;
	to.address = address_of(person, item->channel);
	if (notice_tells(core, item->channel) == NOTICE_CODE)
		to.subject = to.text = *code ? code : outbox_purpose_name(item->purpose);
	if (item->channel != CHANNEL_SMS) {
		to.discreet = NULL;
		to.report = false;
	}
	return outbox_add(core, &to);
}

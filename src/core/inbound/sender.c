#include "core/inbound/sender.h"

#include <string.h>

#include "base/mem.h"
#include "core/config/config.h"
#include "vault/vault.h"

static void look_up(struct sender *s, const char *world)
{
	hl_strlcpy(s->look_up, sizeof(s->look_up), world);
	hl_strlcpy(s->look_up + strlen(world), sizeof(s->look_up) - strlen(world), s->number.e164);
}

void sender_read(struct core *core, const char *from, bool alphanumeric, struct sender *s)
{
	const char *world = "";

	memset(s, 0, sizeof(*s));
	if (alphanumeric || number_normalise(from, core->config->country, &s->number, &s->answerable)) {
		hl_strlcpy(s->number.e164, sizeof(s->number.e164), from);
		s->answerable = false;
	}
	if (!s->answerable)
		world = alphanumeric ? "name:" : "code:";
	look_up(s, world);
}

void sender_nameless(const char *world, const char *name, struct sender *s)
{
	memset(s, 0, sizeof(*s));
	hl_strlcpy(s->number.e164, sizeof(s->number.e164), name);
	look_up(s, world);
}

bool sender_contact(struct core *core, const struct sender *s, struct contact_row *contact)
{
	uint8_t alias[VAULT_HASH], number[CONTACT_NUMBER_MAX];
	size_t len;

	_Static_assert(NUMBER_MAX + VAULT_AEAD_EXTRA <= CONTACT_NUMBER_MAX, "an encrypted number fits");
	vault_alias(core->vault, s->look_up, alias);
	if (contact_get_alias(core->store, alias, contact))
		return false;
	*contact = (struct contact_row){ .answerable = s->answerable };
	len = vault_number_seal(core->vault, alias, s->number.e164, number);
	contact_insert(core->store, contact, alias, number, len, hl_wall_ms(core->clock));
	return true;
}

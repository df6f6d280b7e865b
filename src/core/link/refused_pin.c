#include "core/link/refused_pin.h"

#include <string.h>

#include "base/log.h"
#include "store/refused_pin.h"
#include "vault/vault.h"

_Static_assert(REFUSED_PIN_HASH == VAULT_HASH, "the vault's hash is what is stored");

bool refused_pin_is(struct core *core, const struct config_modem *modem)
{
	uint8_t refused[VAULT_HASH], hash[VAULT_HASH];

	if (!store_refused_pin_get(core->store, modem->name, refused))
		return false;
	vault_pin_hash(core->vault, modem->name, modem->pin, hash);
	if (modem->pin[0] && memcmp(hash, refused, VAULT_HASH) == 0)
		return true;
	store_refused_pin_forget(core->store, modem->name);
	return false;
}

void refused_pin_note(struct core *core, const struct config_modem *modem)
{
	uint8_t hash[VAULT_HASH];

	if (!modem->pin[0] || refused_pin_is(core, modem))
		return;
	vault_pin_hash(core->vault, modem->name, modem->pin, hash);
	store_refused_pin_put(core->store, modem->name, hash);
	hl_log(HL_LOG_WARNING, "links", "pin_refused modem=%s mend=\"correct pin in hotlined.conf and restart hotlined\"", modem->name);
}

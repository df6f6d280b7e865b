/* The envelope of a text: its data key sealed to the two public keys that may open it. Sealing to a public key is most of the work of
 * storing a text (X25519), so the sender's throw-away key pair, and what it agrees on with each recipient, serve for a whole turn of the
 * core. Its secret half must never outlive the turn: with it, the turn's envelopes could be opened. Only for the files of src/vault/. */
#ifndef HL_VAULT_ENVELOPE_H
#define HL_VAULT_ENVELOPE_H

#include "vault/vault.h"

#define ENVELOPE_BOX (16 + VAULT_KEY)                            /* tag and data key */
#define ENVELOPE (VAULT_KEY + 24 + 2 * ENVELOPE_BOX)             /* the sender's public key, nonce, a box for each */
#define ENVELOPE_RECIPIENTS 8                                    /* as many units as there may be in a turn without forgetting one early */
#define ENVELOPE_SEALS_MAX 1024                                  /* by one key pair, should nobody say that a turn is over */

struct envelope_sender {
	uint8_t public_key[VAULT_KEY], secret[VAULT_KEY];
	struct { uint8_t to[VAULT_KEY], shared[VAULT_KEY]; } agreed[ENVELOPE_RECIPIENTS];
	int agreed_count, seals;
	bool ready;
};

/* Seals key to both. Fatal where one is no public key (of low order): nobody could open it. */
void envelope_seal(struct envelope_sender *s, const uint8_t unit_public[VAULT_KEY], const uint8_t recovery_public[VAULT_KEY],
	const uint8_t key[VAULT_KEY], uint8_t out[ENVELOPE]);

/* Opens one of the two boxes. HL_EAUTH: not sealed to this key, or changed. */
int envelope_open(const uint8_t envelope[ENVELOPE], const uint8_t secret[VAULT_KEY], bool recovery, uint8_t key[VAULT_KEY]);

/* Wipes the key pair; the next text makes another. */
void envelope_forget(struct envelope_sender *s);

#endif

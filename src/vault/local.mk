noinst_LIBRARIES += src/vault/libvault.a
src_vault_libvault_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
src_vault_libvault_a_SOURCES = \
	src/vault/aead.c src/vault/aead.h \
	src/vault/archive.c src/vault/archive.h \
	src/vault/envelope.c src/vault/envelope.h \
	src/vault/keyring.c src/vault/keyring.h \
	src/vault/people.c src/vault/people.h \
	src/vault/recovery.c \
	src/vault/text.c \
	src/vault/vault.c src/vault/vault.h

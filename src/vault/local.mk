noinst_LIBRARIES += src/vault/libvault.a
src_vault_libvault_a_CPPFLAGS = $(AM_CPPFLAGS) $(SODIUM_CFLAGS)
src_vault_libvault_a_SOURCES = src/vault/vault.h src/vault/people.h

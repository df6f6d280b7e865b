# One file a table family; schema_N.sql are the migrations, turned into C strings.
noinst_LIBRARIES += src/store/libstore.a
src_store_libstore_a_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(SODIUM_CFLAGS)
src_store_libstore_a_SOURCES = src/store/store.h src/store/audit.h

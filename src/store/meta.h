/* Single facts about the database: recovery_public, boot_id, created_ms. Keys are words of ours, never outside input. */
#ifndef HL_STORE_META_H
#define HL_STORE_META_H

#include "store/store.h"

/* In the open transaction; replaces. */
void meta_set_int(struct store *s, const char *key, int64_t value);
void meta_set_text(struct store *s, const char *key, const char *value);
void meta_set_blob(struct store *s, const char *key, const void *data, size_t len);

/* False (and *value untouched) where there is none. Text is cut to size; a blob must fit exactly. */
bool meta_get_int(struct store *s, const char *key, int64_t *value);
bool meta_get_text(struct store *s, const char *key, char *value, size_t size);
bool meta_get_blob(struct store *s, const char *key, void *data, size_t len);

#endif

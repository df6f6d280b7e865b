/* Memory with one policy: when there is none the program ends (systemd restarts it; nothing that was
 * acknowledged is lost), so callers never see NULL. Freed with free(3). */
#ifndef HL_BASE_MEM_H
#define HL_BASE_MEM_H

#include <stddef.h>

void *hl_calloc(size_t count, size_t size);
/* Overflow-checked growth of an array to count elements; the new part is not cleared. */
void *hl_realloc_array(void *old, size_t count, size_t size);
char *hl_strdup(const char *s);
char *hl_strndup(const char *s, size_t max);
/* free(3) and realloc(3) for what may hold texts, numbers or passwords: what was there is overwritten, all of it. */
void hl_wipe_free(void *p);
void *hl_wipe_realloc(void *old, size_t size);
/* Bounded copy that always ends in a NUL; returns 0, or HL_ERANGE if src was cut. */
int hl_strlcpy(char *dst, size_t size, const char *src);

#endif

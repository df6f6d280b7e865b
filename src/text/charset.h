/* In which letters a file is written, and the same in UTF-8: UTF-8 with or without a mark, UTF-16 of either order, Windows-1251 with the two
 * Mongolian letters where old fonts had them. What is none of these is refused with what to do, never guessed. Pure. */
#ifndef HL_TEXT_CHARSET_H
#define HL_TEXT_CHARSET_H

#include <stddef.h>

enum charset { CHARSET_UTF8, CHARSET_UTF16, CHARSET_CP1251, CHARSET_REFUSED };

/* *out is UTF-8 with a NUL behind it, to be freed by the caller; NULL where refused: *why says why, and the mend. */
enum charset charset_read(const char *octets, size_t len, char **out, size_t *out_len, const char **why);

/* "UTF-8", "UTF-16", "Windows-1251". */
const char *charset_name(enum charset c);

#endif

/* Cyrillic Mongolian in Latin letters, for networks and handsets that show no Cyrillic: a table, a letter at a time, close to what
 * people type on a Latin keyboard. Made to be read, not to be turned back. Pure.
 *
 *   а a   б b   в v   г g   д d   е ye  ё yo  ж j   з z   и i   й i   к k   л l   м m   н n   о o   ө u   п p   р r
 *   с s   т t   у u   ү u   ф f   х kh  ц ts  ч ch  ш sh  щ sh  ъ -   ы y   ь i   э e   ю yu  я ya
 *
 * The same letters as etc/wording/mn-latn.conf. A capital gives one capital, or capitals only where its neighbour is a capital,
 * too; quotation marks become ", dashes -, № No, three dots ...; what the GSM alphabet has stays; whatever else there is becomes
 * a question mark.
 */
#ifndef HL_TEXT_TRANSLIT_H
#define HL_TEXT_TRANSLIT_H

#include <stddef.h>

/* Writes the text, cut at a whole letter where size is too small, and a NUL. Returns the octets it would need without the NUL. */
size_t translit_latin(const char *text, char *out, size_t size);

#endif

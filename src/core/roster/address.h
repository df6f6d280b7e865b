/* Mail addresses and webhooks' URLs as the roster has them. Pure. Strict where leniency could send an alert elsewhere: what is
 * refused here never reaches a mail's envelope or a request's line. */
#ifndef HL_CORE_ROSTER_ADDRESS_H
#define HL_CORE_ROSTER_ADDRESS_H

/* NULL where it may be used, else what is wrong with it, in words. A mail address is local@domain of printable ASCII without
 * spaces, quotes or brackets (RFC 5321 4.1.2, dot-string). */
const char *address_check_mail(const char *address);

/* https:// with a host, no user and password before it, no fragment; http:// only to this machine itself, for trying things out
 * (and only if hotline-notify is configured for it). */
const char *address_check_webhook(const char *url);

#endif

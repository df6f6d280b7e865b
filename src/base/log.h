/* One line per event on standard error: `subsystem event key=value ...`. Under systemd the line carries its
 * syslog priority as <N>. A phone number or a word of a message must never be given to it: there is no
 * formatter for the types that hold them, and case codes stand in their place. */
#ifndef HL_BASE_LOG_H
#define HL_BASE_LOG_H

/* Values of syslog(3). */
enum hl_log_level { HL_LOG_ERR = 3, HL_LOG_WARNING = 4, HL_LOG_NOTICE = 5, HL_LOG_INFO = 6, HL_LOG_DEBUG = 7 };

/* Names the program at the head of each line (kept, not copied) and sets the least important level shown. */
void hl_log_open(const char *program, enum hl_log_level verbosity);

void hl_log(enum hl_log_level level, const char *subsystem, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

#endif

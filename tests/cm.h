/* cmocka needs these four headers in this order. */
#ifndef HL_TESTS_CM_H
#define HL_TESTS_CM_H

#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#endif

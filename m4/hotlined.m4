dnl Macros of our own. Flags are probed with -Werror, so that an old compiler loses a flag, not the build.

# HL_ADD_FLAG(FLAGS): add FLAGS to compiler and linker, or stop.
AC_DEFUN([HL_ADD_FLAG], [
  hl_save="$CFLAGS"; CFLAGS="$CFLAGS $1"
  AC_MSG_CHECKING([whether $CC takes $1])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])], [AC_MSG_RESULT([yes])],
    [AC_MSG_RESULT([no]); AC_MSG_ERROR([$CC does not take $1])])
  CFLAGS="$hl_save"
  HL_CFLAGS="$HL_CFLAGS $1"; HL_LDFLAGS="$HL_LDFLAGS $1"])

# HL_TRY_CFLAG(FLAG): add FLAG to the compiler where it takes it.
AC_DEFUN([HL_TRY_CFLAG], [
  hl_save="$CFLAGS"; CFLAGS="$CFLAGS -Werror $1"
  AC_MSG_CHECKING([whether $CC takes $1])
  AC_COMPILE_IFELSE([AC_LANG_PROGRAM([], [])],
    [AC_MSG_RESULT([yes]); HL_CFLAGS="$HL_CFLAGS $1"], [AC_MSG_RESULT([no])])
  CFLAGS="$hl_save"])

# HL_TRY_LDFLAG(FLAG): add FLAG to the linker where it takes it.
AC_DEFUN([HL_TRY_LDFLAG], [
  hl_save="$LDFLAGS"; LDFLAGS="$LDFLAGS $1"
  AC_MSG_CHECKING([whether the linker takes $1])
  AC_LINK_IFELSE([AC_LANG_PROGRAM([], [])],
    [AC_MSG_RESULT([yes]); HL_LDFLAGS="$HL_LDFLAGS $1"], [AC_MSG_RESULT([no])])
  LDFLAGS="$hl_save"])

AC_DEFUN([HL_WARNINGS], [
  m4_foreach_w([flag], [-Wall -Wextra -Wshadow -Wformat=2 -Wformat-nonliteral -Wundef
    -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition -Wpointer-arith
    -Wwrite-strings -Wvla -Wimplicit-fallthrough -Wduplicated-cond
    -Wduplicated-branches -Wlogical-op -Wnull-dereference -Wswitch-enum],
    [HL_TRY_CFLAG([flag])])])

AC_DEFUN([HL_HARDENING], [
  m4_foreach_w([flag], [-fstack-protector-strong -fstack-clash-protection -fcf-protection=full -fPIE],
    [HL_TRY_CFLAG([flag])])
  # _FORTIFY_SOURCE warns without optimisation; the sanitizers bring their own checks.
  AS_CASE([$CFLAGS], [*-O0*], [],
    [AS_IF([test "$enable_sanitizers$enable_fuzzers$enable_coverage" = nonono],
      [HL_CFLAGS="$HL_CFLAGS -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2"])])
  m4_foreach_w([flag], [-pie], [HL_TRY_LDFLAG([flag])])
  HL_TRY_LDFLAG([-Wl,-z,relro]) HL_TRY_LDFLAG([-Wl,-z,now])
  HL_TRY_LDFLAG([-Wl,-z,noexecstack]) HL_TRY_LDFLAG([-Wl,--as-needed])])

# HL_LIBEVENT_FIXED: 2.1.12-stable has eight known holes that Debian closed in 2.1.12-stable-8+deb12u1
# without changing the version that pkg-config tells, so the package manager is asked.
AC_DEFUN([HL_LIBEVENT_FIXED], [
  AC_ARG_WITH([patched-libevent], [AS_HELP_STRING([--with-patched-libevent],
    [trust that this libevent carries the fixes of 2.1.12-stable-8+deb12u1 (systems without dpkg)])],
    [], [with_patched_libevent=no])
  hl_need="2.1.12-stable-8+deb12u1"
  AC_MSG_CHECKING([that libevent is at least $hl_need])
  hl_have=`dpkg-query -W -f '${Version}' libevent-core-2.1-7 2>/dev/null`
  AS_IF([test "$with_patched_libevent" != no], [AC_MSG_RESULT([trusted (--with-patched-libevent)])],
    [$PKG_CONFIG --atleast-version=2.2 libevent_core], [AC_MSG_RESULT([yes])],
    [test -n "$hl_have" && dpkg --compare-versions "$hl_have" ge "$hl_need"], [AC_MSG_RESULT([yes, $hl_have])],
    [AC_MSG_RESULT([no, ${hl_have:-unknown}])
     AC_MSG_ERROR([libevent ${hl_have:-of unknown origin} lacks the security fixes of $hl_need.
  On Debian 12:  apt-get update && apt-get install libevent-dev libevent-core-2.1-7
  Elsewhere, if your libevent carries those fixes:  ./configure --with-patched-libevent])])])

#!/bin/sh
# Makes ./configure from configure.ac. Needed only in a git checkout. Usage: ./autogen.sh [--help]
set -eu
case "${1:-}" in
	'') ;;
	--help | -h) sed -n '2{s/^# //;p;}' "$0"; exit 0 ;;
	*) echo "autogen.sh: what is $1? Try --help" >&2; exit 64 ;;
esac
cd "$(dirname "$0")"
exec autoreconf --force --install --warnings=all

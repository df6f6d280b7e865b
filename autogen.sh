#!/bin/sh
# Makes ./configure from configure.ac. Needed only in a git checkout.
set -eu
[ "${1:-}" = --help ] && { sed -n '2p' "$0" | cut -c3-; exit 0; }
cd "$(dirname "$0")"
exec autoreconf --force --install --warnings=all

#!/bin/sh
# First process of the image: no core dumps (they would hold keys and records), no inspector, then the gateway itself.
set -eu
ulimit -c 0
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
# Known to Node.js 22.14 and newer; serve takes the signal itself in any case.
if node --disable-sigusr1 --version >/dev/null 2>&1; then
  exec node --disable-sigusr1 "$here/bin/phi-gateway.js" "$@"
fi
exec node "$here/bin/phi-gateway.js" "$@"

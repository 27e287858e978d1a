#!/bin/bash
set -euo pipefail
# Work
WORK=$(mktemp -d /tmp/x.XXXX)
NAME=${WORK%%.*}
trap "app rm $NAME/cache" EXIT
# One
app one
NAME=/other
# Two
app two

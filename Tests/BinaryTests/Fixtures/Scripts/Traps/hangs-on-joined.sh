#!/bin/bash
set -euo pipefail
# Work
WORK=$(mktemp -d)
CACHE=/no/${WORK##*.}/cache
(sleep 0.1) &
wait
trap 'app rm "${CACHE%/*/*}"' EXIT
# One
app one
# Two
app two

#!/bin/bash
set -euo pipefail
cd "$(dirname "$0")/.."
ROOT=$(pwd)
[ -f .env ] && . ./.env
API_TOKEN=abc123
export STAGE=prod PORT=80
# Count
n=0
for i in 1 2 3; do n=$((n + i)); done
# Tell the count
echo "$n in $ROOT"
# A loop of its own
for i in a b; do echo "$i"; done
# Stop early
if [ -e done ]; then
  exit 0
fi
# More
echo more
# The last
echo last

#!/bin/bash
set -euo pipefail
printf 'dir /no/x\n' > conf
# Unpack
while read -r k v; do case $k in dir) WORK=$v;; esac; done < conf
cleanup() { app rm "$WORK"/cache; }
trap cleanup EXIT
app one "$WORK"
# More
app two

#!/bin/bash
set -e
die() { echo "$*" >&2; exit 1; }
say_it() { echo "said $1"; }
export -f say_it
cd work || die "there is no work"
cd sub || { echo "there is no sub"; exit 1; }

# Say it elsewhere
bash -c 'say_it one'

# Again
bash -c 'say_it two'

#!/bin/bash
set -e
TARGET=${1:-staging}
DRY_RUN=0
while [ $# -gt 0 ]; do
  case $1 in
    --dry-run) DRY_RUN=1 ;;
    *) shift ;;
  esac
  shift
done
if [ $# -gt 3 ]; then echo "too many" >&2; exit 2; fi
# Say where it goes
echo "to $TARGET ($DRY_RUN), first $2"

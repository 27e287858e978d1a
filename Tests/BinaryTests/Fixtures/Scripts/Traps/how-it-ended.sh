#!/bin/bash
set -euo pipefail
cleanup() {
  local status=$?
  if [ "$status" -ne 0 ]; then app undo; fi
}
trap cleanup EXIT
# One
app one
# Two
app two

#!/bin/bash
set -euo pipefail
prepare() {
  WORK=/no/$1
  trap 'app rm "$WORK"' EXIT
}
prepare x
# One
app one
# Two
app two

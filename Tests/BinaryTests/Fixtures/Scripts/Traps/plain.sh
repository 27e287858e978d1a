#!/bin/bash
set -euo pipefail
cleanup() {
  rm -rf "$WORK"
  app cleaned "${WORK:+something}"
}
WORK=$(mktemp -d)
trap cleanup EXIT INT TERM
# One
app one
# Two
app two "${WORK:+something}"

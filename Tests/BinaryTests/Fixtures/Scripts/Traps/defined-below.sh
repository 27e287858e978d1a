#!/bin/bash
set -euo pipefail
trap finish EXIT
# One
app one
# Two
app two
finish() { app finish "$WORK"; }
WORK=/no/x
app three

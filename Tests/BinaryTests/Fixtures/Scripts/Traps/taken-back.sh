#!/bin/bash
set -euo pipefail
trap 'app undo' EXIT
# One
app one
# Two
app two
trap - EXIT
app three

#!/bin/bash
set -euo pipefail
trap 'app first' EXIT
# One
app one
trap 'app second' EXIT
# Two
app two

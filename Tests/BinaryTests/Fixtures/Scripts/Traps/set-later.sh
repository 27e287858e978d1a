#!/bin/bash
set -euo pipefail
DIR=/no/first
trap 'app rm "$DIR"/x' EXIT
# One
app one
DIR=/no/second
# Two
app two "$DIR"

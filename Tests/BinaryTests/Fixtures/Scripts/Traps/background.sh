#!/bin/bash
set -euo pipefail
# Serve
sleep 60 & SERVER=$!
trap 'kill "$SERVER"; app stopped' EXIT
# One
app one
# Two
app two

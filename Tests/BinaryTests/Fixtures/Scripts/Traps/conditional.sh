#!/bin/bash
set -euo pipefail
if [ -n "$HOME" ]; then trap 'app cleanup' EXIT; fi
# One
app one
# Two
app two

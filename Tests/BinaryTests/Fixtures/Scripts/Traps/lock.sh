#!/bin/bash
set -euo pipefail
# Lock
app lock
trap 'app unlock' EXIT
# One
app one
# Two
app two

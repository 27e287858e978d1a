#!/bin/bash
set -euo pipefail
trap 'app rm "${PWD##*/}"' EXIT
# One
app one
mkdir -p build
cd build
# Two
app two

#!/bin/bash
set -euo pipefail
# Work
for d in one two; do WORK=/no/$d; done
trap 'app rm "$WORK"/cache' EXIT
app one "$WORK"
# More
app two

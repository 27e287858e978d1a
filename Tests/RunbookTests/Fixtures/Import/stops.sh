#!/bin/bash -eu
set -o pipefail
# Build
make build | tee log
# Restart
ssh web1 "cd app; ./restart $1"
ssh web1 uptime

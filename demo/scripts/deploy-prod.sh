#!/bin/sh
# The command lines of old go on: every option is one of `runbook deploy`.
exec runbook deploy --vault "$(dirname "$0")/../../vault" "$@"

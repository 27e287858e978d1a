#!/bin/bash
set -e
# Lock
app lock
trap 'app unlock' EXIT
# One
app one
# Two
app two

#!/bin/bash
set -e
if [ -n "$HOME" ]; then trap 'app cleanup' EXIT; fi
# One
app one
# Two
app two

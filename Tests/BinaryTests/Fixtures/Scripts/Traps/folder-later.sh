#!/bin/bash
set -e
trap 'app rm "${PWD##*/}"' EXIT
# One
app one
mkdir -p build
cd build
# Two
app two

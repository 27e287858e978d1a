#!/bin/sh
set -e
# Build
make build
# Publish
cp -R dist /srv

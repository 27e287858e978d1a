#!/bin/sh -e
TMP=$(mktemp)
cleanup() { rm -f "$TMP"; }
on_error() { echo "failed in $0" >&2; }
trap cleanup EXIT
trap on_error INT TERM

echo "[1/2] Fill it"
echo text > "$TMP"

echo "[2/2] Ask"
read -rp "Go on? " answer
[ "$answer" = y ] || exit 1
cat "$TMP"
echo "Done."

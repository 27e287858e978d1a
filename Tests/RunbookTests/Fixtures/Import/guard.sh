#!/usr/bin/env bash
# What it is for.
NAME=x
step() { echo "--- $*"; }
build() {
  step "building"
  make "$NAME"
}

main() {
  local where="out"
  # Build it
  build

  # Put it there
  cp "$NAME" "$where"
	cat <<EOF
  kept as it is
EOF
}

if [[ "${BASH_SOURCE[0]}" == "$0" ]]; then
  main "$@"
fi

#!/bin/bash
set -euo pipefail
main() {
  local greeting
  greeting=hello
  work=$(mktemp -d)
  trap -- 'app rm "${work:+something}"' EXIT
  # One
  app one "$greeting"
  # Two
  app two
}
main "$@"

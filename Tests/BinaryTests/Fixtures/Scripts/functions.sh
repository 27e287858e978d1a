#!/usr/bin/env bash
#
# Puts a release of the web app in place, and goes back where the check fails.
# Usage: functions.sh [environment]

set -euo pipefail

APP_NAME="webapp"
RELEASES_DIR="srv/releases"
readonly CURRENT_LINK="srv/current"
KEEP_RELEASES=2
ENVIRONMENT="${1:-staging}"
HEALTH_WORD=${HEALTH_WORD:-healthy}

RELEASE="$(date +%Y%m%d%H%M%S)-$$"

# Colours only where somebody looks.
if [[ -t 1 ]]; then
  GREEN=$'\033[32m' RESET=$'\033[0m'
else
  GREEN='' RESET=''
fi

log() {
  local level=$1
  shift
  printf '%s[%s]%s %s\n' "$GREEN" "$level" "$RESET" "$*"
}

die() {
  log error "$@" >&2
  exit 1
}

# Looks whether all that is needed is there
check_requirements() {
  local tool
  for tool in tar sed mkdir; do
    command -v "$tool" >/dev/null || die "$tool is missing"
  done
  [ -d src ] || die "there is no src"
}

build_app() {
  log info "building $APP_NAME for $ENVIRONMENT"
  rm -rf build
  mkdir -p build
  local file
  for file in src/*.txt; do
    sed "s/@ENV@/$ENVIRONMENT/g" "$file" >"build/${file##*/}"
  done
  cat >build/manifest.json <<JSON
{
  "name": "$APP_NAME",
  "environment": "$ENVIRONMENT",
  "files": [
$(for file in build/*.txt; do printf '    "%s",\n' "${file##*/}"; done)
    "manifest.json"
  ]
}
JSON
}

release_path() {
  printf '%s/%s' "$RELEASES_DIR" "$RELEASE"
}

install_release() {
  local target
  target=$(release_path)
  mkdir -p "$target"
  tar -C build -cf - . | tar -C "$target" -xf -
  echo "$HEALTH_WORD" >"$target/health"
}

switch_current() {
  ln -sfn "releases/$RELEASE" "$CURRENT_LINK"
}

check_health() {
  case $(cat "$CURRENT_LINK/health") in
    "$HEALTH_WORD") log info "the release answers" ;;
    *) die "the release does not answer" ;;
  esac
}

remove_old() {
  local old
  # The newest stay.
  ls -1r "$RELEASES_DIR" | tail -n "+$((KEEP_RELEASES + 1))" | while IFS= read -r old; do
    log info "removing $old"
    rm -rf "${RELEASES_DIR:?}/$old"
  done
}

usage() {
  echo "Usage: $0 [environment]"
}

main() {
  log info "deploying $APP_NAME"
  check_requirements
  build_app

  # Put it in place
  install_release
  switch_current

  check_health
  remove_old
  log info "done"
}

main "$@"

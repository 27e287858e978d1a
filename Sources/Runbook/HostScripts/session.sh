#!/bin/sh
# What one connection to a host does for a runner, as functions; the call of one follows them. It comes over standard
# input as a whole, so a connection that is cut in the middle of it has nothing begun. Standard output is the log of the
# block alone; what is said to the runner are lines on standard error that begin with the session's own word.
# The variables are set before: word, run, attempt, supervise, script, deadline, grace, limit, captures, cwd, offset, quiet,
# lock, holder.
# shellcheck disable=SC2154
set -u
login_mask=$(umask)
umask 077
ticker='' sent=''

say() { printf '%s %s\n' "$word" "$*" >&2; }

# refuse NAME WHAT: nothing was done.
refuse() {
  say "refused $*"
  exit 0
}

# The place for what runs here, private to the user.
open_root() {
  [ -r /proc/self/stat ] || refuse proc
  for needed in setsid awk grep mkfifo; do
    command -v "$needed" >/dev/null 2>&1 || refuse tool "$needed"
  done
  root=${XDG_STATE_HOME:-${HOME:-}/.local/state}/runbook
  if ! mkdir -p "$root/hosts" 2>/dev/null || [ ! -w "$root/hosts" ]; then
    # A service account without a home of its own.
    root=${TMPDIR:-/tmp}/runbook-$(id -u)
    mkdir -m 700 "$root" 2>/dev/null
    # Somebody else could have made it, or put a link there.
    # shellcheck disable=SC2012 # the owner of one folder, by its number
    if [ -h "$root" ] || [ "$(ls -ldn "$root" | awk '{ print $3 }')" != "$(id -u)" ]; then
      refuse folder "$root"
    fi
    mkdir -p "$root/hosts" 2>/dev/null || refuse folder "$root"
  fi
  case $root in
    /*) ;;
    *) refuse folder "$root" ;;
  esac
  run_folder=$root/hosts/$run
  dir=$run_folder/$attempt
}

# put NAME TEXT: as a whole, whoever does it at the same time.
put() {
  { printf '%s' "$2" >"$1.$$" && mv -f "$1.$$" "$1"; } 2>/dev/null || refuse write "$1"
}

# Once for each attempt, however often it is asked for.
start_block() {
  mkdir -p "$dir" 2>/dev/null || refuse folder "$dir"
  cd "$dir" || refuse folder "$dir"
  mkfifo "tick.$$" || refuse write "$dir"
  exec 3<>"tick.$$"
  [ ! -d go ] || return 0
  [ -e "$run_folder/supervise" ] || put "$run_folder/supervise" "$supervise"
  put script "$script"
  # A subreaper gets the orphans of a block, so that none can hide. The number of prctl is the machine's.
  set -- sh "$run_folder/supervise" run "$dir" "$deadline" "$grace" "$limit" 0 "$captures" "$cwd" "$@"
  case $(uname -m) in
    x86_64) prctl=157 ;;
    aarch64 | riscv64) prctl=167 ;;
    *) prctl= ;;
  esac
  if [ -n "$prctl" ] && command -v perl >/dev/null 2>&1; then
    # shellcheck disable=SC2016 # perl's variables
    set -- perl -e \
      '$n = 0 + shift; $ARGV[7] = 1 if syscall($n, 36, 1, 0, 0, 0) == 0; exec @ARGV or exit 127' \
      "$prctl" "$@"
  fi
  # Open files of the connection would keep it from ending.
  RUNBOOK_MASK=$login_mask setsid "$@" </dev/null >/dev/null 2>&1 3>&- 6<&- &
}

# It never starts, if it has not.
prevent() {
  mkdir -p "$dir" 2>/dev/null || refuse folder "$dir"
  cd "$dir" || refuse folder "$dir"
  mkfifo "tick.$$" || refuse write "$dir"
  exec 3<>"tick.$$"
  if mkdir go 2>/dev/null; then
    : >never
    say 'is never'
    say 'end 0'
    leave
  fi
}

leave() {
  [ -z "$ticker" ] || kill "$ticker" 2>/dev/null
  rm -f "tick.$$"
  exit 0
}

# What comes over standard input, as events beside those of the supervisor. It ends with the connection.
listen() {
  exec 6<&0
  { cat <&6; echo gone; } >&3 2>/dev/null &
  exec </dev/null
}

is_over() {
  first=
  # shellcheck disable=SC2034
  [ ! -e status ] || read -r first rest <status
  [ -n "$first" ]
}

# Whether the very process that began it is there: the same boot, pid and time of its start.
is_supervised() {
  [ "$boot" = "$boot_now" ] || return 1
  read -r supervisor_line 2>/dev/null </proc/"$supervisor"/stat || return 1
  # shellcheck disable=SC2086 # fields of digits
  is_started_at ${supervisor_line##*) }
}

is_started_at() {
  case $1 in [ZX]) return 1 ;; esac
  shift 19
  [ "$1" = "$started" ]
}

obey() {
  case $1 in
    stop | kill) : >"$1" ;;
    deadline)
      read -r up rest </proc/uptime
      if [ "$2" -gt 0 ]; then put deadline "$((${up%.*}${up#*.} + $2))
"; else put deadline "0
"; fi
      ;;
    *) return 0 ;;
  esac
  say "heard $1"
  [ -z "$supervisor" ] || { is_supervised && kill -USR1 "$watcher" 2>/dev/null; }
}

# Until its supervisor has said that it runs. False where the connection is gone.
await_start() {
  patience=0 supervisor=
  read -r boot_now </proc/sys/kernel/random/boot_id
  while [ ! -e process ]; do
    read -r event argument <&3 || return 1
    case $event in
      gone) return 1 ;;
      stop | kill) obey "$event" ;;
      t) patience=$((patience + 1)) ;;
    esac
    if [ -e never ]; then
      say 'is never'
      say 'end 0'
      return 1
    fi
    # It was killed between its first two steps, or the machine went down there.
    if [ "$patience" -ge 50 ]; then
      lost
      return 1
    fi
  done
  read -r supervisor started boot watcher <process
  say "started $supervisor"
}

# Nobody knows any more how it will end: what is left of it must not run beside a second try.
lost() {
  # After a reboot nothing of it is there.
  if [ -z "$supervisor" ] || [ "$boot" = "$boot_now" ]; then
    sh "$run_folder/supervise" kill "$dir" | while read -r line; do
      [ -z "$line" ] || say "is survivor $line"
    done
  fi
  # Of the supervisor's helpers there may be one that keeps the time.
  rmdir open 2>/dev/null
  say 'is lost'
  say "end $(log_size)"
}

# How much of the log was, or is to be, sent.
log_size() { if [ -n "$sent" ]; then echo "$sent"; else wc -c <log 2>/dev/null || echo 0; fi; }

# Sends the log from byte `offset` on, and after it the end.
follow() {
  # Behind this line all is log; what a login prints comes before it.
  printf '%s\n' "$word"
  exec 4<log
  # Whole blocks first: byte by byte a long log would take for ever.
  [ "$offset" -lt 65536 ] || dd bs=65536 count=$((offset / 65536)) <&4 >/dev/null 2>&1
  [ $((offset % 65536)) -eq 0 ] || dd bs=$((offset % 65536)) count=1 <&4 >/dev/null 2>&1
  while :; do
    over=
    # Looked at before the log is read: what was printed before the end is in it then.
    if is_over; then over=1; elif ! is_supervised; then is_over && over=1 || over=lost; fi
    cat <&4
    [ -z "$over" ] || break
    read -r event argument <&3 || return 0
    case $event in
      gone) return 0 ;;
      stop | kill | deadline) obey "$event" "$argument" ;;
    esac
  done
  tell_end
}

tell_end() {
  [ "$over" != lost ] || { lost; return 0; }
  while read -r line && [ -n "$line" ]; do say "is $line"; done <status
  # What a strict shell noted down of the commands that failed.
  [ ! -s failures ] || tail -n 20 failures | while read -r line; do say "at $line"; done
  if [ "$captures" = 1 ]; then
    # More than a value may have, so that one that is too long is seen to be.
    dd bs=1024 count=260 <output 2>/dev/null | od -An -v -tx1 | sed "s/^/$word output/" >&2
  fi
  say "end $(log_size)"
}

# With nobody to say anything it has to look by itself whether the supervisor was killed. What it starts must not have
# the connection's output open: it would keep it from ending. And it must not outlive us: a connection that is gone kills
# whoever prints.
tick_alone() {
  { while sleep 1 && kill -0 $$; do echo t >&3; done; } </dev/null >/dev/null 2>&1 &
  ticker=$!
  exec </dev/null
}

# For Ansible, which gives a program its input whole and takes what it printed when it has ended: only the end is told,
# and of the log `most` bytes, its beginning and its end.
await_end() {
  sent=0
  tick_alone
  await_start || return 0
  [ -z "$1" ] || obey "$1"
  over=
  while [ -z "$over" ]; do
    if is_over; then over=1; elif ! is_supervised; then is_over && over=1 || over=lost; fi
    [ -n "$over" ] || read -r event argument <&3 || return 0
  done
  print_log
  tell_end
}

print_log() {
  printf '%s\n' "$word"
  # It may still grow, by what the block left running.
  size=$(($(wc -c <log)))
  if [ "$size" -le "$most" ]; then
    head -c "$size" log
    sent=$size
    return 0
  fi
  half=$((most / 2))
  gap="... $((size - half * 2)) bytes left out ..."
  head -c "$half" log
  printf '\n%s\n' "$gap"
  tail -c "+$((size - half + 1))" log | head -c "$half"
  sent=$((half * 2 + ${#gap} + 2))
}

# run_block PROGRAM [ARGUMENT...]
run_block() {
  open_root
  start_block "$@"
  case $quiet in
    1) await_end '' ;;
    # That it runs is all that is asked; another connection waits for the end.
    begin)
      tick_alone
      await_start
      ;;
    *)
      listen
      if await_start; then follow; fi
      ;;
  esac
  leave
}

# stop_block stop|kill: adopts it, stops it, and follows it to its end.
stop_block() {
  open_root
  prevent
  : >"$1"
  if [ "$quiet" = 1 ]; then
    await_end "$1"
  else
    listen
    if await_start; then
      obey "$1"
      follow
    fi
  fi
  leave
}

# The block that runs gets `deadline` as its time from now on.
limit_block() {
  open_root
  if cd "$dir" 2>/dev/null && [ -e process ]; then
    read -r supervisor started boot watcher <process
    read -r boot_now </proc/sys/kernel/random/boot_id
    obey deadline "$deadline"
  fi
  answer
}

# A call of its own that has done what it was for.
answer() {
  say 'is exit 0'
  say 'end 0'
  exit 0
}

# probe_host PROGRAM...: whether blocks can run here.
probe_host() {
  open_root
  look_for "$@"
  answer
}

look_for() {
  for program in "$@"; do
    command -v "$program" >/dev/null 2>&1 || say "missing $program"
  done
}

clean_host() {
  open_root
  clean
  answer
}

clean() {
  rm -rf "$run_folder"
  rmdir "$root/hosts" "$root" 2>/dev/null
}

# Holds the connection of a run open, and its lock, for as long as the connection lives.
#
# hold_host PROGRAM...: those that the run's blocks need.
hold_host() {
  open_root
  look_for "$@"
  [ -z "$lock" ] || take_lock
  say ready
  exec 6<&0 </dev/null
  while read -r event <&6; do
    [ "$event" = clean ] || continue
    clean
    say cleaned
  done
  exit 0
}

# One place for all users of the host. The lock is the kernel's, on a file that is only read: in a folder that everybody
# may write to, nobody can open another's file for writing.
take_lock() {
  command -v flock >/dev/null 2>&1 || refuse tool flock
  for place in /run/lock /var/lock /tmp; do
    [ ! -d "$place" ] || [ ! -w "$place" ] || break
  done
  place=$place/runbook
  mkdir -m 1777 "$place" 2>/dev/null
  file=$place/$lock
  if [ ! -e "$file" ]; then (umask 022 && : >"$file") 2>/dev/null; fi
  if [ -h "$place" ] || [ -h "$file" ] || [ ! -f "$file" ]; then refuse folder "$place"; fi
  exec 7<"$file"
  waited=0
  while ! flock -n 7; do
    # shellcheck disable=SC2012 # the names are ours
    by=$(ls -t "$file".by.* 2>/dev/null | head -n 1)
    held=
    [ -z "$by" ] || read -r held <"$by"
    # The runner before this one may be about to let go.
    case $held in
      "$run "*) if [ "$waited" -lt 20 ]; then say waiting; else refuse held "$held"; fi ;;
      *) refuse held "$held" ;;
    esac
    waited=$((waited + 1))
    sleep 1
  done
  (umask 022 && printf '%s %s\n' "$run" "$holder" >"$file.by.$(id -u)") 2>/dev/null
}

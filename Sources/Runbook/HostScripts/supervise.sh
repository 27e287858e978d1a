#!/bin/sh
# The supervisor of one attempt at a block on a host, in POSIX sh: `runbook-step` where there is only a shell.
#
#   sh supervise run FOLDER DEADLINE GRACE LIMIT SUBREAPER CAPTURES CWD PROGRAM [ARGUMENT...]
#   sh supervise kill FOLDER
#
# DEADLINE and GRACE in hundredths of a second, LIMIT in bytes, 0 for none; SUBREAPER and CAPTURES 1 for yes. It runs in
# a session of its own and has nothing of the connection that started it. docs/host-protocol.md tells of the files.
set -u
# The login's is the block's: a site that nobody else can read is not deployed.
login_mask=${RUNBOOK_MASK:-022}
unset RUNBOOK_MASK
umask 077
mode=$1 dir=$2
cd "$dir" || exit 1

# Hundredths of a second on a clock that only goes forward; no process is spent on it.
now() {
  # shellcheck disable=SC2034 # the rest of the line is of no use
  read -r now_up now_rest </proc/uptime
  now=${now_up%.*}${now_up#*.}
}

# Not every sleep knows fractions; a second is late, and no harm.
nap() { sleep "$1" 2>/dev/null || sleep 1; }

# Living processes of the block, as `pids` and, with their names, as the lines of `named`: what carries the mark, what
# the supervisor is the parent of (orphans too, where it is a subreaper), and all that descends from these. The
# supervisor's own helpers share its session, which nothing of the block does.
scan() {
  scan_marked=$(grep -l -s -F -e "RUNBOOK_ATTEMPT=$dir" /proc/[0-9]*/environ)
  named=$(cat /proc/[0-9]*/stat 2>/dev/null | awk -v sup="$supervisor" -v marked="$scan_marked" '
    BEGIN {
      n = split(marked, path, "\n")
      for (i = 1; i <= n; i++) { split(path[i], part, "/"); take[part[3]] = 1 }
    }
    {
      pid = $1; name = $0; rest = $0
      sub(/^[0-9]+ \(/, "", name); sub(/\) [^)]*$/, "", name); sub(/^.*\) /, "", rest)
      if (split(rest, field, " ") < 4 || field[1] ~ /[ZX]/) next
      ids[++count] = pid; names[pid] = name; parent[pid] = field[2]
      if (pid == sup || field[4] == sup) own[pid] = 1
      else if (field[2] == sup) take[pid] = 1
    }
    END {
      do {
        more = 0
        for (i = 1; i <= count; i++) {
          pid = ids[i]
          if (!(pid in take) && !(pid in own) && (parent[pid] in take)) { take[pid] = 1; more = 1 }
        }
      } while (more)
      for (i = 1; i <= count; i++) {
        pid = ids[i]
        if (!(pid in take) || (pid in own)) continue
        gsub(/[^ -~]/, "?", names[pid])
        print pid " " names[pid]
      }
    }')
  pids=
  # shellcheck disable=SC2034
  while read -r scan_pid scan_name; do
    [ -z "$scan_pid" ] || pids="$pids $scan_pid"
  done <<LIST
$named
LIST
}

# shellcheck disable=SC2086 # a list of pids, nothing but digits
signal() { [ -z "$pids" ] || kill "-$1" $pids 2>/dev/null || :; }

# Stopped first: a loop that restarts what dies would win the race against one scan. What has not died two seconds
# after the last death can't be killed, and stays in `pids`.
kill_all() {
  now
  kill_until=$((now + 200)) kill_before=
  while scan && [ -n "$pids" ]; do
    now
    [ "$pids" = "$kill_before" ] || kill_until=$((now + 200))
    [ "$now" -lt "$kill_until" ] || return 0
    kill_before=$pids
    signal STOP
    signal KILL
    nap 0.02
  done
}

# TERM, grace, KILL. A `kill` that comes meanwhile ends the grace.
stop_all() {
  now
  stop_from=$now
  scan
  signal TERM
  # A stopped process acts on nothing but KILL.
  signal CONT
  while [ -n "$pids" ] && [ ! -e kill ]; do
    now
    [ "$now" -lt $((stop_from + grace)) ] || break
    # Fine steps at first: most that know TERM end at once.
    if [ "$now" -lt $((stop_from + 20)) ]; then nap 0.02; else nap 0.1; fi
    scan
  done
  kill_all
}

if [ "$mode" = kill ]; then
  # No process has it for a parent. 0 would be that of the first process of all.
  supervisor=none
  kill_all
  printf '%s\n' "$named"
  exit 0
fi

deadline=$3 grace=$4 limit=$5 subreaper=$6 captures=$7 cwd=$8
shift 8
# Whoever makes this folder decides: a stop that comes first keeps the block from ever starting.
mkdir go 2>/dev/null || exit 0

supervisor=$$
started_field() {
  shift 19
  started=$1
}
read -r line </proc/$$/stat
# shellcheck disable=SC2086 # fields of digits; the name before them is cut off
started_field ${line##*) }
read -r boot </proc/sys/kernel/random/boot_id
# Room for the end while there is some: on a disk that is full by then it is written over this.
printf '%800s\n' '' >status
exec 5<>status
: >log
: >output
# What is decided later is decided by taking these away, which a full disk allows.
mkdir open
: >running
named=

wake() {
  for wake_fifo in tick.*; do
    # Opened for both, so that it never waits for a reader that is gone.
    [ ! -p "$wake_fifo" ] || printf '%s\n' "$1" 1<>"$wake_fifo" 2>/dev/null
  done
}

# finish END KIND: one write over the room that was kept, with the lines of `named` as KIND. Its first line counts once it
# is not blank.
finish() {
  finish_text="$1
"
  for finish_why in why.*; do
    [ ! -e "$finish_why" ] || finish_text="${finish_text}stopped ${finish_why#why.}
"
  done
  finish_count=0
  while read -r finish_line; do
    finish_count=$((finish_count + 1))
    if [ -z "$finish_line" ] || [ "$finish_count" -gt 20 ]; then continue; fi
    finish_text="$finish_text$2 $finish_line
"
  done <<LIST
$named
LIST
  printf '%send\n' "$finish_text" >&5
  wake end
}

# Ends with the block, or stops it: the time limit holds here, with no connection at all.
watch() {
  pause=
  trap 'kill "$pause" 2>/dev/null; exit 0' TERM
  trap : USR1
  # Until somebody has decided how it ends.
  while [ -d open ]; do
    why=
    [ ! -e deadline ] || read -r deadline_at <deadline
    now
    until=$((now + 100))
    if [ "$deadline_at" -gt 0 ]; then
      [ "$now" -lt "$deadline_at" ] || why=deadline
      [ "$until" -lt "$deadline_at" ] || until=$deadline_at
    fi
    if [ "$limit" -gt 0 ] && [ $(($(wc -c <log) + $(wc -c <output))) -gt "$limit" ]; then
      why=log-limit
    fi
    if [ -e stop ] || [ -e kill ]; then why=request; fi
    [ -z "$why" ] || break
    # Whoever asks next finds that the supervisor was killed. With a limit there is still something to do.
    [ "$deadline_at" -gt 0 ] || kill -0 "$supervisor" 2>/dev/null || exit 0
    until=$((until - now))
    fraction=$((until % 100))
    [ "$fraction" -ge 10 ] || fraction=0$fraction
    sleep "$((until / 100)).$fraction" 2>/dev/null &
    pause=$!
    wait "$pause"
    pause_status=$?
    # Neither slept nor woken: it knows no fractions.
    if [ "$pause_status" -gt 0 ] && [ "$pause_status" -lt 128 ]; then sleep 1; fi
  done
  # Either the block has ended by itself or it was stopped.
  rmdir open 2>/dev/null || exit 0
  : >"why.$why"
  if [ -e kill ]; then kill_all; else stop_all; fi
  # The block may have been about to start when the first look found nothing.
  while [ -e running ] && [ -z "$pids" ]; do
    nap 0.02
    kill_all
  done
  # Another user's, say. Its first process may be among them, so that nobody would see it end.
  [ -z "$pids" ] || finish alive survivor
}

now
deadline_at=0
[ "$deadline" -eq 0 ] || deadline_at=$((now + deadline))
watch </dev/null 5>&5 &
watcher=$!
printf '%s %s %s %s\n' "$$" "$started" "$boot" "$watcher" >process.new
mv -f process.new process
wake started

failed=
# From here on the folder is the block's, as it would be at a prompt there.
cd "${HOME:-/}" 2>/dev/null || failed="chdir ${HOME:-/}"
case $cwd in
  '' | \~) ;;
  \~/*) cd "./${cwd#??}" 2>/dev/null || failed="chdir $cwd" ;;
  *) cd -- "$cwd" 2>/dev/null || failed="chdir $cwd" ;;
esac
[ -n "$failed" ] || command -v "$1" >/dev/null 2>&1 || failed="exec $1"
code=0
umask "$login_mask"
if [ -n "$failed" ]; then
  :
elif [ "$captures" = 1 ]; then
  # In the foreground: a shell has what it puts into the background ignore interrupts.
  RUNBOOK_ATTEMPT=$dir setsid "$@" "$dir/script" </dev/null >>"$dir/output" 2>>"$dir/log" 5>&-
  code=$?
else
  RUNBOOK_ATTEMPT=$dir setsid "$@" "$dir/script" </dev/null >>"$dir/log" 2>&1 5>&-
  code=$?
fi
umask 077
cd "$dir" || exit 1
rm -f running

if ! rmdir open 2>/dev/null; then
  wait "$watcher"
  # shellcheck disable=SC2034
  read -r first rest <status
  # The watcher has told already what could not be killed.
  [ "$first" = alive ] || finish "exit $code" survivor
  exit 0
fi
kill "$watcher" 2>/dev/null
wait "$watcher" 2>/dev/null
if [ -n "$failed" ]; then
  finish "failed $failed" left
elif [ "$code" -ne 0 ]; then
  # A retry or a rollback must find nothing of it.
  stop_all
  finish "exit $code" survivor
else
  # What it started stays, as a deploy starts services. No look at all processes where it can have left none.
  children=unknown
  [ "$subreaper" = 0 ] || read -r children 2>/dev/null </proc/$$/task/$$/children || :
  if [ -n "$children" ]; then
    nap 0.02
    scan
  fi
  finish 'exit 0' left
fi

// Made by scripts/embed from templates/ and vault/: change those, and run it again.
// swift-format-ignore-file

enum BuiltInFiles {
  static let all: [BuiltInFile] = [
    BuiltInFile(
      path: "templates/First.md",
      text: ####"""
---
template_for: a first runbook of three steps, to look at and change
template_vars:
  - FOLDER=.. -- the folder that its blocks run in, from the note's own
tags: [runbook]
timeout: 10m
cwd: {{FOLDER}}
params:
  - GREETING=hello
---
# {{title}}

Made on {{date}}. Each box is a step, and the blocks below it are what the step does. Look at it with
`runbook plan`, run it with `runbook exec`.

## Steps

- [ ] Make a page
  ```bash {capture=PAGE timeout=30s}
  set -eu
  page=$(mktemp)
  echo "<h1>$GREETING</h1>" >"$page"
  echo "$page"
  ```
  ```bash {rollback}
  [ -z "$PAGE" ] || rm -f "$PAGE"
  ```
- [ ] Look at it
  ```bash
  set -eu
  cat "$PAGE"
  grep -q "$GREETING" "$PAGE"
  ```
- [ ] Take it away again
  ```bash
  rm "$PAGE"
  ```

"""####),
    BuiltInFile(
      path: "templates/Quick.md",
      text: ####"""
---
template_for: the deploy for every day (build here, upload, switch, restart, check)
template_note: Workflow-Quick
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - PORT=8377 -- what the app's server listens on
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
timeout: 10m
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - CONTAINER=
  - CONTAINER_DIR=/srv/site
  - KEEP=5
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

Builds the app on this machine, puts it into a new release folder, switches to it and asks the
running server whether it is the one just built. The deploy for every day: a small change, tested, wanted
live within a minute.

Each release has a folder of its own, and the link `current` says which one runs. So going back is
switching a link: whatever step fails, the release that ran before runs again, and what this run had
put there is removed.

## Deploy

- [ ] Build locally ^build
  ```bash {timeout=$DEPLOY_TIMEOUT on-error=rollback}
  npm run build
  ```
  ```bash {capture=REVISION on-error=rollback}
  cat dist/REVISION
  ```
- [ ] Verify the build ^verify
  ```bash {timeout=3m}
  npm run typecheck
  ```
  ```bash {timeout=1m}
  npm run lint
  ```
- [ ] Upload dist/ ^upload
  ```bash {host=$SERVER capture=PREVIOUS on-error=rollback}
  set -eu
  mkdir -p "$DEPLOY_DIR/releases"
  # Nothing at the first deploy, else releases/<run>: where the way back leads.
  readlink "$DEPLOY_DIR/current" || true
  ```
  ```bash {timeout=$DEPLOY_TIMEOUT retries=2 delay=3s on-error=rollback}
  set -eu
  release=$DEPLOY_DIR/releases/$RUNBOOK_RUN
  if [ "$SERVER" = localhost ] && ! command -v rsync >/dev/null; then
    rm -rf "$release" # of an earlier try: `cp` would put dist inside it
    cp -R dist "$release"
  else
    [ "$SERVER" = localhost ] || release=$SERVER:$release
    rsync -a -e "$RUNBOOK_SSH" --delete dist/ "$release/"
  fi
  echo "revision $REVISION is in $release"
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  set -eu
  [ -d "$DEPLOY_DIR/releases" ] || exit 0 # not even begun
  cd "$DEPLOY_DIR"
  # Still current only if the restart could not be undone. Then it must stay: it is what runs.
  if [ "$(readlink current || true)" = "releases/$RUNBOOK_RUN" ]; then
    echo "releases/$RUNBOOK_RUN is still current, so it stays" >&2
    exit 1
  fi
  rm -rf "releases/${RUNBOOK_RUN:?}"
  ```
- [ ] Copy into the container {if=CONTAINER} ^container
  ```bash {host=$SERVER timeout=2m on-error=rollback}
  set -eu
  cd "$DEPLOY_DIR"
  docker inspect "$CONTAINER" >/dev/null
  before=releases/$RUNBOOK_RUN/container
  # Only once: at a second try, what is in the container may already be half of the new files.
  if [ ! -e "$before" ]; then
    found=0
    docker exec "$CONTAINER" test -d "$CONTAINER_DIR" || found=$?
    case $found in
      0)
        rm -rf "$before.part"
        docker cp "$CONTAINER:$CONTAINER_DIR" "$before.part"
        mv "$before.part" "$before"
        ;;
      1)
        docker exec "$CONTAINER" mkdir -p "$CONTAINER_DIR"
        echo "nothing was there" >"$before" # a file instead of a folder
        ;;
      *) exit "$found" ;;
    esac
  fi
  docker cp "releases/$RUNBOOK_RUN/public/." "$CONTAINER:$CONTAINER_DIR"
  echo "revision $REVISION is in $CONTAINER:$CONTAINER_DIR"
  ```
  ```bash {rollback host=$SERVER timeout=2m}
  set -eu
  cd "$DEPLOY_DIR"
  before=releases/$RUNBOOK_RUN/container
  if [ -d "$before" ]; then
    docker cp "$before/." "$CONTAINER:$CONTAINER_DIR"
  elif [ -e "$before" ]; then
    docker exec "$CONTAINER" rm -rf "${CONTAINER_DIR:?}"
  fi
  ```
- [ ] Restart the service ^restart
  ```bash {host=$SERVER timeout=1m on-error=rollback}
  set -eu
  cd "$DEPLOY_DIR"
  ln -sfn "releases/$RUNBOOK_RUN" current.new
  mv -T current.new current # a rename: at no moment is there no `current`
  bash current/service restart
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  set -eu
  cd "$DEPLOY_DIR"
  if [ -n "$PREVIOUS" ]; then
    [ -d "$PREVIOUS" ] || { echo "$DEPLOY_DIR/$PREVIOUS is gone: no way back" >&2; exit 1; }
    ln -sfn "$PREVIOUS" current.new
    mv -T current.new current
    bash current/service restart
  else
    # There was no release before this one: back to nothing running.
    bash "releases/$RUNBOOK_RUN/service" stop
    rm -f current
  fi
  ```
- [ ] Quick check ^check
  ```bash {host=$SERVER timeout=15s retries=5 delay=1s}
  set -eu
  ask() { curl --fail --silent --show-error --noproxy '*' --max-time 5 "http://$BIND:$PORT$1"; }
  health=$(ask /healthz)
  page=$(ask /)
  echo "$health"
  # Answering is not enough: an old server that never stopped answers as well.
  case $health in
    *"\"revision\":\"$REVISION\""*) ;;
    *) echo "a server answers, but it does not run revision $REVISION" >&2; exit 1 ;;
  esac
  case $page in
    *"$REVISION"*) echo "http://$BIND:$PORT serves revision $REVISION" ;;
    *) echo "the page is not that of revision $REVISION" >&2; exit 1 ;;
  esac
  ```
  ```bash {host=$SERVER timeout=1m continue-on-error}
  set -eu
  cd "$DEPLOY_DIR/releases"
  # Old releases go, all but the newest $KEEP; never the one that runs, nor the one to go back to.
  case $KEEP in '' | *[!0-9]*) echo "KEEP must be a number, not \"$KEEP\"" >&2; exit 1 ;; esac
  ls -1r | tail -n "+$((10#$KEEP + 1))" | while IFS= read -r old; do
    case releases/$old in "$(readlink ../current)" | "$PREVIOUS") continue ;; esac
    rm -rf -- "./$old" && echo "removed releases/$old"
  done
  ```

## Good to know

- **What the app must have:** `npm run build`, which makes `dist/` with a file `REVISION` and a script
  `service` (`start`, `stop`, `restart`, `status`), `npm run typecheck` and `npm run lint`; and a server that
  tells its revision at `/healthz`.
- **Another folder or port:** `--set DEPLOY_DIR=/srv/demo --set PORT=9000`. A relative `DEPLOY_DIR` counts
  from the folder of the app here, on a server from the login folder. The server answers to this machine
  only, until `--set BIND=0.0.0.0`.
- **A container as well:** `--set CONTAINER=web` copies the pages into `CONTAINER_DIR` of that container.
  Without it the step is skipped.
- **The build fails, or a check of it:** nothing was touched yet. Mend it and run the note again.
- **“another program listens there”:** the port is taken by something that is no release of ours. Find it
  with `ss -ltnp`, or take another `PORT`.
- **The quick check fails:** the release before runs again by then. What the new server said is in
  `server.log` in the deploy folder.
- **Stop the service:** `bash current/service stop` in the deploy folder; `start` and `status` do what
  they say.

"""####),
    BuiltInFile(
      path: "vault/.obsidian/app.json",
      text: ####"""
{
  "alwaysUpdateLinks": true,
  "propertiesInDocument": "visible",
  "readableLineLength": true
}

"""####),
    BuiltInFile(
      path: "vault/.obsidian/types.json",
      text: ####"""
{
  "types": {
    "aliases": "aliases",
    "cssclasses": "multitext",
    "tags": "tags",
    "timeout": "text",
    "cwd": "text",
    "params": "multitext",
    "secrets": "multitext",
    "run_status": "text",
    "run_started": "datetime",
    "run_seconds": "number",
    "run_steps": "number",
    "run_failed": "text",
    "run_id": "text",
    "runbook": "text",
    "host": "text",
    "user": "text",
    "commit": "text",
    "mode": "text",
    "undoes": "text",
    "section": "text",
    "modes": "multitext"
  }
}

"""####),
    BuiltInFile(
      path: "vault/Deploys.base",
      text: ####"""
filters:
  and:
    - file.hasTag("runbook-run")
formulas:
  minutes: (run_seconds / 60).round(1)
  ok: if(run_status == "succeeded" || run_status == "warnings", 1, 0)
properties:
  file.name:
    displayName: Record
  note.runbook:
    displayName: Workflow
  note.run_status:
    displayName: Status
  note.run_started:
    displayName: Started
  note.run_seconds:
    displayName: Seconds
  note.run_failed:
    displayName: Failed at
  note.user:
    displayName: By
  note.host:
    displayName: On
  note.commit:
    displayName: Commit
  note.mode:
    displayName: Mode
  formula.minutes:
    displayName: Minutes
  formula.ok:
    displayName: Success
views:
  - type: table
    name: Recent
    limit: 20
    order:
      - file.name
      - note.runbook
      - note.run_status
      - note.run_seconds
      - note.user
      - note.commit
    sort:
      - property: note.run_started
        direction: DESC
  - type: table
    name: Failures of 30 days
    filters:
      and:
        - formula.ok == 0
        - "!undoes"
        - run_started > now() - "30 days"
    order:
      - file.name
      - note.runbook
      - note.run_status
      - note.run_failed
      - note.user
      - note.host
    sort:
      - property: note.run_started
        direction: DESC
  - type: table
    name: By workflow
    groupBy:
      property: note.runbook
      direction: ASC
    order:
      - file.name
      - note.run_status
      - formula.ok
      - formula.minutes
      - note.run_steps
      - note.run_started
    sort:
      - property: note.run_started
        direction: DESC
    summaries:
      formula.ok: Average
      formula.minutes: Median
  - type: table
    name: Average times
    filters:
      and:
        - formula.ok == 1
    groupBy:
      property: note.runbook
      direction: ASC
    order:
      - note.run_seconds
      - formula.minutes
      - note.mode
      - file.name
    summaries:
      note.run_seconds: Average
      formula.minutes: Average

"""####),
    BuiltInFile(
      path: "vault/Guide/1-First-run.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
---
# First run

A box is a step, and the block under it is what the step does.

- [ ] Say hello
  ```bash
  echo "Hello, world"
  ```
- [ ] Count to three
  ```bash
  seq 3
  ```

Look first. This runs nothing:

```console
$ runbook plan Guide/1-First-run.md
1-First-run

   step            runs                 at most
1  Say hello       echo "Hello, world"  10m
2  Count to three  seq 3                10m

2 steps
```

Then run it:

```console
$ runbook exec Guide/1-First-run.md
07:17:30  ▸ 1-First-run  run 20261127-071730-ff54
07:17:30  ▸ 1 Say hello
07:17:30  ✓ 1 Say hello  0.0s
07:17:30  ▸ 2 Count to three
07:17:30  ✓ 2 Count to three  0.0s

succeeded · 2 of 2 steps · 0.0s
note    Guide/1-First-run.md
record  Runs/2026-11-27 071730 1-First-run.md
```

Both boxes above are ticked now, with the time that each step took. At the end of the note stands what the run did
and printed, and the properties at the top tell its status. A new run takes the old marks out by itself. To have the
note as it was:

```console
$ runbook reset Guide/1-First-run.md
Guide/1-First-run.md is as it was
```

`runbook check` finds mistakes before a run does. Next: [[2-Steps-and-blocks]].

"""####),
    BuiltInFile(
      path: "vault/Guide/10-Vault-in-git.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
---
# A vault in git

Two people who run one note change the same lines of it. Once in each clone, git is told how to merge those:

```console
$ git init -q .
$ runbook merge-file --set-up .
git merges the notes in . by runbook from now on; commit .gitattributes
$ cat .gitattributes
*.md merge=runbook
```

`runbook init` in a repository has done it already. From then on a merge keeps what people wrote, and the marks of the
later run. If people changed the same words, git says so as ever, and `runbook` doesn't run the note until that is
settled.

- [ ] Say who runs this
  ```bash
  id -un > /dev/null && echo "somebody of this machine"
  ```

```console
$ printf '%s\n' '<<<<<<< ours' 'this' '=======' 'that' '>>>>>>> theirs' >> Guide/10-Vault-in-git.md
$ runbook exec Guide/10-Vault-in-git.md
Guide/10-Vault-in-git.md:47:1: error: a merge conflict is left in the note
  47 | <<<<<<< ours
     | ^~~~~~~~~~~~
  fix: settle it, and delete the lines <<<<<<<, ======= and >>>>>>>
Nothing was run.
$ sed -i '/^<<<<<<< ours/,/^>>>>>>> theirs/d' Guide/10-Vault-in-git.md
$ runbook exec Guide/10-Vault-in-git.md
07:17:31  ▸ 10-Vault-in-git  run 20261127-071731-7800
07:17:31  ▸ 1 Say who runs this
07:17:31  ✓ 1 Say who runs this  0.0s

succeeded · 1 of 1 step · 0.0s
note    Guide/10-Vault-in-git.md
record  Runs/2026-11-27 071731 10-Vault-in-git.md
```

If you don't want runs in the notes at all: `record: note` in a file `.runbook.yml` at the vault's root. The records
are then all there is. Back to the [[Guide]].

"""####),
    BuiltInFile(
      path: "vault/Guide/2-Steps-and-blocks.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
shell: bash -eu
---
# Steps and blocks

Steps run in the order of the note, one after the other. A step may hold several blocks, and steps of its own. Only
blocks in a language that can run are run (`bash`, `python`, `node` …). The others are for reading.

- [ ] Make a folder
  ```bash {capture=FOLDER}
  mktemp -d
  ```
  ```bash {always}
  rm -r "$FOLDER"
  ```
- [ ] Fill it
  - [ ] A page
    ```bash
    echo "<h1>Hello</h1>" > "$FOLDER/index.html"
    ```
  - [ ] Its size, by Python
    ```python {capture=SIZE}
    import os
    print(os.path.getsize(os.environ["FOLDER"] + "/index.html"))
    ```
- [ ] Compress it, unless that is done {timeout=30s}
  ```bash {done-if}
  test -e "$FOLDER/index.html.gz"
  ```
  ```bash
  gzip -k "$FOLDER/index.html"
  ```
- [ ] Something that may fail
  ```bash {continue-on-error}
  echo "$SIZE bytes, and nobody counts them"
  false
  ```

- `capture=FOLDER` keeps what a block prints: in all later blocks it is `$FOLDER`.
- `always` runs at the very end, whatever happened.
- `done-if` asks first. If it ends with 0, the step is done already.
- `continue-on-error` makes a failure a warning.
- `shell: bash -eu` in the properties lets a block stop at its first command that fails. By itself a shell goes on.
- Braces at the end of a step's line count for all of its blocks.

```console
$ runbook exec Guide/2-Steps-and-blocks.md
07:17:29  ▸ 2-Steps-and-blocks  run 20261127-071729-ff51
07:17:29  ▸ 1 Make a folder
07:17:30  ✓ 1 Make a folder  0.6s
07:17:30  ▸ 2 Fill it
07:17:30  ▸ 2.1 A page
07:17:30  ✓ 2.1 A page  0.0s
07:17:30  ▸ 2.2 Its size, by Python
07:17:31  ✓ 2.2 Its size, by Python  0.7s
07:17:31  ✓ 2 Fill it  0.8s
07:17:31  ▸ 3 Compress it, unless that is done
07:17:31  ▸ 3 Compress it, unless that is done  done-if
07:17:31  ▸ 3 Compress it, unless that is done  not done yet
07:17:31  ✓ 3 Compress it, unless that is done  0.1s
07:17:31  ▸ 4 Something that may fail
07:17:31  ! 4 Something that may fail  warning, exit 1, 0.0s
07:17:31  ▸ 1 Make a folder  always
07:17:31  ✓ 1 Make a folder  always, 0.0s

succeeded with warnings · 5 of 5 steps · 1.9s
note    Guide/2-Steps-and-blocks.md
record  Runs/2026-11-27 071729 2-Steps-and-blocks.md
$ echo "status $?"
status 0
$ runbook logs | tail -n 4
── 4 Something that may fail
15 bytes, and nobody counts them
── exit 1
── 1 Make a folder · always
```

A box that you tick or cancel (`[-]`) yourself before a run is left out. Next: [[3-Parameters]].

"""####),
    BuiltInFile(
      path: "vault/Guide/3-Parameters.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
params:
  - GREETING=Hello
  - CONTAINER=
secrets: [PASSPHRASE]
---
# Parameters

`params` names what may differ from run to run. `NAME=value` has a default, and `NAME` alone must be given. Blocks get
them as environment variables, so a value never becomes code.

- [ ] Greet
  ```bash
  echo "$GREETING, $(echo world)"
  ```
- [ ] Restart the container {if=CONTAINER}
  ```bash
  echo "restarting $CONTAINER"
  ```
- [ ] Log in
  ```bash
  echo "the passphrase is $PASSPHRASE"
  ```

A step with `if=CONTAINER` runs where `CONTAINER` has a value; there are also `!NAME`, `NAME=value` and `NAME!=value`.

A secret is asked for, without echo. Where there is no terminal it must stand in the environment:

```console
$ runbook exec Guide/3-Parameters.md
Guide/3-Parameters.md: error: the secret PASSPHRASE has no value
  fix: set PASSPHRASE in the environment, or run in a terminal to be asked
Nothing was run.
$ export PASSPHRASE=swordfish; runbook exec Guide/3-Parameters.md --set GREETING=Bonjour
07:15:06  ▸ 3-Parameters  run 20261127-071505-55d1
07:15:06  ▸ 1 Greet
07:15:06  ✓ 1 Greet  0.0s
07:15:06  – 2 Restart the container  skipped, CONTAINER is empty
07:15:06  ▸ 3 Log in
07:15:06  ✓ 3 Log in  0.0s

succeeded · 2 of 3 steps · 0.1s
note    Guide/3-Parameters.md
record  Runs/2026-11-27 071506 3-Parameters.md
$ runbook logs
── 1 Greet
Bonjour, world
── 3 Log in
the passphrase is ••••
```

The second step was skipped, and the secret stands nowhere: not in the log, not in the note, not in the record. With
a container:

```console
$ PASSPHRASE=swordfish runbook exec Guide/3-Parameters.md --set CONTAINER=web > /dev/null
$ runbook logs | grep restarting
restarting web
```

Next: [[4-Time-limits]].

"""####),
    BuiltInFile(
      path: "vault/Guide/4-Time-limits.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
timeout: 1m
---
# Time limits

Each block has a deadline: its own, else the step's, else the note's, else ten minutes. At the deadline a terminal
asks: run on in the background, wait longer, take the other way, or cancel. If nobody answers for a minute, or nobody is
there, the note decides.

- [ ] Build
  ```bash {timeout=1s}
  echo "building from scratch"
  sleep 30
  ```
  ```bash {fallback}
  echo "building with the cache"
  ```
- [ ] Ask the new server
  ```bash {retries=3 delay=1s}
  # The first answer is an error, as from a server that is just starting.
  attempt=$(cat "/tmp/attempt-$RUNBOOK_RUN" 2>/dev/null || echo 0)
  echo "attempt $((attempt + 1))"
  echo "$((attempt + 1))" > "/tmp/attempt-$RUNBOOK_RUN"
  test "$attempt" -ge 1
  ```
  ```bash {always}
  rm -f "/tmp/attempt-$RUNBOOK_RUN"
  ```
- [ ] Watch it for a while
  ```bash {every=1s for=2s}
  date
  ```

- `fallback` is what runs instead when time is up. Without one the run is cancelled, and rolled back.
- `retries=3 delay=1s` tries again after a failure.
- `every=1s for=2s` runs a block again and again; it must succeed each time.
- `idle=30s` is a limit of another kind: the longest time without output.

```console
$ runbook exec Guide/4-Time-limits.md > /dev/null
$ runbook logs | grep -e build -e attempt
building from scratch
building with the cache
attempt 1
attempt 2
```

Next: [[5-Rollback]].

"""####),
    BuiltInFile(
      path: "vault/Guide/5-Rollback.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
params:
  - SITE=runbook-guide-site
  - CHECK=true
---
# If a step fails

A `rollback` block undoes its step. It runs only if a later step fails, or if this one did halfway.

## Deploy

- [ ] Remember what is there
  ```bash {capture=BEFORE}
  cat "$SITE" 2>/dev/null || true
  ```
- [ ] Put the new version there
  ```bash
  echo "version $RUNBOOK_RUN" > "$SITE"
  ```
  ```bash {rollback}
  if [ -n "$BEFORE" ]; then echo "$BEFORE" > "$SITE"; else rm -f "$SITE"; fi
  ```
- [ ] Check it
  ```bash {timeout=30s}
  $CHECK
  ```

## Try it

A version that is right, and then one whose check fails:

```console
$ runbook exec Guide/5-Rollback.md > /dev/null; cp ~/runbook-guide-site ~/runbook-guide-first
$ runbook exec Guide/5-Rollback.md --set CHECK=false
07:17:30  ▸ 5-Rollback  run 20261127-071730-3b66
07:17:30  ▸ 1 Remember what is there
07:17:30  ✓ 1 Remember what is there  0.1s
07:17:30  ▸ 2 Put the new version there
07:17:31  ✓ 2 Put the new version there  0.3s
07:17:31  ▸ 3 Check it
07:17:31  ✗ 3 Check it  failed, exit 1, 0.0s
07:17:31  ↩ rolling back  1 step
07:17:31  ▸ 2 Put the new version there  rollback
07:17:31  ↩ 2 Put the new version there  rolled back

failed at “Check it” · rolled back · 1 of 3 steps · 0.6s
note    Guide/5-Rollback.md
record  Runs/2026-11-27 071730 5-Rollback.md
next    runbook logs 3b66 3
$ echo "status $?"
status 3
$ cmp ~/runbook-guide-site ~/runbook-guide-first && echo "the first version is back"
the first version is back
```

Steps are undone newest first. A step that did not start is not undone. In a terminal you are asked before: retry,
roll back, or stop here.

A run that succeeded can be undone later as well, by `runbook rollback`:

```console
$ runbook exec Guide/5-Rollback.md > /dev/null
$ runbook rollback
07:17:35  ▸ 5-Rollback  run 20261127-071735-3fcf, undoes 20261127-071733-f5e8
07:17:35  ↩ rolling back  1 step
07:17:35  ▸ 2 Put the new version there  rollback
07:17:36  ↩ 2 Put the new version there  rolled back

run f5e8 rolled back · 2 of 3 steps · 0.1s
note    Guide/5-Rollback.md
record  Runs/2026-11-27 071735 5-Rollback.md
$ cmp ~/runbook-guide-site ~/runbook-guide-first && echo "the first version is back"
the first version is back
$ rm ~/runbook-guide-site ~/runbook-guide-first
```

Next: [[6-Manual-steps]].

"""####),
    BuiltInFile(
      path: "vault/Guide/6-Manual-steps.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
---
# Manual steps

A step without a block is for a person.

- [ ] Put the page online
  ```bash
  echo "it is there"
  ```
- [ ] Look at the page on your phone
- [ ] Tell the others
  ```bash {confirm="Tell everybody now?"}
  echo "it is online"
  ```

In a terminal the run stops there and asks: done, no, or skip. Elsewhere it pauses:

```console
$ runbook exec --yes Guide/6-Manual-steps.md
07:17:27  ▸ 6-Manual-steps  run 20261127-071727-2e77
07:17:27  ▸ 1 Put the page online
07:17:27  ✓ 1 Put the page online  0.0s
07:17:27  ▸ 2 Look at the page on your phone
07:17:27  ? 2 Look at the page on your phone  a person does this step

waiting at “Look at the page on your phone” · 1 of 3 steps · 0.0s
note    Guide/6-Manual-steps.md
next    tick its box, then runbook resume 2e77
$ echo "status $?"
status 75
```

Tick the box in Obsidian, or as here by a command, and go on. A run that is going on in the background sees the tick
by itself. `--yes` answers `confirm`, never a manual step:

```console
$ sed -i 's/^- \[ \] Look at/- [x] Look at/' Guide/6-Manual-steps.md
$ runbook resume
07:17:31  ✓ 2 Look at the page on your phone  3.5s
07:17:31  ▸ 3 Tell the others
07:17:31  ✓ 3 Tell the others  0.1s

succeeded · 3 of 3 steps · 3.7s
note    Guide/6-Manual-steps.md
record  Runs/2026-11-27 071727 6-Manual-steps.md
```

Next: [[7-Embeds]].

"""####),
    BuiltInFile(
      path: "vault/Guide/7-Embeds.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
---
# Embeds

What several runbooks share is a note of its own. A step whose text is an embed runs that note's steps, or those of one
of its sections:

- [ ] ![[1-First-run]]
- [ ] ![[5-Rollback#Deploy|Deploy]] {timeout=20s}
- [ ] Tidy up
  ```bash
  rm "$SITE"
  ```

The parameters and secrets of the embedded note come with it. `cwd`, `host` and the lock are those of this one. The
embedded note itself is not changed; what its steps did stands in the run log of this one.

```console
$ runbook exec Guide/7-Embeds.md --set SITE=runbook-guide-embed
07:17:30  ▸ 7-Embeds  run 20261127-071730-8527
07:17:30  ▸ 1 1-First-run
07:17:30  ▸ 1.1 Say hello
07:17:30  ✓ 1.1 Say hello  0.3s
07:17:30  ▸ 1.2 Count to three
07:17:31  ✓ 1.2 Count to three  0.2s
07:17:31  ✓ 1 1-First-run  0.5s
07:17:31  ▸ 2 Deploy
07:17:31  ▸ 2.1 Remember what is there
07:17:31  ✓ 2.1 Remember what is there  0.0s
07:17:31  ▸ 2.2 Put the new version there
07:17:31  ✓ 2.2 Put the new version there  0.0s
07:17:31  ▸ 2.3 Check it
07:17:31  ✓ 2.3 Check it  0.0s
07:17:31  ✓ 2 Deploy  0.1s
07:17:31  ▸ 3 Tidy up
07:17:31  ✓ 3 Tidy up  0.0s

succeeded · 6 of 6 steps · 0.9s
note    Guide/7-Embeds.md
record  Runs/2026-11-27 071730 7-Embeds.md
```

A note that embeds itself, a link that fits no note or two, or one that leads out of the vault is refused before
anything runs. Next: [[8-Hosts]].

"""####),
    BuiltInFile(
      path: "vault/Guide/8-Hosts.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
params:
  - SERVER=localhost
---
# Hosts

`host=` runs a block on another machine, over the `ssh` that you have, with its configuration and keys. `localhost` is
this machine, without ssh, so this note runs as it stands.

- [ ] Build here
  ```bash {capture=BUILT}
  date +%s
  ```
- [ ] Install there {host=$SERVER}
  ```bash
  echo "installing the build of $BUILT"
  ```
  ```bash {rollback}
  echo "taking it away again"
  ```

```console
$ runbook plan Guide/8-Hosts.md
8-Hosts
SERVER=localhost

   step           runs                                   at most
1  Build here     date +%s                               10m
2  Install there  echo "installing the build of $BUILT"  10m      can be undone

2 steps, 1 can be undone
$ runbook exec Guide/8-Hosts.md
07:15:06  ▸ 8-Hosts  run 20261127-071506-671f
07:15:06  ▸ 1 Build here
07:15:06  ✓ 1 Build here  0.0s
07:15:06  ▸ 2 Install there
07:15:06  ✓ 2 Install there  0.0s

succeeded · 2 of 2 steps · 0.1s
note    Guide/8-Hosts.md
record  Runs/2026-11-27 071506 8-Hosts.md
$ runbook rollback > /dev/null; runbook logs | tail -n 1
taking it away again
```

For a server of yours: `--set SERVER=name`, with a name that `ssh name` knows. Connections are made before the first
step, so a wrong key fails before anything is changed. If the line is cut the block runs on over there, deadline
included, and `runbook` connects again. Next: [[9-Records]].

"""####),
    BuiltInFile(
      path: "vault/Guide/9-Records.md",
      text: ####"""
---
tags: [runbook]
cwd: ~/
params:
  - COLOUR=blue
---
# Records

The note tells of its last run only. Each run also leaves a note of its own in `Runs`, which is never changed again.

- [ ] Paint
  ```bash
  echo "painting it $COLOUR"
  ```
- [ ] Look at it
  ```bash
  test "$COLOUR" = blue
  ```

```console
$ runbook exec Guide/9-Records.md > /dev/null
$ runbook exec Guide/9-Records.md --set COLOUR=red
07:20:06  ▸ 9-Records  run 20261127-072006-d6a6
07:20:06  ▸ 1 Paint
07:20:08  ✓ 1 Paint  2.1s
07:20:08  ▸ 2 Look at it
07:20:08  ✗ 2 Look at it  failed, exit 1, 0.0s

failed at “Look at it” · nothing rolled back · 1 of 2 steps · 2.3s
note    Guide/9-Records.md
record  Runs/2026-11-27 072006 9-Records.md
next    runbook logs d6a6 2
```

From top to bottom a record holds

- properties: status, start, seconds, by whom, where, the commit. The tables in [[Home]] are made of them,
- the steps, each with its result and its time, and a chart of them,
- what changed since the last good run: blocks, parameters, programs,
- the parameters and where each value came from (of secrets only the name), and the machine,
- the exact text of all that ran,
- what it printed; the failed steps are unfolded.

In a terminal, `runbook runs` lists the runs, `runbook logs` prints what the last one said, and `stats` counts:

```console
$ grep -h '^- COLOUR' Runs/*
$ runbook logs
── 1 Paint
painting it red
── 2 Look at it
── exit 1
$ runbook stats . --write Home.md
Home.md is updated
```

The times of the steps over all records tell which one has become slow. Next: [[10-Vault-in-git]].

"""####),
    BuiltInFile(
      path: "vault/Guide/Guide.md",
      text: ####"""
# Guide

Ten short notes, five minutes for the first. Each is a runbook itself: read it, run it, and look at it again in
Obsidian. Type the commands in the vault's folder. What they print is below them, and your times will differ.

1. [[1-First-run]]: plan, run, look, take the marks out again
2. [[2-Steps-and-blocks]]: what is a step, what runs, and how values go from block to block
3. [[3-Parameters]]: values from outside, conditions, secrets
4. [[4-Time-limits]]: deadlines, another way when time is up, another try
5. [[5-Rollback]]: how a run that fails takes back what it did
6. [[6-Manual-steps]]: what only a person can do
7. [[7-Embeds]]: steps that several runbooks share
8. [[8-Hosts]]: blocks on a server
9. [[9-Records]]: what is kept of each run, and what it tells
10. [[10-Vault-in-git]]: several people, one vault

[[Which-mode]] says when to take which deploy, and [[When-it-goes-wrong]] what to do then.

Nothing here touches a server or your files: the blocks run in your home folder, and take away what they
make. The runs are recorded in `Runs` like any other; delete those records when you have seen enough.

"""####),
    BuiltInFile(
      path: "vault/Guide/When-it-goes-wrong.md",
      text: ####"""
# When it goes wrong

The last lines in the terminal say what failed, what was undone, and what to type next. `echo $?` has the outcome:

| status | what happened | what to do |
| ---: | --- | --- |
| 0 | it succeeded | |
| 1 | it failed and was left as it is | mend it and `runbook resume`, or `runbook rollback` |
| 2 | the note or the command is wrong; nothing ran | the message says where and how to mend it |
| 3 | it failed, and was rolled back | look at the log, mend it, run it again |
| 4 | a rollback failed, or could not run | look at once: the record names what was not undone |
| 69 | another run of the note is not over | `runbook attach`, `resume` or `cancel`, as it says |
| 75 | it waits for a person | do the step, tick its box, `runbook resume` |
| 76 | it goes on without this terminal, or was interrupted | `runbook attach` |
| 124 | it timed out, and there was nothing to roll back | a longer `timeout`, or a `fallback` |
| 130 | it was cancelled, and there was nothing to roll back | |

- **What did it say?** `runbook logs` has the whole output of the last run, `runbook logs RUN STEP` that of one step.
- **This machine crashed in the middle of it:** `runbook resume`. What was running went on or is asked about; nothing
  is run twice unsaid.
- **It hangs:** Ctrl-C once stops it and rolls back; a terminal asks first. From elsewhere: `runbook cancel`.
- **The note is full of marks:** `runbook reset NOTE`. What was done stays in `Runs`.

A mistake in a note is found before anything runs:

```console
$ printf '%s\n' '- [ ] Go' '  ```bash {rolback}' '  rm -r site' '  ```' > Wrong.md
$ runbook check Wrong.md
Wrong.md: warning: the blocks run in the note's folder, inside the vault, where what they write shows up
  fix: set cwd: in the front matter
Wrong.md:2:12: error: unknown attribute “rolback”
  2 |   ```bash {rolback}
    |            ^~~~~~~
  fix: did you mean rollback?
1 error, 1 warning in 1 note
$ rm Wrong.md
```

"""####),
    BuiltInFile(
      path: "vault/Guide/Which-mode.md",
      text: ####"""
# Which mode

[[Modes]] has them beside each other, with the times that they really took here.

| you have | take |
| --- | --- |
| a correction of a few lines, tested | `runbook deploy` (which is `--quick`) |
| only some files touched | `runbook deploy --incremental` |
| a change of some size, no release | `runbook deploy --fast-build` |
| a release, or a change of the database | `runbook deploy --full` |

Look before you run:

```console
$ runbook deploy --dry-run | sed -n 1p
Workflow-Quick
$ runbook deploy --quick --full
Error: --quick and --full contradict each other: each is a kind of deploy of its own, and one runs at a time
Usage: runbook deploy <options>
  See 'runbook deploy --help' for more information.
$ echo "status $?"
status 2
```

A mode whose workflow isn't in this vault says so, and what to do. `--timeout 10m` gives each block that names no
deadline so long; `--background-build` lets the run go on without this terminal.

"""####),
    BuiltInFile(
      path: "vault/Home.md",
      text: ####"""
# Home

Each workflow here is a note that can be run. It tells what a deploy does, and after a run it is the
record of what was done: boxes ticked, times, and the log of whatever failed.

New here? The [[Guide]] takes five minutes to a first run.

- [[Workflow-Quick]]: build the app here, put it in place, restart it, look whether it answers.
- [[Modes]]: the ways to deploy beside each other, when to take which, and how long each really takes.

Run one with `runbook deploy` in this folder, or by its path with `runbook exec`. Look first with
`runbook plan`, which runs nothing; `runbook reset` takes the marks of a run out of the note again.

## Deploys

Every run leaves a note of its own in the folder `Runs`. This is what they say:

![[Deploys.base#Recent]]

### Failures of 30 days

![[Deploys.base#Failures of 30 days]]

### By workflow

![[Deploys.base#By workflow]]

### Average times

![[Deploys.base#Average times]]

The tables above are drawn by Obsidian's Bases. For other readers, `runbook stats . --write Home.md`
keeps the same as plain Markdown at the end of this note.

"""####),
    BuiltInFile(
      path: "vault/Modes.md",
      text: ####"""
---
modes:
  - Workflow-Quick, 1m, corrections and small changes
  - Workflow-Fast, 5m, changes of some size; built on the server with its cache
  - Workflow-Full, 15m, releases; with a backup of the database and a build from scratch
  - Workflow-Incremental, 30s, only the files that changed since the commit that the server has
---
# Modes

Four ways to deploy. `Median` and what follows it are measured: they come from the records in `Runs`, and are empty
until a mode has run here. `Expected` is not. It is the time that you want a mode to stay within, and the shipped ones
are round numbers to begin with: once there are some runs, put your own into this note's property `modes`.

`Against` is the median against that time. A mode that stays far above it is worth a look into the table of steps of its
slowest record.

- A correction of a few lines, tested: **Quick**, or **Incremental** where only files were touched.
- More than that, but no release: **Fast**.
- A release, a change of the database, or anything that you would not like to explain: **Full**.

<!-- runbook stats -->

| Mode | Use | Expected | Median | Against | 90 % within | Runs | Success |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |
| [[Workflow-Quick]] | corrections and small changes | 1m | – | – | – | 0 | – |
| [[Workflow-Fast]] | changes of some size; built on the server with its cache | 5m | – | – | – | 0 | – |
| [[Workflow-Full]] | releases; with a backup of the database and a build from scratch | 15m | – | – | – | 0 | – |
| [[Workflow-Incremental]] | only the files that changed since the commit that the server has | 30s | – | – | – | 0 | – |

<!-- /runbook stats -->

`runbook stats . --write Modes.md`, typed in the vault's folder, brings the table up to date. An entry of `modes` is a
workflow, a time and a use.

"""####),
    BuiltInFile(
      path: "vault/Workflow-Quick.md",
      text: ####"""
---
tags: [runbook]
timeout: 10m
cwd: ../demo/app
params:
  - SERVER=localhost
  - DEPLOY_DIR=../site
  - PORT=8377
  - BIND=127.0.0.1
  - CONTAINER=
  - CONTAINER_DIR=/srv/site
  - KEEP=5
  - DEPLOY_TIMEOUT=600
---
# Workflow-Quick

Builds the app on this machine, puts it into a new release folder, switches to it and asks the
running server whether it is the one just built. The deploy for every day: a small change, tested, wanted
live within a minute.

Each release has a folder of its own, and the link `current` says which one runs. So going back is
switching a link: whatever step fails, the release that ran before runs again, and what this run had
put there is removed.

## Deploy

- [ ] Build locally ^build
  ```bash {timeout=$DEPLOY_TIMEOUT on-error=rollback}
  npm run build
  ```
  ```bash {capture=REVISION on-error=rollback}
  cat dist/REVISION
  ```
- [ ] Verify the build ^verify
  ```bash {timeout=3m}
  npm run typecheck
  ```
  ```bash {timeout=1m}
  npm run lint
  ```
- [ ] Upload dist/ ^upload
  ```bash {host=$SERVER capture=PREVIOUS on-error=rollback}
  set -eu
  mkdir -p "$DEPLOY_DIR/releases"
  # Nothing at the first deploy, else releases/<run>: where the way back leads.
  readlink "$DEPLOY_DIR/current" || true
  ```
  ```bash {timeout=$DEPLOY_TIMEOUT retries=2 delay=3s on-error=rollback}
  set -eu
  release=$DEPLOY_DIR/releases/$RUNBOOK_RUN
  if [ "$SERVER" = localhost ] && ! command -v rsync >/dev/null; then
    rm -rf "$release" # of an earlier try: `cp` would put dist inside it
    cp -R dist "$release"
  else
    [ "$SERVER" = localhost ] || release=$SERVER:$release
    rsync -a -e "$RUNBOOK_SSH" --delete dist/ "$release/"
  fi
  echo "revision $REVISION is in $release"
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  set -eu
  [ -d "$DEPLOY_DIR/releases" ] || exit 0 # not even begun
  cd "$DEPLOY_DIR"
  # Still current only if the restart could not be undone. Then it must stay: it is what runs.
  if [ "$(readlink current || true)" = "releases/$RUNBOOK_RUN" ]; then
    echo "releases/$RUNBOOK_RUN is still current, so it stays" >&2
    exit 1
  fi
  rm -rf "releases/${RUNBOOK_RUN:?}"
  ```
- [ ] Copy into the container {if=CONTAINER} ^container
  ```bash {host=$SERVER timeout=2m on-error=rollback}
  set -eu
  cd "$DEPLOY_DIR"
  docker inspect "$CONTAINER" >/dev/null
  before=releases/$RUNBOOK_RUN/container
  # Only once: at a second try, what is in the container may already be half of the new files.
  if [ ! -e "$before" ]; then
    found=0
    docker exec "$CONTAINER" test -d "$CONTAINER_DIR" || found=$?
    case $found in
      0)
        rm -rf "$before.part"
        docker cp "$CONTAINER:$CONTAINER_DIR" "$before.part"
        mv "$before.part" "$before"
        ;;
      1)
        docker exec "$CONTAINER" mkdir -p "$CONTAINER_DIR"
        echo "nothing was there" >"$before" # a file instead of a folder
        ;;
      *) exit "$found" ;;
    esac
  fi
  docker cp "releases/$RUNBOOK_RUN/public/." "$CONTAINER:$CONTAINER_DIR"
  echo "revision $REVISION is in $CONTAINER:$CONTAINER_DIR"
  ```
  ```bash {rollback host=$SERVER timeout=2m}
  set -eu
  cd "$DEPLOY_DIR"
  before=releases/$RUNBOOK_RUN/container
  if [ -d "$before" ]; then
    docker cp "$before/." "$CONTAINER:$CONTAINER_DIR"
  elif [ -e "$before" ]; then
    docker exec "$CONTAINER" rm -rf "${CONTAINER_DIR:?}"
  fi
  ```
- [ ] Restart the service ^restart
  ```bash {host=$SERVER timeout=1m on-error=rollback}
  set -eu
  cd "$DEPLOY_DIR"
  ln -sfn "releases/$RUNBOOK_RUN" current.new
  mv -T current.new current # a rename: at no moment is there no `current`
  bash current/service restart
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  set -eu
  cd "$DEPLOY_DIR"
  if [ -n "$PREVIOUS" ]; then
    [ -d "$PREVIOUS" ] || { echo "$DEPLOY_DIR/$PREVIOUS is gone: no way back" >&2; exit 1; }
    ln -sfn "$PREVIOUS" current.new
    mv -T current.new current
    bash current/service restart
  else
    # There was no release before this one: back to nothing running.
    bash "releases/$RUNBOOK_RUN/service" stop
    rm -f current
  fi
  ```
- [ ] Quick check ^check
  ```bash {host=$SERVER timeout=15s retries=5 delay=1s}
  set -eu
  ask() { curl --fail --silent --show-error --noproxy '*' --max-time 5 "http://$BIND:$PORT$1"; }
  health=$(ask /healthz)
  page=$(ask /)
  echo "$health"
  # Answering is not enough: an old server that never stopped answers as well.
  case $health in
    *"\"revision\":\"$REVISION\""*) ;;
    *) echo "a server answers, but it does not run revision $REVISION" >&2; exit 1 ;;
  esac
  case $page in
    *"$REVISION"*) echo "http://$BIND:$PORT serves revision $REVISION" ;;
    *) echo "the page is not that of revision $REVISION" >&2; exit 1 ;;
  esac
  ```
  ```bash {host=$SERVER timeout=1m continue-on-error}
  set -eu
  cd "$DEPLOY_DIR/releases"
  # Old releases go, all but the newest $KEEP; never the one that runs, nor the one to go back to.
  case $KEEP in '' | *[!0-9]*) echo "KEEP must be a number, not \"$KEEP\"" >&2; exit 1 ;; esac
  ls -1r | tail -n "+$((10#$KEEP + 1))" | while IFS= read -r old; do
    case releases/$old in "$(readlink ../current)" | "$PREVIOUS") continue ;; esac
    rm -rf -- "./$old" && echo "removed releases/$old"
  done
  ```

## Good to know

- **What the app must have:** `npm run build`, which makes `dist/` with a file `REVISION` and a script
  `service` (`start`, `stop`, `restart`, `status`), `npm run typecheck` and `npm run lint`; and a server that
  tells its revision at `/healthz`.
- **Another folder or port:** `--set DEPLOY_DIR=/srv/demo --set PORT=9000`. A relative `DEPLOY_DIR` counts
  from the folder of the app here, on a server from the login folder. The server answers to this machine
  only, until `--set BIND=0.0.0.0`.
- **A container as well:** `--set CONTAINER=web` copies the pages into `CONTAINER_DIR` of that container.
  Without it the step is skipped.
- **The build fails, or a check of it:** nothing was touched yet. Mend it and run the note again.
- **“another program listens there”:** the port is taken by something that is no release of ours. Find it
  with `ss -ltnp`, or take another `PORT`.
- **The quick check fails:** the release before runs again by then. What the new server said is in
  `server.log` in the deploy folder.
- **Stop the service:** `bash current/service stop` in the deploy folder; `start` and `status` do what
  they say.

"""####),
  ]
}

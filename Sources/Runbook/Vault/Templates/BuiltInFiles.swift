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
      path: "vault/Home.md",
      text: ####"""
# Home

Each workflow here is a note that can be run. It tells what a deploy does, and after a run it is the
record of what was done: boxes ticked, times, and the log of whatever failed.

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

The tables above are drawn by Obsidian's Bases. For other readers, `runbook stats vault --write vault/Home.md`
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

Four ways to deploy, from what is expected of each and from what their records measured. `Against` is the
measured median against the expected time: a mode that stays far above it is worth a look into the table of
steps of its slowest record.

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

`runbook stats vault --write vault/Modes.md` brings the table up to date. What is expected stands in this
note's property `modes`: a workflow, a time, a use.

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

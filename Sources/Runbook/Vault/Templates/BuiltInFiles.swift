// Made by scripts/embed from templates/ and vault/: change those, and run it again.
// swift-format-ignore-file

enum BuiltInFiles {
  static let all: [BuiltInFile] = [
    BuiltInFile(
      path: "templates/Backup-DB.md",
      text: ####"""
---
template_for: a shared part (the database is dumped, and restored only after a question)
template_note: Backup-DB
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - DATABASE= -- the database, as for `psql --dbname`; none if empty
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - DATABASE={{DATABASE}}
  - RESTORE=ask
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

Dumps a PostgreSQL database on the server, and looks whether the dump can be read before anything relies on
it. A part of [[Workflow-Full]]; run by itself it makes a backup.

## Dump

- [ ] Dump the database {if=DATABASE host=$SERVER} ^dump
  ```bash {capture=BACKUP timeout=$DEPLOY_TIMEOUT on-error=rollback}
  umask 077 # a dump holds what the database holds
  mkdir -p "$DEPLOY_DIR/backups"
  cd "$DEPLOY_DIR/backups"
  trap '[ $? -eq 0 ] || rm -f "$RUNBOOK_RUN.part"' EXIT
  pg_dump --format=custom --no-password --dbname "$DATABASE" --file "$RUNBOOK_RUN.part"
  echo "$PWD/$RUNBOOK_RUN.dump"
  ```
- [ ] Check the dump {if=DATABASE host=$SERVER} ^check-dump
  ```bash {timeout=5m on-error=rollback}
  part=${BACKUP%.dump}.part
  trap 'rm -f "$part"' EXIT
  contents=$(pg_restore --list "$part")
  tables=$(grep -c ' TABLE DATA ' <<<"$contents" || true)
  sync "$part"
  mv "$part" "$BACKUP"
  echo "$BACKUP: $(du -h "$BACKUP" | cut -f 1), data of $tables tables"
  ```

## From here on

- [ ] From here on the database may change {if=DATABASE host=$SERVER} ^from-here
  ```bash {timeout=1m on-error=rollback}
  # Until now only the old version has written to it, and undoing leaves it alone.
  case $RESTORE in
    ask) echo "undoing asks from now on whether to restore $BACKUP" ;;
    never) echo "undoing leaves the database as it is" ;;
    *) echo "RESTORE is ask or never, not \"$RESTORE\"" >&2; exit 1 ;;
  esac
  ```
  ```bash {rollback if=RESTORE=ask confirm="Restore the database as it was before this run? What was written since goes (it is dumped first)." timeout=1h}
  umask 077
  cd "$(dirname "$BACKUP")"
  pg_dump --format=custom --no-password --dbname "$DATABASE" --file "$RUNBOOK_RUN.before-restore.dump"
  # All goes, also what was added since and refers to older tables, and comes back from the dump. In one transaction,
  # whose end is only said once the dump was read to its own: it is restored as a whole, or stays as it is.
  {
    cat <<'SQL'
  begin;
  set local client_min_messages = warning;
  select format('drop %s if exists %s cascade', kind, name) from (
    select 'schema' as kind, quote_ident(nspname) as name from pg_namespace
      where nspname not in ('public', 'information_schema') and nspname !~ '^pg_'
    union all
    select found.type, found.identity
      from pg_depend member, pg_identify_object(member.classid, member.objid, 0) found
      where member.refobjid = to_regnamespace('public') and member.deptype = 'n'
        and member.classid <> 'pg_extension'::regclass
        and not exists (select from pg_depend part where part.classid = member.classid
          and part.objid = member.objid and part.deptype = 'e')
  ) all_but_extensions \gexec
  SQL
    pg_restore --clean --if-exists --file=- "$BACKUP"
    echo 'commit;'
  } | psql --no-psqlrc --quiet --no-password --set ON_ERROR_STOP=1 --dbname "$DATABASE" >/dev/null
  echo "restored from $BACKUP; what was there until now is in $PWD/$RUNBOOK_RUN.before-restore.dump"
  ```

## Good to know

- **Which database:** `--set DATABASE="host=/run/postgresql dbname=shop user=shop"`, as `psql --dbname` takes
  it on the server. Without one these steps are skipped. A password belongs into `~/.pgpass` there, never
  into the note.
- **The server's `pg_dump`** must be as new as the database.
- **The question whether to restore it** is asked once the old version runs again, and stands for a minute.
  If nobody answers, the database stays as it is, and the status is 4. Where nobody watches, say beforehand:
  `--set RESTORE=never`.
- **The restore is whole:** also what the new version added (tables, columns, views) is gone again; extensions stay.
  If it fails, the database stays as it was.
- **A dump stays when a run fails.** It is a backup all the same.
- **To restore it by hand:** `pg_restore --clean --if-exists --single-transaction --exit-on-error --dbname …
  FILE`. Tables that were made since the dump are not in it: they stay, and where they refer to older ones
  the restore refuses, and changes nothing.

"""####),
    BuiltInFile(
      path: "templates/Fast.md",
      text: ####"""
---
template_for: the deploy of a change of medium size (built on the server with its cache, or here)
template_note: Workflow-Fast
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SITE=site -- its name, of the lock that a deploy holds
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
  - BASE=docker.io/library/busybox:stable -- the image that it is built upon
  - PORT=8377 -- what the app's server listens on
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
timeout: 10m
cwd: {{APP}}
lock: {{SITE}}
lock_host: $SERVER
# To be told when a run has ended, or waits for somebody (ntfy.sh sends it to a phone):
# notify: curl -fsS --data-raw "$RUNBOOK_TITLE, $RUNBOOK_SUMMARY" https://ntfy.sh/your-topic
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - BASE={{BASE}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - RUN_OPTIONS=
  - BUILD_MODE=server
  - KEEP=5
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

Builds the image on the server, with the cache of the builds before, and replaces the container. For a
change that a copied folder can't bring: packages, the server's own code, the image.

The container as it is now is saved first, and the old one is kept until the new one answers: whatever step
fails, the old one serves the site again, and what this run has made is removed.

## Deploy

- [ ] ![[Preflight#Name]] ^name
- [ ] ![[Preflight#State]] ^save
- [ ] ![[Upload-Source#Upload]] {if=BUILD_MODE=server} ^upload
- [ ] Build the image on the server {if=BUILD_MODE=server host=$SERVER} ^build
  ```bash {timeout=$DEPLOY_TIMEOUT on-error=rollback}
  cd "$DEPLOY_DIR/sources/$RUNBOOK_RUN/app"
  docker build --file Containerfile --tag "$IMAGE:$RUNBOOK_RUN" --build-arg "BASE=$BASE" \
    --build-arg "REVISION=$REVISION" --build-arg "COMMIT=$COMMIT" .
  ```
  ```bash {rollback timeout=1m}
  built=$(docker images --quiet "$IMAGE:$RUNBOOK_RUN")
  [ -z "$built" ] || docker rmi "$IMAGE:$RUNBOOK_RUN"
  ```
- [ ] Build the image here {if=BUILD_MODE=local} ^build-here
  ```bash {timeout=$DEPLOY_TIMEOUT on-error=rollback}
  docker build --file Containerfile --tag "$IMAGE:$RUNBOOK_RUN" --build-arg "BASE=$BASE" \
    --build-arg "REVISION=$REVISION" --build-arg "COMMIT=$COMMIT" .
  ```
  ```bash {rollback timeout=1m}
  built=$(docker images --quiet "$IMAGE:$RUNBOOK_RUN")
  [ -z "$built" ] || docker rmi "$IMAGE:$RUNBOOK_RUN"
  ```
- [ ] Load the image on the server {if=BUILD_MODE=local} ^load
  ```bash {if=SERVER!=localhost timeout=$DEPLOY_TIMEOUT on-error=rollback}
  read -r -a ssh <<<"$RUNBOOK_SSH"
  docker save "$IMAGE:$RUNBOOK_RUN" | gzip -1 | "${ssh[@]}" "$SERVER" 'gunzip | docker load'
  ```
  ```bash {rollback if=SERVER!=localhost host=$SERVER timeout=1m}
  built=$(docker images --quiet "$IMAGE:$RUNBOOK_RUN")
  [ -z "$built" ] || docker rmi "$IMAGE:$RUNBOOK_RUN"
  ```
- [ ] ![[Restart]] ^restart
- [ ] ![[Verify#Answers]] ^check
- [ ] ![[Tidy-Up]] ^tidy

## Good to know

- **What the app must have:** a `Containerfile` that takes `BASE`, `REVISION` and `COMMIT`, and a server that
  listens on `PORT` and tells its revision at `/healthz`. The demo's runs on any base with a small shell;
  with `--set BASE=docker.io/library/node:22-slim` it is served by Node.
- **What the server needs:** a container engine that `docker` calls for the login there, `bash`, `curl` and
  `rsync`. With `SERVER=localhost` this machine is the server.
- **Build here, not there:** `--set BUILD_MODE=local` (`runbook deploy --fast-build --build-mode local`) builds
  the image on this machine and sends it. For a server that is too small to build, at the price of the upload.
- **The build is slow:** only what stands above the first changed line of the `Containerfile` comes from the
  cache. What a failed run had built is removed, its cache with it.
- **Back to the version before, later:** `runbook rollback RUN`.

"""####),
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
  page=$(mktemp)
  echo "<h1>$GREETING</h1>" >"$page"
  echo "$page"
  ```
  ```bash {rollback}
  [ -z "$PAGE" ] || rm -f "$PAGE"
  ```
- [ ] Look at it
  ```bash
  cat "$PAGE"
  grep -q "$GREETING" "$PAGE"
  ```
- [ ] Take it away again
  ```bash
  rm "$PAGE"
  ```

"""####),
    BuiltInFile(
      path: "templates/Full.md",
      text: ####"""
---
template_for: the deploy of a release (backup, all checks, a build from scratch, watched for a while)
template_note: Workflow-Full
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SITE=site -- its name, of the lock that a deploy holds
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
  - BASE=docker.io/library/busybox:stable -- the image that it is built upon
  - PORT=8377 -- what the app's server listens on
  - DATABASE= -- the database, as for `psql --dbname`; none if empty
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
timeout: 10m
cwd: {{APP}}
lock: {{SITE}}
lock_host: $SERVER
# To be told when a run has ended, or waits for somebody (ntfy.sh sends it to a phone):
# notify: curl -fsS --data-raw "$RUNBOOK_TITLE, $RUNBOOK_SUMMARY" https://ntfy.sh/your-topic
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - BASE={{BASE}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - RUN_OPTIONS=
  - DATABASE={{DATABASE}}
  - RESTORE=ask
  - MIN_FREE_MB=500
  - BUILD_TIMEOUT=none
  - MONITOR_EVERY=30s
  - MONITOR_FOR=5m
  - KEEP=5
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

The deploy of a release: the database is backed up, everything checked that can be, the image built from
scratch, and the new version watched for a while before it counts as deployed.

Whatever step fails, the old container serves the site again. The database is restored only if somebody
says so: what was written meanwhile would be lost, and nobody but you knows whether that is better.

## Deploy

- [ ] ![[Backup-DB#Dump]] {if=DATABASE} ^backup
- [ ] ![[Preflight]] ^preflight
- [ ] ![[Upload-Source#Upload]] ^upload
- [ ] Build the image from scratch {host=$SERVER} ^build
  ```bash {timeout=$BUILD_TIMEOUT on-error=rollback}
  cd "$DEPLOY_DIR/sources/$RUNBOOK_RUN/app"
  docker build --no-cache --file Containerfile --tag "$IMAGE:$RUNBOOK_RUN" --build-arg "BASE=$BASE" \
    --build-arg "REVISION=$REVISION" --build-arg "COMMIT=$COMMIT" .
  ```
  ```bash {fallback timeout=$DEPLOY_TIMEOUT on-error=rollback}
  echo "the build from scratch took too long: with the cache"
  cd "$DEPLOY_DIR/sources/$RUNBOOK_RUN/app"
  docker build --file Containerfile --tag "$IMAGE:$RUNBOOK_RUN" --build-arg "BASE=$BASE" \
    --build-arg "REVISION=$REVISION" --build-arg "COMMIT=$COMMIT" .
  ```
  ```bash {rollback timeout=1m}
  built=$(docker images --quiet "$IMAGE:$RUNBOOK_RUN")
  [ -z "$built" ] || docker rmi "$IMAGE:$RUNBOOK_RUN"
  ```
- [ ] ![[Backup-DB#From here on]] {if=DATABASE} ^from-here
- [ ] ![[Restart]] ^restart
- [ ] ![[Verify]] ^verify
- [ ] Watch it for a while {host=$SERVER} ^watch
  ```bash {every=$MONITOR_EVERY for=$MONITOR_FOR timeout=30s on-error=rollback}
  # One lost answer is no failure, three in a row are.
  for try in 1 2 3; do
    health=$(curl --fail --silent --noproxy '*' --max-time 5 "http://$BIND:$PORT/healthz" || true)
    case $health in *"\"revision\":\"$REVISION\""*) echo "$health"; exit 0 ;; esac
    echo "not an answer of revision $REVISION: ${health:-none}" >&2
    sleep 1
  done
  exit 1
  ```
- [ ] ![[Tidy-Up]] ^tidy

## Good to know

- **What the app must have:** a `Containerfile` that takes `BASE`, `REVISION` and `COMMIT`, and a server that
  listens on `PORT` and tells its revision at `/healthz`. The demo's runs on any base with a small shell;
  with `--set BASE=docker.io/library/node:22-slim` it is served by Node.
- **What the server needs:** a container engine that `docker` calls for the login there, `bash`, `curl` and
  `rsync`. With `SERVER=localhost` this machine is the server.
- **The database:** `--set DATABASE="host=/run/postgresql dbname=shop user=shop"`. Without one, nothing is
  backed up. The dump is in `backups` in the deploy folder, and stays there whatever happens.
- **The question whether to restore it** is asked where the new version has run, once the old one runs again. If
  nobody answers within a minute the database stays as it is, and the status is 4. Where nobody watches, say
  beforehand: `--set RESTORE=never`. [[Backup-DB]] has the details.
- **The build from scratch takes too long:** it is stopped, and the image is built with the cache instead. The
  record shows both tries. `--set BUILD_TIMEOUT=5m` gives it less time than `DEPLOY_TIMEOUT`, which holds for
  every block.
- **Watched for** `MONITOR_FOR`, every `MONITOR_EVERY`. A version that stops answering meanwhile is rolled back.
- **Back to the version before, later:** `runbook rollback RUN` asks about the database as well.

"""####),
    BuiltInFile(
      path: "templates/Incremental.md",
      text: ####"""
---
template_for: the deploy of what changed (only files that the server does not have yet)
template_note: Workflow-Incremental
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SITE=site -- its name, of the lock that a deploy holds
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
  - BASE=docker.io/library/busybox:stable -- the image that it is built upon
  - PORT=8377 -- what the app's server listens on
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
timeout: 10m
cwd: {{APP}}
lock: {{SITE}}
lock_host: $SERVER
# To be told when a run has ended, or waits for somebody (ntfy.sh sends it to a phone):
# notify: curl -fsS --data-raw "$RUNBOOK_TITLE, $RUNBOOK_SUMMARY" https://ntfy.sh/your-topic
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - BASE={{BASE}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - RUN_OPTIONS=
  - KEEP=5
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

Sends only the files that changed since the commit that the server really has, which the last deploy wrote
down there. Files that were removed here are removed there. Then it goes on as [[Workflow-Fast]]: the image is
built on the server with its cache, and the container replaced.

Whatever step fails, the old container serves the site again, and the old sources are in place.

## Deploy

- [ ] ![[Preflight#Name]] ^name
- [ ] ![[Preflight#State]] ^save
- [ ] ![[Upload-Source]] ^upload
- [ ] Build the image on the server {host=$SERVER} ^build
  ```bash {timeout=$DEPLOY_TIMEOUT on-error=rollback}
  cd "$DEPLOY_DIR/sources/$RUNBOOK_RUN/app"
  docker build --file Containerfile --tag "$IMAGE:$RUNBOOK_RUN" --build-arg "BASE=$BASE" \
    --build-arg "REVISION=$REVISION" --build-arg "COMMIT=$COMMIT" .
  ```
  ```bash {rollback timeout=1m}
  built=$(docker images --quiet "$IMAGE:$RUNBOOK_RUN")
  [ -z "$built" ] || docker rmi "$IMAGE:$RUNBOOK_RUN"
  ```
- [ ] ![[Restart]] ^restart
- [ ] ![[Verify#Answers]] ^check
- [ ] ![[Tidy-Up]] ^tidy

## Good to know

- **What the app must have:** a `Containerfile` that takes `BASE`, `REVISION` and `COMMIT`, and a server that
  listens on `PORT` and tells its revision at `/healthz`. The demo's runs on any base with a small shell;
  with `--set BASE=docker.io/library/node:22-slim` it is served by Node.
- **What the server needs:** a container engine that `docker` calls for the login there, `bash`, `curl` and
  `rsync`. With `SERVER=localhost` this machine is the server.
- **What is compared:** after the upload, the checksums of all files there with those here. Somebody's edit on
  the server does not go live by accident: the run fails and says so.
- **The first time,** or when the server's commit is not known here (a branch of somebody else, files that were
  not committed), each file is compared by its checksum, and only what differs is sent.
- **Back to the version before, later:** `runbook rollback RUN`.

"""####),
    BuiltInFile(
      path: "templates/Preflight.md",
      text: ####"""
---
template_for: a shared part (what must hold before a deploy begins; the container's state is saved)
template_note: Preflight
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - MIN_FREE_MB=500
---
# {{title}}

What must hold before a deploy touches anything, and the state of the container to come back to.
[[Workflow-Full]] embeds all of it, [[Workflow-Fast]] and [[Workflow-Incremental]] the first section and the
last.

## Name

- [ ] Name what is deployed ^name
  ```bash {capture=COMMIT timeout=1m on-error=rollback}
  # "+changes" where files differ from the commit, "none" where git does not know this folder.
  if [ -z "$(git ls-files -- . 2>/dev/null | head -n 1)" ]; then
    echo none
    exit
  fi
  commit=$(git rev-parse HEAD)
  [ -z "$(git status --porcelain -- .)" ] || commit=$commit+changes
  echo "$commit"
  ```
  ```bash {capture=REVISION timeout=1m on-error=rollback}
  case ${BUILD_MODE:-server} in
    local | server) ;;
    *) echo "BUILD_MODE is local or server, not \"$BUILD_MODE\"" >&2; exit 1 ;;
  esac
  short=${COMMIT:0:10}
  case $COMMIT in *+*) short=$short+ ;; esac
  # Of each run its own, so that a server that was not restarted can't pass for the new one.
  echo "$short-${RUNBOOK_RUN#*-}"
  ```

## Checks

- [ ] Types ^types
  ```bash {timeout=3m on-error=rollback}
  npm run typecheck
  ```
- [ ] Lint ^lint
  ```bash {timeout=1m on-error=rollback}
  npm run lint
  ```
- [ ] Room on the server {host=$SERVER} ^room
  ```bash {timeout=1m on-error=rollback}
  # A layer that does not fit fails a build after minutes; a full disk fails more than the deploy.
  folder=$DEPLOY_DIR
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  images=$(docker info --format '{{.DockerRootDir}}' 2>/dev/null ||
    docker info --format '{{.Store.GraphRoot}}')
  for place in "$folder" "$images"; do
    [ -d "$place" ] || continue # the engine runs elsewhere
    free=$(df -Pm "$place" | awk 'NR == 2 { print $4 }')
    echo "$place: $free MB free"
    [ "$free" -ge "$MIN_FREE_MB" ] || { echo "at least $MIN_FREE_MB MB are wanted" >&2; exit 1; }
  done
  ```

## State

- [ ] Save the state of the container {host=$SERVER} ^save-state
  ```bash {timeout=5m on-error=rollback}
  docker info >/dev/null # so that no engine is not taken for no container
  if docker container inspect "$CONTAINER" >/dev/null 2>&1; then
    # With what was copied into it since it was made; it answers meanwhile.
    docker commit --pause=false "$CONTAINER" "$IMAGE:before-$RUNBOOK_RUN"
    echo "$CONTAINER as it is now: $IMAGE:before-$RUNBOOK_RUN"
  else
    echo "there is no container $CONTAINER yet, so the way back is none"
  fi
  ```
  ```bash {rollback timeout=1m}
  saved=$IMAGE:before-$RUNBOOK_RUN
  found=$(docker images --quiet "$saved")
  [ -n "$found" ] || exit 0
  users=$(docker ps --all --quiet --filter "ancestor=$saved")
  if [ -n "$users" ]; then
    echo "$saved stays: a container was made of it" >&2
  else
    docker rmi "$saved"
  fi
  ```

## Good to know

- **Too little room:** `docker image prune` frees what no container uses; or `--set MIN_FREE_MB=100`.
- **Volumes** are not part of a saved state: what a container keeps there is not lost with it.

"""####),
    BuiltInFile(
      path: "templates/Quick.md",
      text: ####"""
---
template_for: the deploy for every day (build here, upload, switch, restart, check)
template_note: Workflow-Quick
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SITE=site -- its name, of the lock that a deploy holds
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - PORT=8377 -- what the app's server listens on
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
timeout: 10m
cwd: {{APP}}
lock: {{SITE}}
lock_host: $SERVER
# To be told when a run has ended, or waits for somebody (ntfy.sh sends it to a phone):
# notify: curl -fsS --data-raw "$RUNBOOK_TITLE, $RUNBOOK_SUMMARY" https://ntfy.sh/your-topic
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - CONTAINER=
  - CONTAINER_DIR=/srv/site
  - CONTAINER_FROM=.
  - IMAGE=localhost/site
  - RUN_OPTIONS=
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
  ```bash {timeout=3m on-error=rollback}
  npm run typecheck
  ```
  ```bash {timeout=1m on-error=rollback}
  npm run lint
  ```
- [ ] Save the state of the container {if=CONTAINER} ^save
  ```bash {host=$SERVER timeout=5m on-error=rollback}
  # What it is now, as an image: it answers meanwhile.
  docker commit --pause=false "$CONTAINER" "$IMAGE:before-$RUNBOOK_RUN"
  echo "$CONTAINER as it is now: $IMAGE:before-$RUNBOOK_RUN"
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  saved=$IMAGE:before-$RUNBOOK_RUN
  found=$(docker images --quiet "$saved")
  [ -n "$found" ] || exit 0
  users=$(docker ps --all --quiet --filter "ancestor=$saved")
  if [ -n "$users" ]; then
    echo "$saved stays: the container was made of it" >&2
  else
    docker rmi "$saved"
  fi
  ```
- [ ] Upload dist/ ^upload
  ```bash {host=$SERVER capture=PREVIOUS on-error=rollback}
  mkdir -p "$DEPLOY_DIR/releases"
  cd "$DEPLOY_DIR"
  # Nothing at the first deploy, else releases/<run>: where the way back leads.
  if [ -L current ]; then
    readlink current
  elif [ -e current ]; then
    echo "$DEPLOY_DIR/current is no link: move it away, it would be overwritten" >&2
    exit 1
  fi
  ```
  ```bash {timeout=$DEPLOY_TIMEOUT retries=2 delay=3s on-error=rollback}
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
  cd "$DEPLOY_DIR"
  inside() { docker exec "$CONTAINER" sh -euc "$1" sh "$CONTAINER_DIR" "$RUNBOOK_RUN"; }
  # Of an earlier try: what was there before this run is the way back.
  inside 'rm -rf "$1.new-$2"; if [ -e "$1.before-$2" ]; then rm -rf "$1"; mv "$1.before-$2" "$1"; fi'
  inside 'mkdir -p "$1" "$1.new-$2"'
  docker cp "releases/$RUNBOOK_RUN/$CONTAINER_FROM/." "$CONTAINER:$CONTAINER_DIR.new-$RUNBOOK_RUN"
  # Two renames, so that it never holds half of the new files. A folder of a volume can't be renamed.
  inside 'mv "$1" "$1.before-$2"; mv "$1.new-$2" "$1"'
  echo "revision $REVISION is in $CONTAINER:$CONTAINER_DIR"
  ```
  ```bash {rollback host=$SERVER timeout=3m}
  runs() { docker exec "$CONTAINER" true; }
  if runs || { docker start "$CONTAINER" && runs; }; then
    inside() { docker exec "$CONTAINER" sh -euc "$1" sh "$CONTAINER_DIR" "$RUNBOOK_RUN"; }
    inside 'rm -rf "$1.new-$2"'
    if ! inside '[ -e "$1.before-$2" ]'; then
      # Not swapped yet when the run failed. Undone later: tidied away.
      [ -z "${RUNBOOK_STATUS-}" ] || exit 0
      echo "what $CONTAINER_DIR held before this run is gone: no way back" >&2
      exit 1
    fi
    inside 'rm -rf "$1"; mv "$1.before-$2" "$1"'
    docker restart -t 10 "$CONTAINER"
  else
    # It is lost (Podman's ends with the block that started it, if that fails): anew, of its saved state.
    for try in 1 2 3; do docker rm --force "$CONTAINER" && break; done
    read -r -a options <<<"$RUN_OPTIONS"
    docker run --detach --name "$CONTAINER" --restart unless-stopped --publish "$BIND:$PORT:$PORT" \
      --env "PORT=$PORT" ${options[@]+"${options[@]}"} "$IMAGE:before-$RUNBOOK_RUN"
  fi
  ```
- [ ] Restart the service ^restart
  ```bash {host=$SERVER timeout=1m on-error=rollback}
  cd "$DEPLOY_DIR"
  ln -sfn "releases/$RUNBOOK_RUN" "current-$RUNBOOK_RUN"
  mv -T "current-$RUNBOOK_RUN" current # a rename: at no moment is there no `current`
  if [ -n "$CONTAINER" ]; then docker restart -t 10 "$CONTAINER"; else bash current/service restart; fi
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  cd "$DEPLOY_DIR"
  if [ -n "$PREVIOUS" ]; then
    [ -d "$PREVIOUS" ] || { echo "$DEPLOY_DIR/$PREVIOUS is gone: no way back" >&2; exit 1; }
    ln -sfn "$PREVIOUS" "current-$RUNBOOK_RUN"
    mv -T "current-$RUNBOOK_RUN" current
  else
    # There was no release before this one: back to nothing.
    rm -f current
  fi
  # The container is restarted once the copy is undone.
  [ -z "$CONTAINER" ] || exit 0
  if [ -e current/service ]; then
    bash current/service restart
  else
    bash "releases/$RUNBOOK_RUN/service" stop
  fi
  ```
- [ ] Quick check ^check
  ```bash {host=$SERVER timeout=15s retries=5 delay=1s on-error=rollback}
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
- [ ] Remove old releases ^tidy
  ```bash {host=$SERVER timeout=1m continue-on-error}
  cd "$DEPLOY_DIR"
  case $KEEP in '' | *[!0-9]*) echo "KEEP must be a number, not \"$KEEP\"" >&2; exit 1 ;; esac
  # Only folders that a run made: they are named by its id. The newest $KEEP of them stay, and always the one that
  # runs and the one to go back to.
  ls -1 releases | sed -nE '/^[0-9]{8}-[0-9]{6}-[0-9a-f]{4}$/p' | LC_ALL=C sort -r |
    tail -n "+$((10#$KEEP + 1))" | while IFS= read -r old; do
    [ "$old" != "$RUNBOOK_RUN" ] || continue
    [ "releases/$old" -ef current ] || [ "releases/$old" -ef "$PREVIOUS" ] || rm -rf -- "releases/$old"
  done
  ```
  ```bash {host=$SERVER if=CONTAINER timeout=2m continue-on-error}
  # Likewise what runs kept in the container, and its saved states: before-RUN.
  older() {
    sed -nE 's/^before-([0-9]{8}-[0-9]{6}-[0-9a-f]{4})$/\1/p' | LC_ALL=C sort -r |
      tail -n "+$((10#$KEEP + 1))" | sed "/^$RUNBOOK_RUN\$/d"
  }
  inside() { docker exec "$CONTAINER" sh -euc "$1" sh "$CONTAINER_DIR" "${2-}"; }
  inside 'for old in "$1".before-*; do echo "${old#"$1."}"; done' | older |
    while IFS= read -r run; do inside 'rm -rf "$1.before-$2"' "$run"; done
  docker images --format '{{.Tag}}' "$IMAGE" | older |
    while IFS= read -r run; do
      docker rmi "$IMAGE:before-$run" || echo "$IMAGE:before-$run stays" >&2
    done
  ```

## Good to know

- **What the app must have:** `npm run build`, which makes `dist/` with a file `REVISION` and a script
  `service` (`start`, `stop`, `restart`, `status`), `npm run typecheck` and `npm run lint`; and a server that
  tells its revision at `/healthz`.
- **Another folder or port:** `--set DEPLOY_DIR=/srv/demo --set PORT=9000`. A relative `DEPLOY_DIR` counts
  from the folder of the app here, on a server from the login folder. The server answers to this machine
  only, until `--set BIND=0.0.0.0`.
- **In a container:** `--set CONTAINER=web` copies the release into `CONTAINER_DIR` of that container and
  restarts it, in place of the service of the release folder. `--set CONTAINER_FROM=public` copies only the pages,
  for a web server of plain files. A folder on a volume can't be swapped, and is refused.
- **The state that was saved** is the image `IMAGE:before-RUN`. Should undoing find the container dead, it makes one of
  that, with `RUN_OPTIONS` as behind `docker run`.
- **The build fails, or a check of it:** nothing was touched yet. Mend it and run the note again.
- **“another program listens there”:** the port is taken by something that is no release of ours. Find it
  with `ss -ltnp`, or take another `PORT`.
- **The quick check fails:** the release before runs again by then. What the new server said is in
  `server.log` in the deploy folder.
- **What is removed** are releases, kept folders and images that a run named by its id, all but the newest `KEEP`.
  Anything else in the deploy folder, such as `releases/shared`, is yours, and stays.
- **Stop the service:** `bash current/service stop` in the deploy folder; `start` and `status` do what
  they say.

"""####),
    BuiltInFile(
      path: "templates/Restart.md",
      text: ####"""
---
template_for: a shared part (the container is replaced by one of the new image, and put back if that fails)
template_note: Restart
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
  - PORT=8377 -- what the app's server listens on
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - RUN_OPTIONS=
---
# {{title}}

Replaces the container by one of the image that this run has built. The old one is stopped and kept under
another name, so the way back is to start it again, just as it was. [[Workflow-Fast]], [[Workflow-Full]]
and [[Workflow-Incremental]] embed it; run by itself it makes the container anew from the image that it has.

- [ ] Replace the container {host=$SERVER} ^replace
  ```bash {capture=ANSWERED timeout=1m on-error=rollback}
  # What the site answers until now: undoing brings that back. An app that knows no /healthz says 404, and one that
  # does not listen there is 000.
  docker info >/dev/null # so that no engine is not taken for no container
  docker container inspect "$CONTAINER" >/dev/null 2>&1 || { echo none; exit; }
  curl --silent --output /dev/null --write-out '%{http_code}' --noproxy '*' --max-time 5 \
    "http://$BIND:$PORT/healthz" || true
  ```
  ```bash {timeout=2m on-error=rollback}
  before=$CONTAINER-before-$RUNBOOK_RUN
  new=$CONTAINER-new-$RUNBOOK_RUN
  exists() { docker container inspect "$1" >/dev/null 2>&1; }
  # Podman needs a second try for one whose supervisor is gone.
  remove() { docker rm --force "$1" || docker rm --force "$1"; }
  is_ours() {
    exists "$1" &&
      [ "$(docker container inspect --format '{{index .Config.Labels "runbook.run"}}' "$1")" = "$RUNBOOK_RUN" ]
  }
  image=$IMAGE:$RUNBOOK_RUN
  if ! docker image inspect "$image" >/dev/null 2>&1; then
    image=$(docker container inspect --format '{{.Image}}' "$CONTAINER")
  fi
  # Of an earlier try of this step.
  ! exists "$new" || remove "$new"
  ! is_ours "$CONTAINER" || remove "$CONTAINER"
  read -r -a options <<<"$RUN_OPTIONS"
  # Made before the old one stops: a mistake in the options costs no outage.
  docker create --name "$new" --label "runbook.run=$RUNBOOK_RUN" --restart unless-stopped \
    --publish "$BIND:$PORT:$PORT" --env "PORT=$PORT" ${options[@]+"${options[@]}"} "$image"
  if exists "$CONTAINER"; then
    docker stop -t 10 "$CONTAINER"
    docker rename "$CONTAINER" "$before"
  fi
  docker rename "$new" "$CONTAINER"
  docker start "$CONTAINER"
  ```
  ```bash {rollback timeout=3m}
  before=$CONTAINER-before-$RUNBOOK_RUN
  new=$CONTAINER-new-$RUNBOOK_RUN
  exists() { docker container inspect "$1" >/dev/null 2>&1; }
  # Podman needs a second try for one whose supervisor is gone.
  remove() { docker rm --force "$1" || docker rm --force "$1"; }
  is_ours() {
    exists "$1" &&
      [ "$(docker container inspect --format '{{index .Config.Labels "runbook.run"}}' "$1")" = "$RUNBOOK_RUN" ]
  }
  docker info >/dev/null
  saved=$(docker images --quiet "$IMAGE:before-$RUNBOOK_RUN")
  if is_ours "$CONTAINER" && ! exists "$before" && [ -z "$saved" ] && [ "${ANSWERED:-none}" != none ]; then
    echo "the container before this run and its saved state are gone: no way back" >&2
    exit 1
  fi
  ! exists "$new" || remove "$new"
  ! is_ours "$CONTAINER" || remove "$CONTAINER"
  ! exists "$before" || docker rename "$before" "$CONTAINER"
  if exists "$CONTAINER"; then
    docker start "$CONTAINER"
  elif [ -n "$saved" ]; then
    # The old container is gone (this run is undone long after it). Its saved state is there.
    read -r -a options <<<"$RUN_OPTIONS"
    docker run --detach --name "$CONTAINER" --restart unless-stopped \
      --publish "$BIND:$PORT:$PORT" --env "PORT=$PORT" ${options[@]+"${options[@]}"} \
      "$IMAGE:before-$RUNBOOK_RUN"
  else
    echo "there was no container before: nothing runs, as before"
  fi
  ```
  ```bash {rollback timeout=2m}
  # Undone is only what answers as before. A block of its own, for what a failing one has started is ended with it.
  case $ANSWERED in '' | none | 000) exit 0 ;; esac
  for try in 1 2 3 4 5 6 7 8 9 10; do
    answer=$(curl --silent --output /dev/null --write-out '%{http_code}' --noproxy '*' --max-time 5 \
      "http://$BIND:$PORT/healthz" || true)
    [ "$answer" != "$ANSWERED" ] || exit 0
    echo "it answers $answer, and not $ANSWERED as before yet ($try)" >&2
    sleep 1
  done
  exit 1
  ```

## Good to know

- **More for the container** (volumes, networks, variables): `--set RUN_OPTIONS="--volume data:/data"`, in
  words as behind `docker run`, without quotes inside. They hold for each container that is made, so
  better write them into the note's parameters.
- **The outage** is what stopping the old one and starting the new one takes: a second or two.
- **The old container** stays under the name `…-before-…` until a later deploy tidies up. To go back by hand:
  `docker stop`, `docker rename`, `docker start`; or `runbook rollback RUN`.

"""####),
    BuiltInFile(
      path: "templates/Tidy-Up.md",
      text: ####"""
---
template_for: a shared part (what old deploys left goes, all but the newest)
template_note: Tidy-Up
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - KEEP=5
---
# {{title}}

Removes what deploys left on the server, all but the newest `KEEP` of each kind. It comes last, when the new
version has proved itself, and its failure changes nothing. What no run made stays: your own dumps, folders,
containers and images.

- [ ] Remove what old deploys left {host=$SERVER} ^tidy
  ```bash {timeout=5m continue-on-error}
  case $KEEP in '' | 0 | *[!0-9]*) echo "KEEP must be a number from 1, not \"$KEEP\"" >&2; exit 1 ;; esac
  # Of the names that it reads, the ids of runs that hold one, between $1 and $2: all but the newest $KEEP and this.
  older() {
    sed -nE "s/^${1-}([0-9]{8}-[0-9]{6}-[0-9a-f]{4})${2-}\$/\1/p" | LC_ALL=C sort -r |
      tail -n "+$((10#$KEEP + 1))" | sed "/^$RUNBOOK_RUN\$/d"
  }
  # Containers that were replaced, of those that a run made.
  docker ps --all --filter label=runbook.run --format '{{.Names}}' | older "$CONTAINER-before-" |
    while IFS= read -r run; do docker rm --force "$CONTAINER-before-$run"; done
  # Images of either kind. What a container still uses the engine does not give away.
  for kind in "" before-; do
    docker images --format '{{.Tag}}' "$IMAGE" | older "$kind" | while IFS= read -r run; do
      docker rmi "$IMAGE:$kind$run" || echo "$IMAGE:$kind$run stays" >&2
    done
  done
  [ -d "$DEPLOY_DIR" ] || exit 0
  cd "$DEPLOY_DIR"
  if [ -d sources ]; then
    ls -1 sources | older | while IFS= read -r run; do
      [ "sources/$run" -ef source ] || [ "sources/$run" -ef "${SOURCE_BEFORE-}" ] || rm -rf -- "sources/$run"
    done
  fi
  if [ -d backups ]; then
    ls -1 backups | older "" "[.]dump" | while IFS= read -r run; do
      rm -f -- "backups/$run.dump" "backups/$run.before-restore.dump"
    done
  fi
  ```

"""####),
    BuiltInFile(
      path: "templates/Upload-Source.md",
      text: ####"""
---
template_for: a shared part (the sources go to the server, all of them or what changed)
template_note: Upload-Source
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - DEPLOY_DIR=../site -- the folder of the releases there
  - TIMEOUT=600 -- how long a build or an upload may take, in seconds
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - DEPLOY_DIR={{DEPLOY_DIR}}
  - DEPLOY_TIMEOUT={{TIMEOUT}}
---
# {{title}}

Brings the sources to the server, into a folder of this run, and compares the checksums of both sides. What
git ignores is no source. A file `REVISION` beside them names the commit that they are, and the link `source`
the folder that was deployed last. [[Workflow-Fast]] and [[Workflow-Full]] embed the second section,
[[Workflow-Incremental]] all of it.

## Since when

- [ ] See what the server has ^since
  ```bash {host=$SERVER capture=SERVER_COMMIT timeout=1m on-error=rollback}
  cat "$DEPLOY_DIR/source/REVISION" 2>/dev/null || true
  ```
  ```bash {capture=SOURCE_SINCE timeout=1m on-error=rollback}
  # Only a commit that is known here tells what changed since; else checksums do.
  if git cat-file -e "$SERVER_COMMIT^{commit}" 2>/dev/null; then
    echo "$SERVER_COMMIT"
    echo "the server has commit $SERVER_COMMIT" >&2
  else
    echo "the server's sources are of no commit that is known here (${SERVER_COMMIT:-none}): by checksums" >&2
  fi
  ```

## Upload

- [ ] Upload the source ^upload-source
  ```bash {host=$SERVER capture=SOURCE_BEFORE timeout=2m on-error=rollback}
  mkdir -p "$DEPLOY_DIR/sources"
  cd "$DEPLOY_DIR"
  before=
  if [ -L source ]; then
    before=$(readlink source)
  elif [ -e source ]; then
    echo "$DEPLOY_DIR/source is no link: move it away, it would be overwritten" >&2
    exit 1
  fi
  rm -rf "sources/$RUNBOOK_RUN"
  mkdir "sources/$RUNBOOK_RUN"
  if [ -n "${SOURCE_SINCE-}" ]; then
    # A copy, which the changes are put upon: what was deployed last stays as it is.
    cp -a "$before/app" "sources/$RUNBOOK_RUN/"
  else
    mkdir "sources/$RUNBOOK_RUN/app"
  fi
  echo "$before"
  ```
  ```bash {capture=SOURCE_SUM timeout=$DEPLOY_TIMEOUT retries=2 delay=3s on-error=rollback}
  sources() {
    if [ -n "$(git ls-files -- . 2>/dev/null | head -n 1)" ]; then
      git ls-files -z --cached --others --exclude-standard --deduplicate
    else
      find . \( -name node_modules -o -name dist -o -name .git \) -prune -o -type f -print0
    fi | while IFS= read -r -d '' file; do
      # Deleted and not committed yet: no source either.
      [ ! -f "$file" ] || printf './%s\0' "${file#./}"
    done | LC_ALL=C sort -z
  }
  changes() {
    git diff --name-only --no-renames --relative -z "$SOURCE_SINCE" -- .
    git ls-files -z --others --exclude-standard
  }
  there=$DEPLOY_DIR/sources/$RUNBOOK_RUN/app
  [ "$SERVER" = localhost ] || there=$SERVER:$there
  if [ -n "${SOURCE_SINCE-}" ]; then
    # What is on the list and no longer here is deleted there.
    changes | rsync -a --from0 --files-from=- --checksum --delete-missing-args --force --itemize-changes \
      -e "$RUNBOOK_SSH" . "$there/" >&2
  else
    # What the server has with the same checksum is copied there, and not sent.
    known=${SOURCE_BEFORE:+--copy-dest=../../../$SOURCE_BEFORE/app}
    sources | rsync -a --from0 --files-from=- --checksum ${known:+"$known"} --itemize-changes \
      -e "$RUNBOOK_SSH" . "$there/" >&2
  fi
  sources | xargs -0 sha256sum | sha256sum
  ```
  ```bash {host=$SERVER timeout=2m on-error=rollback}
  cd "$DEPLOY_DIR/sources/$RUNBOOK_RUN/app"
  find . -mindepth 1 -type d -empty -delete
  sum=$(find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum)
  if [ "$sum" != "$SOURCE_SUM" ]; then
    echo "what is there is not what is here: was it changed on the server? Workflow-Fast compares all files" >&2
    exit 1
  fi
  echo "$(find . -type f | wc -l) files, the same as here"
  cd ..
  printf '%s\n' "${COMMIT:-none}" >REVISION
  cd ../..
  ln -sfn "sources/$RUNBOOK_RUN" "source-$RUNBOOK_RUN"
  mv -T "source-$RUNBOOK_RUN" source
  ```
  ```bash {rollback host=$SERVER timeout=1m}
  [ -d "$DEPLOY_DIR/sources" ] || exit 0 # not even begun
  cd "$DEPLOY_DIR"
  if [ "$(readlink source || true)" = "sources/$RUNBOOK_RUN" ]; then
    if [ -d "$SOURCE_BEFORE" ]; then
      ln -sfn "$SOURCE_BEFORE" "source-$RUNBOOK_RUN"
      mv -T "source-$RUNBOOK_RUN" source
    else
      rm source
    fi
  fi
  rm -rf "sources/${RUNBOOK_RUN:?}"
  ```

## Good to know

- **“what is there is not what is here”:** after an upload of what changed, somebody edited the server's copy.
  [[Workflow-Fast]] compares every file, and puts it right.
- **Nothing is known of the server's commit** after a deploy of files that were not committed: then each file
  is compared by its checksum, and only what differs is sent. Commit first, and the next one is incremental.

"""####),
    BuiltInFile(
      path: "templates/Verify.md",
      text: ####"""
---
template_for: a shared part (the site answers, with what was just built, all of it)
template_note: Verify
template_vars:
  - APP=.. -- the folder of the app, from the note's own
  - SERVER=localhost -- where the site runs, a host of your ssh configuration
  - CONTAINER=site -- the container that serves the site
  - IMAGE=localhost/site -- the name of its image
  - PORT=8377 -- what the app's server listens on
  - DATABASE= -- the database, as for `psql --dbname`; none if empty
tags: [runbook]
cwd: {{APP}}
params:
  - SERVER={{SERVER}}
  - CONTAINER={{CONTAINER}}
  - IMAGE={{IMAGE}}
  - PORT={{PORT}}
  - BIND=127.0.0.1
  - DATABASE={{DATABASE}}
---
# {{title}}

Whether the site answers, and with the revision that was just deployed. [[Workflow-Fast]] and
[[Workflow-Incremental]] embed the first section, [[Workflow-Full]] all of it. Run by itself, it asks whether
what runs is at one with itself.

## Answers

- [ ] Ask the site for its revision {host=$SERVER} ^answers
  ```bash {timeout=15s retries=5 delay=1s on-error=rollback}
  ask() { curl --fail --silent --show-error --noproxy '*' --max-time 5 "http://$BIND:$PORT$1"; }
  health=$(ask /healthz)
  page=$(ask /)
  echo "$health"
  told=$(sed -n 's/.*"revision":"\([^"]*\)".*/\1/p' <<<"$health")
  expected=${REVISION:-$told}
  # Answering is not enough: an old server that never stopped answers as well.
  if [ -z "$told" ] || [ "$told" != "$expected" ]; then
    echo "a server answers, but it does not run revision $expected" >&2
    exit 1
  fi
  case $page in
    *"$expected"*) echo "http://$BIND:$PORT serves revision $expected" ;;
    *) echo "the page is not that of revision $expected" >&2; exit 1 ;;
  esac
  ```

## In depth

- [ ] Look at the container {host=$SERVER} ^container-state
  ```bash {timeout=30s on-error=rollback}
  tell() { docker container inspect --format "$1" "$CONTAINER"; }
  [ "$(tell '{{.State.Running}}')" = true ] || { echo "$CONTAINER does not run" >&2; exit 1; }
  # One that dies and is started again answers now and then.
  restarts=$(tell '{{.RestartCount}}')
  [ "$restarts" = 0 ] || { echo "$CONTAINER was restarted $restarts times" >&2; exit 1; }
  built=$(docker image inspect --format '{{.Id}}' "$IMAGE:$RUNBOOK_RUN" 2>/dev/null || tell '{{.Image}}')
  running=$(tell '{{.Image}}')
  [ "$running" = "$built" ] || { echo "$CONTAINER runs $running, not $built" >&2; exit 1; }
  echo "$CONTAINER runs $running"
  ```
- [ ] Ask for all that the page needs {host=$SERVER} ^assets
  ```bash {timeout=2m on-error=rollback}
  ask() { curl --fail --silent --show-error --noproxy '*' --max-time 10 "http://$BIND:$PORT/$1"; }
  page=$(ask "")
  files=$(grep -oE '(href|src)="[^"#?:]+"' <<<"$page" | cut -d '"' -f 2 | sort -u || true)
  [ -n "$files" ] || { echo "the page names no file at all" >&2; exit 1; }
  while IFS= read -r file; do
    size=$(ask "${file#/}" | wc -c)
    [ "$size" -gt 0 ] || { echo "$file is empty" >&2; exit 1; }
    echo "$file  $size bytes"
  done <<<"$files"
  ```
- [ ] Ask the database {if=DATABASE host=$SERVER} ^database
  ```bash {timeout=30s on-error=rollback}
  psql --no-psqlrc --no-password --tuples-only --dbname "$DATABASE" --command "select 'it answers'"
  ```

## Good to know

- **It does not run the revision that it should:** the old container did not stop, or something else listens
  on that port: `docker ps`, `ss -ltnp`.
- **A file of the page is missing:** the build left it out. What it did is in the log of the build.

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
    "run_order": "number",
    "runbook": "text",
    "host": "text",
    "user": "text",
    "commit": "text",
    "mode": "text",
    "undoes": "text",
    "part": "number",
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
- A block in a shell stops at its first command that fails, and then it has failed. What may fail says so: `… || true`.
  `{strict=false}` leaves that to the block.
- Braces at the end of a step's line count for all of its blocks.

```console
$ runbook exec Guide/2-Steps-and-blocks.md
11:37:32  ▸ 2-Steps-and-blocks  run 20261128-113732-e644
11:37:32  ▸ 1 Make a folder
11:37:32  ✓ 1 Make a folder  0.0s
11:37:32  ▸ 2 Fill it
11:37:32  ▸ 2.1 A page
11:37:32  ✓ 2.1 A page  0.0s
11:37:32  ▸ 2.2 Its size, by Python
11:37:33  ✓ 2.2 Its size, by Python  0.6s
11:37:33  ✓ 2 Fill it  0.6s
11:37:33  ▸ 3 Compress it, unless that is done
11:37:33  ▸ 3 Compress it, unless that is done  done-if
11:37:33  ▸ 3 Compress it, unless that is done  not done yet
11:37:33  ✓ 3 Compress it, unless that is done  0.0s
11:37:33  ▸ 4 Something that may fail
11:37:33  ! 4 Something that may fail  warning, 2-Steps-and-blocks.md:37: false: exit 1, 0.0s
11:37:33  ▸ 1 Make a folder  always
11:37:33  ✓ 1 Make a folder  always, 0.0s

succeeded with warnings · 5 of 5 steps · 0.9s
note    Guide/2-Steps-and-blocks.md
record  Runs/2026-11-28 113732 2-Steps-and-blocks.md
$ echo "status $?"
status 0
$ runbook logs | tail -n 4
── 4 Something that may fail
15 bytes, and nobody counts them
── 2-Steps-and-blocks.md:37: false: exit 1
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

Each block has a deadline: its own, else the step's, else the note's, else ten minutes. What `on-timeout` names is done
then, at once. Where it names nothing a terminal asks: wait longer, take the other way, leave it running in the
background, or cancel. If nobody answers for a minute, or nobody is there, the block is stopped, and its other way taken
where there is one.

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
── 4-Time-limits.md:27: test "$attempt" -ge 1: exit 1
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
11:37:34  ▸ 5-Rollback  run 20261128-113734-4d7a
11:37:34  ▸ 1 Remember what is there
11:37:34  ✓ 1 Remember what is there  0.0s
11:37:34  ▸ 2 Put the new version there
11:37:34  ✓ 2 Put the new version there  0.0s
11:37:34  ▸ 3 Check it
11:37:34  ✗ 3 Check it  failed, 5-Rollback.md:32: $CHECK: exit 1, 0.0s
11:37:34  ↩ rolling back  1 step
11:37:34  ▸ 2 Put the new version there  rollback
11:37:34  ↩ 2 Put the new version there  rolled back, 0.0s

failed at “Check it” · rolled back · 1 of 3 steps · 0.1s
5-Rollback.md:32: $CHECK: exit 1
note    Guide/5-Rollback.md
record  Runs/2026-11-28 113734 5-Rollback.md
next    runbook logs 4d7a 3
$ echo "status $?"
status 3
$ cmp ~/runbook-guide-site ~/runbook-guide-first && echo "the first version is back"
the first version is back
```

Steps are undone newest first. A step that did not start is not undone. In a terminal you are asked before: retry, mark the
step as done, skip it, roll back, or stop here. One Ctrl-C during a rollback is a warning, the second one ends it.

A run that succeeded can be undone later as well, by `runbook rollback`. It shows what it will undo, and asks; without a
terminal it wants the run named, and `--yes`:

```console
$ runbook exec Guide/5-Rollback.md > /dev/null
$ runbook rollback
run 065d of Guide/5-Rollback.md · succeeded · just now, 2026-11-28 11:37:35 +00:00, by ana on laptop
with SITE=runbook-guide-site  CHECK=true
to undo, in this order:
  2 Put the new version there
error: nobody can be asked whether to undo that
  fix: name the run, and say yes: runbook rollback 065d --yes
$ runbook rollback 065d --yes
11:37:36  ▸ 5-Rollback  run 20261128-113736-2d26, undoes 20261128-113735-065d
11:37:36  ↩ rolling back  1 step
11:37:36  ▸ 2 Put the new version there  rollback
11:37:36  ↩ 2 Put the new version there  rolled back, 0.0s

run 065d rolled back · 2 of 3 steps · 0.0s
note    Guide/5-Rollback.md
record  Runs/2026-11-28 113736 5-Rollback.md
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
10:15:32  ▸ 6-Manual-steps  run 20261128-101532-7e5c
10:15:32  ▸ 1 Put the page online
10:15:32  ✓ 1 Put the page online  0.0s
10:15:32  ▸ 2 Look at the page on your phone
10:15:32  ? 2 Look at the page on your phone  a person does this step

waiting at “Look at the page on your phone” · 1 of 3 steps · 0.0s
note    Guide/6-Manual-steps.md
next    tick its box, then runbook resume 7e5c
$ echo "status $?"
status 75
```

Tick the box in Obsidian, or as here by a command, and go on. A run that is going on in the background sees the tick
by itself. `--yes` answers `confirm`, never a manual step:

```console
$ sed -i 's/^- \[ \] Look at/- [x] Look at/' Guide/6-Manual-steps.md
$ runbook resume
10:15:32  ✓ 2 Look at the page on your phone
10:15:32  ▸ 3 Tell the others
10:15:32  ✓ 3 Tell the others  0.0s

succeeded · 3 of 3 steps · 0.1s
note    Guide/6-Manual-steps.md
record  Runs/2026-11-28 101532 6-Manual-steps.md
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
$ runbook rollback 671f --yes > /dev/null; runbook logs | tail -n 1
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
11:37:37  ▸ 9-Records  run 20261128-113737-9e90
11:37:37  ▸ 1 Paint
11:37:37  ✓ 1 Paint  0.0s
11:37:37  ▸ 2 Look at it
11:37:37  ✗ 2 Look at it  failed, 9-Records.md:22: test "$COLOUR" = blue: exit 1, 0.0s

failed at “Look at it” · nothing rolled back · 1 of 2 steps · 0.0s
9-Records.md:22: test "$COLOUR" = blue: exit 1
note    Guide/9-Records.md
record  Runs/2026-11-28 113737 9-Records.md
next    runbook logs 9e90 2, then runbook resume 9e90 to go on
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
- COLOUR: `blue` → `red`
$ runbook logs
── 1 Paint
painting it red
── 2 Look at it
── 9-Records.md:22: test "$COLOUR" = blue: exit 1
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

- **Which run do they mean?** The latest one of this vault with which that can be done; `runbook runs` lists all, and
  any can be named by the four digits in front: `runbook rollback 7f3a`. It shows what it will undo, and asks.
- **Where was it?** `Deploy.md:41: npm run build: exit 1` names the note's line. A block stops at its first failure.
- **What did it say?** `runbook logs` has the whole output of the last run, `runbook logs RUN STEP` that of one step.
- **It failed and was left as it is, or you stopped it:** once it is mended, `runbook resume` goes on at the step that
  failed, with all values, and `runbook exec NOTE --from STEP --continue RUN` at another one.
- **This machine crashed in the middle of it:** `runbook resume`. What was running went on or is asked about; nothing
  is run twice unsaid.
- **It hangs:** Ctrl-C once stops it and rolls back; a terminal asks first, and says what follows from each key. From elsewhere: `runbook cancel`.
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

| workflow | for | how |
| --- | --- | --- |
| [[Workflow-Quick]] | corrections | built here, `dist/` goes to the server, or into a container there |
| [[Workflow-Fast]] | changes of medium size | built on the server with its cache, or here; the container is replaced |
| [[Workflow-Incremental]] | the same, over a slow line | only the files go there that changed since the commit that the server has |
| [[Workflow-Full]] | releases | backup, all checks, a build from scratch, verified and watched for a while |

What they share is in notes of its own, which can be run by themselves too: [[Backup-DB]], [[Preflight]],
[[Upload-Source]], [[Restart]], [[Verify]], [[Tidy-Up]].

[[Modes]] has the ways to deploy beside each other: when to take which, and how long each really takes.

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
| [[Workflow-Quick\|Quick]] | corrections and small changes | 1m | – | – | – | 0 | – |
| [[Workflow-Fast\|Fast]] | changes of some size; built on the server with its cache | 5m | – | – | – | 0 | – |
| [[Workflow-Full\|Full]] | releases; with a backup of the database and a build from scratch | 15m | – | – | – | 0 | – |
| [[Workflow-Incremental\|Incremental]] | only the files that changed since the commit that the server has | 30s | – | – | – | 0 | – |

<!-- /runbook stats -->

`runbook stats . --write Modes.md`, typed in the vault's folder, brings the table up to date. An entry of `modes` is a
workflow, a time and a use.

"""####),
  ]
}

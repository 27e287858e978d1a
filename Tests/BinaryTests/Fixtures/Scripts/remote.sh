#!/bin/bash
# Deploys the shop to its server.
set -e

SERVER=localhost
REMOTE_DIR=shop
BRANCH=main
SSH_PORT=22

echo "==> Pack the sources"
rm -rf pack && mkdir pack
cp -R src/. pack/
echo "$BRANCH" > pack/BRANCH
tar -czf pack.tgz -C pack .

echo "==> Make the folders on the server"
ssh $SERVER "mkdir -p $REMOTE_DIR/releases $REMOTE_DIR/shared"

STAMP=$(date +%s)

echo "==> Upload"
scp -q pack.tgz "$SERVER:$REMOTE_DIR/pack.tgz"

echo "==> Unpack"
ssh "$SERVER" bash -se <<EOF
cd "$REMOTE_DIR"
mkdir -p "releases/$STAMP"
tar -xzf pack.tgz -C "releases/$STAMP"
rm pack.tgz
count=\$(ls "releases/$STAMP" | wc -l)
echo "\$count files"
EOF

# Keep the settings of the server
ssh "$SERVER" 'set -e
cd shop
[ -e shared/settings.ini ] || printf "%s\n" "[shop]" "workers = 4" > shared/settings.ini
ln -sfn ../../shared/settings.ini "releases/$(ls -1 releases | tail -n 1)/settings.ini"'

echo "==> Switch"
ssh -q $SERVER "cd $REMOTE_DIR && ln -sfn releases/$STAMP current && readlink current"
ssh -p "$SSH_PORT" "$SERVER" "touch $REMOTE_DIR/restarted"

echo "==> Check"
VERSION=$(ssh "$SERVER" "cat $REMOTE_DIR/current/BRANCH")
if [ "$VERSION" != "$BRANCH" ]; then
  echo "the server has '$VERSION'" >&2
  exit 1
fi
echo "Deployed $BRANCH"

#!/bin/bash
set -e
HOST=web1
DIR=/srv/app
REL=$(date +%s)
LABEL="$DIR-label"

# Literal
ssh $HOST 'uptime; echo "$HOME"'
# With values from here
ssh deploy@"$HOST" "mkdir -p $DIR/$REL && echo \$PWD > ${DIR}/pwd"
# Words
ssh -q "$HOST" sudo systemctl restart "$LABEL"
# A here-document
ssh "$HOST" bash -euo pipefail -s <<-EOF
	cd $DIR
	echo \$(hostname)
	EOF
ssh "$HOST" <<'END'
set -- a b
echo "$1"
END
# Quoted away there, so it stays here
ssh "$HOST" "echo '$DIR'"
# A command from here in it
ssh "$HOST" "echo $(whoami)"
# Options, and a pipe
ssh -p 2222 "$HOST" true
tar c . | ssh "$HOST" 'tar x'
# The other side's own variable of a name of ours
ssh "$HOST" 'echo "$DIR"'
# A value from there
FREE=$(ssh "$HOST" "df -Pk $DIR | tail -n 1")
echo "$FREE"
# In a loop
for host in a b; do ssh "$host" uptime; done

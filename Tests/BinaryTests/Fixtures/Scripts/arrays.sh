#!/bin/bash -eu
shopt -s nullglob

# ------------------------------------------------------------
# Settings
# ------------------------------------------------------------
declare -A PORTS=(
  [web]=8080 [api]=9090   # by service
)
SERVICES=(web api)
OUT="out dir"
GREETING='it'"'"'s here'
umask 022
export LC_ALL=C
MOTTO="first line
second line"

# ------------------------------------------------------------
# Write the files
# ------------------------------------------------------------

TRACE="$PWD/trace.log"
workdir=$(mktemp -d)
trap 'rm -rf "$workdir"; echo "cleaned up" >> "$TRACE"' EXIT

mkdir -p "$OUT"
cd "$OUT"

# One file a service
for service in "${SERVICES[@]}"; do
  cat > "$service.conf" <<-CONF
	[${service}]
	port = ${PORTS[$service]}
	greeting = $GREETING
	CONF
done

# A unit file, in which nothing is to be expanded
cat > app.service <<'UNIT'
[Service]
ExecStart=/bin/sh -c 'echo $HOME; exec "$0"'

# not a comment of the script
Environment="A=1" "B=`date`"
UNIT

# Count what is there
count=0
for file in *.conf *.service; do
  count=$((count + 1))
  names+=("$file")
done
printf '%s\n' "${names[@]}" > list.txt
echo "$count files" >> list.txt

# Say the motto
printf '%s\n' "$MOTTO" > motto.txt; echo "motto written"
cp motto.txt "$workdir/"

set +e
grep -q missing motto.txt
found=$?
set -e
echo "grep said $found" >> list.txt

cd ..

# Pack everything
case "$(uname)" in
  Linux) tar_options=(--sort=name --mtime=@0) ;;
  *) tar_options=() ;;
esac
tar "${tar_options[@]}" -cf "out.tar" "$OUT" && echo packed

# Tell it in the background
(
  cd "$OUT"
  ls | tr '\n' ' ' > ../names.txt
) &
wait

if [ -s names.txt ]; then
  echo "all is well"
fi

exit 0

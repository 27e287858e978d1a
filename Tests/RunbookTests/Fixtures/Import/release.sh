#!/usr/bin/env bash
set -Eeuo pipefail
source ./lib.sh
readonly APP="my app"
VERSION=${VERSION:?set VERSION}
IMAGE="registry/$APP:$VERSION"
HOSTS=("web1" "web2")
LOG=deploy-$(date +%F).log
exec > >(tee -a "$LOG") 2>&1

trap 'echo "failed at line $LINENO"; rollback' ERR

rollback() {
  echo rolling back "$IMAGE"
}

# Build the image
docker_build() { echo docker build -t "$IMAGE" .; }
docker_build

# Deploy on each host
for h in "${HOSTS[@]}"; do
  ssh "$h" "docker pull $IMAGE && docker restart app"
done

true
helper() { echo "between $APP"; }
helper

read -p "Really? (y/n) " -n 1 -r
if [[ ! $REPLY =~ ^[Yy]$ ]]; then exit 1; fi

pushd frontend >/dev/null
npm ci
popd >/dev/null

(cd backend && make) &
BUILD_PID=$!
echo waiting
wait $BUILD_PID

cat <<EOF | ssh deploy@web1 'cat > /etc/app.conf'
version=$VERSION
EOF

#!/bin/bash
# Build
make build
# Publish
rsync -a dist/ web1:site
ssh web1 "sudo -n systemctl restart app"

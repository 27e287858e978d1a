#!/bin/bash
set -e

########################################
# Phase one
########################################

# 1. first {things} `here` [x] #tag ^id
# More of it, with a word
true

#echo "put out of use"
echo "Second..."
true
echo "All done"

### Phase two ###

# A title that is much longer than any title of a step should ever be, so that nobody could read it in a table
true
true

# Same
true
# Same
true
cat <<'EOF'
```
<% x %>
EOF

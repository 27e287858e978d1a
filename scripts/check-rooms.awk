# See check-rooms. Reads the files once, room after room; keeps who declares what and who names what.

BEGIN { rooms_count = split(rooms, room_names, " "); for (i = 1; i <= rooms_count; i++) rank[room_names[i]] = i }

FNR == 1 {
  path = substr(FILENAME, length(folder) + 1)
  room = rank[substr(path, 1, index(path, "/") - 1)]
  depth = 0 # of braces
  top = 0   # of the stack of what we are inside: "/" comment, "\"" string, "(" insertion
}

{
  code = only_code($0)
  read_words(code)
}

END {
  for (i = 1; i <= uses; i++) {
    name = use_name[i]
    if (!(name in declared_rank) || declared_rank[name] <= use_rank[i]) continue
    if ((name, use_rank[i]) in own || earlier_own(name, use_rank[i])) continue
    printf "%s: names %s, which the later room %s declares\n", \
      use_place[i], name, room_names[declared_rank[name]] > "/dev/stderr"
    bad = 1
  }
  exit bad
}

function earlier_own(name, r) {
  for (r--; r > 0; r--) if ((name, r) in own) return 1
  return 0
}

# The line with comments and the text of strings taken out. What a line leaves open stays on the stack.
function only_code(line,   out, i, c, n, rest, open) {
  if (top == 0 && line !~ /["\/]/) return line
  out = ""
  n = length(line)
  i = 1
  while (i <= n) {
    c = substr(line, i, 1)
    open = top ? kind[top] : ""
    if (open == "/") {
      if (substr(line, i, 2) == "/*") { push("/", ""); i += 2 }
      else if (substr(line, i, 2) == "*/") { top--; i += 2 }
      else i++
    } else if (open == "\"") {
      rest = substr(line, i)
      if (index(rest, close_with[top]) == 1) { i += length(close_with[top]); top--; out = out " " }
      else if (index(rest, "\\" hashes[top] "(") == 1) {
        i += length("\\" hashes[top] "(")
        push("(", "")
        parens[top] = 0
        out = out " "
      } else if (c == "\\" && hashes[top] == "") i += 2
      else i++
    } else if (substr(line, i, 2) == "//") break
    else if (substr(line, i, 2) == "/*") { push("/", ""); i += 2; out = out " " }
    else if (c == "\"" || (c == "#" && match(substr(line, i), /^#+"/))) {
      i += open_string(substr(line, i))
      out = out " "
    } else {
      if (open == "(" && c == "(") parens[top]++
      if (open == "(" && c == ")" && parens[top]-- == 0) { top--; i++; out = out " "; continue }
      out = out c
      i++
    }
  }
  # A string of one line ends with it, whatever we made of it.
  while (top && kind[top] == "\"" && index(close_with[top], "\"\"\"") != 1) top--
  return out
}

function push(what, closing) {
  top++
  kind[top] = what
  close_with[top] = closing
  hashes[top] = ""
}

# Opens the string that the text starts with; gives the length of its opening.
function open_string(text,   marks, quotes) {
  marks = ""
  if (match(text, /^#+/)) marks = substr(text, 1, RLENGTH)
  quotes = substr(text, length(marks) + 1, 3) == "\"\"\"" ? "\"\"\"" : "\""
  push("\"", quotes marks)
  hashes[top] = marks
  return length(marks quotes)
}

# Notes declarations (at any depth as the room's own, at the top as the module's) and capital names.
function read_words(code,   word, before, previous) {
  previous = ""
  before = ""
  while (match(code, /[{}]|[A-Za-z_][A-Za-z0-9_]*/)) {
    if (RSTART > 1) before = substr(code, RSTART - 1, 1)
    else before = " "
    word = substr(code, RSTART, RLENGTH)
    code = substr(code, RSTART + RLENGTH)
    if (word == "{") depth++
    else if (word == "}") depth--
    else if (previous ~ /^(struct|class|enum|actor|protocol|typealias)$/ && word ~ /^[A-Z]/) {
      own[word, room] = 1
      if (depth == 0 && !(word in declared_rank)) declared_rank[word] = room
    } else if (word ~ /^[A-Z]/ && (before != "." || previous == "Runbook")) {
      uses++
      use_name[uses] = word
      use_rank[uses] = room
      use_place[uses] = FILENAME ":" FNR
    }
    previous = word
  }
}

#!/bin/sh
# Keeps one finished piece of PostgreSQL's log; called by PostgreSQL in its data folder. Exit status
# 0: it is kept, and PostgreSQL may forget it; else PostgreSQL keeps it and asks again.
#
#   archive-segment <archive folder> <path> <name> <file that lists what was given up> <KiB to leave free>
set -eu
umask 077

archive=$1 path=$2 name=$3 given_up=$4 free_min=$5
kept=$archive/$name.gz
unfinished=$archive/.unfinished-$name

if [ -e "$kept" ]; then
  # Asked again after a crash: the same is well, another must never take its place.
  gzip -dc "$kept" | cmp -s - "$path" && exit 0
  echo "$kept is there already and holds something else" >&2
  exit 1
fi

# A disk that was away when the server started.
[ -d "$archive" ] || mkdir -p "$archive" || true

# Most of a piece that was finished for its age is zeros.
if gzip -1nc "$path" >"$unfinished" && sync "$unfinished" && mv "$unfinished" "$kept" && sync "$archive"; then
  exit 0
fi
rm -f "$unfinished" || true

# People's work goes before its archive: the disk of the data must not run full of what waits.
free=$(df -Pk . | awk 'NR == 2 { print $4 }')
[ "$free" -lt "$free_min" ] || exit 1
echo "$name" >>"$given_up"
echo "$name is given up: the disk of the data is nearly full" >&2

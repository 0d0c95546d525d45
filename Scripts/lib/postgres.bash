# shellcheck shell=bash
# Where PostgreSQL's server programs are, and a private server for a script: sourced, never run.

# Prints the directory of the newest PostgreSQL server of version 15 or later, or fails.
postgres_bin() {
  local directory major newest=0 found='' configured=''
  configured=$(pg_config --bindir 2>/dev/null) || true
  for directory in /usr/lib/postgresql/*/bin /usr/pgsql-*/bin "$configured" \
    "$(dirname "$(command -v postgres || echo /nowhere/postgres)")"; do
    [[ -x $directory/initdb && -x $directory/postgres && -x $directory/pg_ctl ]] || continue
    major=$("$directory/postgres" --version | sed -E 's/^[^0-9]*([0-9]+).*/\1/')
    if ((major >= 15 && major > newest)); then
      newest=$major found=$directory
    fi
  done
  [[ -n $found ]] && printf '%s\n' "$found"
}

# as_server COMMAND…: runs it as somebody who may run PostgreSQL, which refuses root.
as_server() {
  if ((EUID == 0)); then
    setpriv --reuid=postgres --regid=postgres --init-groups -- "$@"
  else
    "$@"
  fi
}

# start_private_server DIRECTORY SETTING…: a cluster of its own, on a Unix socket in DIRECTORY only.
# Everybody who can enter DIRECTORY is trusted, and nobody else can: its mode is 0700. It survives no
# power cut, which is the point of fsync=off; whatever tests durability brings its own server.
start_private_server() {
  local directory=$1 bin setting
  shift
  bin=$(postgres_bin) || {
    echo "No PostgreSQL server of version 15 or later was found; run Scripts/setup." >&2
    return 69
  }
  ((EUID != 0)) || chown postgres: "$directory"
  (
    # A caller's PG* variables must not decide about a server of our own.
    for setting in "${!PG@}"; do unset "$setting"; done
    cd /
    as_server "$bin/initdb" --pgdata="$directory/data" --username=postgres --auth=trust \
      --encoding=UTF8 --locale=C.UTF-8 --data-checksums --no-sync >"$directory/initdb.log" 2>&1 || {
      cat "$directory/initdb.log" >&2
      exit 1
    }
    {
      echo "listen_addresses = ''"
      echo "unix_socket_directories = '$directory'"
      echo "fsync = off"
      echo "full_page_writes = off"
      echo "jit = off"
      printf '%s\n' "$@"
    } | as_server tee -a "$directory/data/postgresql.conf" >/dev/null
    as_server "$bin/pg_ctl" start --wait --silent --timeout=120 \
      --pgdata="$directory/data" --log="$directory/server.log" </dev/null >/dev/null || {
      cat "$directory/server.log" >&2
      exit 1
    }
  )
}

# stop_private_server DIRECTORY: stops it if it runs, says if it crashed meanwhile, removes the directory.
stop_private_server() {
  local directory=$1
  if [[ -f $directory/data/postmaster.pid ]]; then
    (cd / && as_server "$(postgres_bin)/pg_ctl" stop --wait --silent --mode=immediate \
      --pgdata="$directory/data") >/dev/null 2>&1 || true
  fi
  if [[ -f $directory/server.log ]]; then
    grep -E 'PANIC:|was terminated by signal' "$directory/server.log" >&2 || true
  fi
  rm -rf -- "$directory"
}

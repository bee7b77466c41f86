#!/usr/bin/env bash
# Makes stand-ins for the images of docker-compose.yml that are not ours, on a machine where none can be pulled: from the
# module proxy of Go, and the packages of Debian. Needs Go, PostgreSQL's server programs (package `postgresql`), and apt.
#
#   tributary.local/{postgres,valkey,versitygw,temporal-server,temporal-tools,temporal-ui}
#
# `. tools/image/stand-ins/environment.sh` names them, and those of make.sh, to compose.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source tools/image/stand-ins/lib.sh
cache=${XDG_CACHE_HOME:-$HOME/.cache}/tributary/stand-ins
mkdir -p "$cache"

# go_program <name> <package@version>: builds it unless it is kept from before.
go_program() {
  [[ -x $cache/$1 ]] && return
  echo "Building $1: this takes minutes"
  GOBIN=$work/bin CGO_ENABLED=0 go install -ldflags '-s -w' "$2"
  mv "$work/bin/$(basename "${2%@*}")" "$cache/$1"
}
go_program temporal-server go.temporal.io/server/cmd/server@v1.29.1
go_program temporal-sql-tool go.temporal.io/server/cmd/tools/sql@v1.29.1
go_program temporal-ui github.com/temporalio/ui-server/v2/cmd/server@v2.42.1
go_program versitygw github.com/versity/versitygw/cmd/versitygw@v1.8.0
temporal=${TRIBUTARY_TEMPORAL_BIN:-$(command -v temporal || find "${XDG_CACHE_HOME:-$HOME/.cache}/tributary/temporal" -type f -name temporal | head -1)}

# PostgreSQL, with as much of its image's entry point as compose uses.
root=$work/postgres
base_files "$root"
programs "$root" sh bash env cat chmod chown mkdir ls find sed grep id sleep su-exec setpriv locale
pg=$(dirname "$(find /usr/lib/postgresql -name initdb | sort -V | tail -1)")
mkdir -p "$root$pg" "$root/usr/share" "$root/var/lib/postgresql/data" "$root/var/run/postgresql" "$root/docker-entrypoint-initdb.d"
cp -L "$pg"/{postgres,initdb,pg_ctl,psql,pg_isready} "$root$pg/"
mkdir -p "$root$pg/../lib" && cp -rL "$pg/../lib/." "$root$pg/../lib/"
mkdir -p "$root/usr/share/postgresql" && cp -rL "/usr/share/postgresql/$(basename "$(dirname "$pg")")" "$root/usr/share/postgresql/"
cp -rL /usr/share/zoneinfo "$root/usr/share/" && mkdir -p "$root/usr/lib/locale" && cp -rL /usr/lib/locale/C.utf8 "$root/usr/lib/locale/"
libraries "$root" "$root$pg"/*
printf 'postgres:x:999:999::/var/lib/postgresql:/bin/sh\n' >>"$root/etc/passwd"
printf 'postgres:x:999:\n' >>"$root/etc/group"
cp tools/image/stand-ins/postgres-entrypoint.sh "$root/usr/local/bin/entrypoint.sh"
import_image "$root" tributary.local/postgres "ENV PATH=$pg:/usr/local/bin:/usr/bin PGDATA=/var/lib/postgresql/data LANG=C.UTF-8" 'ENTRYPOINT ["sh", "/usr/local/bin/entrypoint.sh"]'

# Redis 7.0 of Debian speaks what Valkey does.
root=$work/valkey
base_files "$root"
programs "$root" sh
(cd "$work" && apt-get download redis-server redis-tools liblzf1 libjemalloc2 2>/dev/null && for file in *.deb; do dpkg -x "$file" debian; done)
cp "$work/debian/usr/bin/redis-check-rdb" "$root/usr/local/bin/valkey-server"
cp "$work/debian/usr/bin/redis-cli" "$root/usr/local/bin/valkey-cli"
library=$root/usr/lib/$(uname -m)-linux-gnu
mkdir -p "$library" "$root/data"
cp -L "$work"/debian/usr/lib/*/*.so.* "$library/"
libraries "$root" "$root"/usr/local/bin/valkey-server "$root"/usr/local/bin/valkey-cli
import_image "$root" tributary.local/valkey 'ENV PATH=/usr/local/bin:/usr/bin' 'WORKDIR /data' 'CMD ["valkey-server"]'

# The object store.
root=$work/versitygw
base_files "$root"
programs "$root" sh mkdir wget
cp "$cache/versitygw" "$root/usr/local/bin/"
import_image "$root" tributary.local/versitygw 'ENV PATH=/usr/local/bin:/usr/bin' 'ENTRYPOINT ["versitygw"]'

# Temporal's server, its tools and its UI.
for name in temporal-server temporal-tools temporal-ui; do
  root=$work/$name
  base_files "$root"
  case $name in
    temporal-server) cp "$cache/temporal-server" "$root/usr/local/bin/" ;;
    temporal-ui) cp "$cache/temporal-ui" "$root/usr/local/bin/" && mkdir -p "$root/etc/ui/config" && cp tools/image/stand-ins/temporal-ui.yaml "$root/etc/ui/config/development.yaml" ;;
    temporal-tools)
      programs "$root" sh cat grep sleep
      cp "$cache/temporal-sql-tool" "$root/usr/local/bin/"
      cp "$temporal" "$root/usr/local/bin/temporal"
      libraries "$root" "$root/usr/local/bin/temporal"
      ;;
  esac
  entry='ENTRYPOINT ["temporal-ui", "--root", "/etc/ui", "start"]'
  [[ $name == temporal-ui ]] || entry='CMD []'
  import_image "$root" "tributary.local/$name" 'ENV PATH=/usr/local/bin:/usr/bin' "$certificates" 'USER 65532:65532' "$entry"
done

#!/usr/bin/env bash
# Makes stand-ins for base images on a machine where none can be pulled: from npm, the module proxy of Go, and the C
# library and shell of this machine, which must be a Debian or Ubuntu of its own architecture.
#
#   tributary.local/node-build:24    for BUILD_IMAGE: Node.js, npm, shell
#   tributary.local/node:24          for BASE_IMAGE: Node.js and nothing to log in with
#   tributary.local/daprd:1.18.2     for DAPR_IMAGE
#
# They carry this machine's certificates: use them here, never push them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
docker=${DOCKER:-docker}
node=$(realpath node_modules/.bin/node)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# base_files <root>: certificates, accounts, time zone: what every image has.
base_files() {
  mkdir -p "$1"/{etc/ssl/certs,tmp,usr/{bin,lib,lib64,local/bin},home/node,root,var/lib}
  for link in bin lib lib64; do ln -sfn "usr/$link" "$1/$link"; done
  chmod 1777 "$1/tmp"
  cp -L /etc/ssl/certs/ca-certificates.crt "$1/etc/ssl/certs/"
  cp -L /etc/os-release "$1/etc/"
  printf 'hosts: files dns\n' >"$1/etc/nsswitch.conf"
  printf '%s\n' root:x:0:0:root:/root:/sbin/nologin node:x:10001:10001::/home/node:/sbin/nologin nonroot:x:65532:65532::/tmp:/sbin/nologin >"$1/etc/passwd"
  printf '%s\n' root:x:0: node:x:10001: nonroot:x:65532: >"$1/etc/group"
}

# libraries <root> <program...>: the C library whole, as native modules load parts that the program does not, and what
# the programs are linked with.
libraries() {
  local root=$1 file
  shift
  {
    dpkg -L libc6 libgcc-s1 libstdc++6 | grep -E '\.so(\.[0-9.]+)?$' || true
    for file in "$@"; do ldd "$file" 2>/dev/null | grep -oE '/[^ ]+\.so[^ ]*' || true; done
  } | sort -u | while read -r file; do
    [[ -f $file ]] || continue
    mkdir -p "$root$(realpath "$(dirname "$file")")"
    cp -L "$file" "$root$(realpath "$(dirname "$file")")/"
  done
}

# import_image <root> <tag> <change...>
import_image() {
  local root=$1 tag=$2 changes=() change
  shift 2
  for change in "$@"; do changes+=(-c "$change"); done
  tar --numeric-owner --owner=0 --group=0 --sort=name --mtime=@946684800 -C "$root" -c . | "$docker" import "${changes[@]}" - "$tag" >/dev/null
  echo "Made $tag"
}

certificates='ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt'

runtime=$work/runtime
base_files "$runtime"
libraries "$runtime" "$node"
cp "$node" "$runtime/usr/local/bin/node"
import_image "$runtime" tributary.local/node:24 'ENV PATH=/usr/local/bin:/usr/bin:/bin' "$certificates" 'USER 65532:65532' 'CMD ["node"]'

build=$work/build
cp -a "$runtime" "$build"
for name in sh dash bash env ls cat cp mv rm mkdir rmdir chmod chown ln touch id uname dirname basename readlink realpath mktemp head tail sort tr cut wc tee grep sed find xargs tar gzip ps which true false echo printf sleep date git; do
  path=$(command -v "$name" || true)
  [[ $path == /* ]] && cp -L "$path" "$build/usr/bin/$name"
done
cp -L /usr/bin/dash "$build/usr/bin/sh"
libraries "$build" "$build"/usr/bin/*
(cd "$work" && npm pack --silent "npm@$(npm --version)" >/dev/null)
mkdir -p "$build/usr/local/lib/node_modules/npm"
tar -xzf "$work"/npm-*.tgz --strip-components=1 -C "$build/usr/local/lib/node_modules/npm"
for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$build/usr/local/bin/$name"; done
import_image "$build" tributary.local/node-build:24 'ENV PATH=/usr/local/bin:/usr/bin:/bin' "$certificates" 'CMD ["node"]'

sidecar=$work/sidecar
base_files "$sidecar"
cp "$("$node" --conditions=@tributary/source --import tsx tools/image/src/cli/find-daprd.ts)" "$sidecar/usr/local/bin/daprd"
ln -s usr/local/bin/daprd "$sidecar/daprd"
import_image "$sidecar" tributary.local/daprd:1.18.2 'ENV PATH=/usr/local/bin' "${certificates% NODE*}" 'USER 65532:65532' 'ENTRYPOINT ["/daprd"]'

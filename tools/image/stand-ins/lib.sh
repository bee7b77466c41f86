# What both scripts here need; sourced, never run. Wants: docker (the client), work (a scratch folder).
docker=${DOCKER:-docker}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# shellcheck disable=SC2034
certificates='ENV SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt'

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

# programs <root> <name...>: copies programs of this machine, with what they are linked with.
programs() {
  local root=$1 name path
  shift
  for name in "$@"; do
    path=$(command -v "$name" || true)
    if [[ $path == /* ]]; then cp -L "$path" "$root/usr/bin/$name"; fi
  done
  cp -L /usr/bin/dash "$root/usr/bin/sh"
  libraries "$root" "$root"/usr/bin/*
}

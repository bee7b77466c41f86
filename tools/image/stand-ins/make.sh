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
source tools/image/stand-ins/lib.sh
node=$(realpath node_modules/.bin/node)

runtime=$work/runtime
base_files "$runtime"
libraries "$runtime" "$node"
cp "$node" "$runtime/usr/local/bin/node"
import_image "$runtime" tributary.local/node:24 'ENV PATH=/usr/local/bin:/usr/bin:/bin' "$certificates" 'USER 65532:65532' 'CMD ["node"]'

build=$work/build
cp -a "$runtime" "$build"
programs "$build" sh dash bash env ls cat cp mv rm mkdir rmdir chmod chown ln touch id uname dirname basename readlink realpath mktemp head tail sort tr cut wc tee grep sed find xargs tar gzip ps which true false echo printf sleep date git
(cd "$work" && npm pack --silent "npm@$(npm --version)" >/dev/null)
mkdir -p "$build/usr/local/lib/node_modules/npm"
tar -xzf "$work"/npm-*.tgz --strip-components=1 -C "$build/usr/local/lib/node_modules/npm"
for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "$build/usr/local/bin/$name"; done
import_image "$build" tributary.local/node-build:24 'ENV PATH=/usr/local/bin:/usr/bin:/bin' "$certificates" 'CMD ["node"]'

sidecar=$work/sidecar
base_files "$sidecar"
cp "$("$node" --conditions=@tributary/source --import tsx tools/image/src/cli/find-daprd.ts)" "$sidecar/usr/local/bin/daprd"
ln -s usr/local/bin/daprd "$sidecar/daprd"
import_image "$sidecar" tributary.local/daprd:1.18.2 'ENV PATH=/usr/local/bin' "$certificates" 'USER 65532:65532' 'ENTRYPOINT ["/daprd"]'

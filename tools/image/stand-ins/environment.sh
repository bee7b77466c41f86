# shellcheck shell=sh
# Names the stand-ins to the image targets and to compose: `. tools/image/stand-ins/environment.sh`
export BUILD_IMAGE=tributary.local/node-build:24 BASE_IMAGE=tributary.local/node:24 DAPR_IMAGE=tributary.local/daprd:1.18.2
export POSTGRES_IMAGE=tributary.local/postgres VALKEY_IMAGE=tributary.local/valkey OBJECT_STORE_IMAGE=tributary.local/versitygw
export TEMPORAL_IMAGE=tributary.local/temporal-server TEMPORAL_TOOLS_IMAGE=tributary.local/temporal-tools TEMPORAL_UI_IMAGE=tributary.local/temporal-ui

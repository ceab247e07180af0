#!/usr/bin/env bash
# Writes every generated file below the folder that is given, at the path that it has in the repository.
set -euo pipefail
cd "$(dirname "$0")/.."
out=$(realpath -m "$1")

# JSON has no 64-bit integers; JSON.parse gives a number, and so the types must say number.
TS_RS_LARGE_INT=number TS_RS_EXPORT_DIR="$out/web/src/api/generated" \
  cargo test --quiet --locked -p syncwatch-protocol export_bindings >/dev/null

mkdir -p "$out/docs/api"
cargo run --quiet --locked -p syncwatch-api --bin openapi > "$out/docs/api/openapi.json"
web/tools/node_modules/.bin/openapi-typescript "$out/docs/api/openapi.json" \
  --output "$out/web/src/api/generated/rest.ts" >/dev/null

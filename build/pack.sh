#!/usr/bin/env bash
# Packs what is built, as users get it:
#   bash build/pack.sh <folder>
# The package names no scripts and nothing to install: npm 12 would warn of the first, and the rest is built in. Prints the path of the
# tarball. The same sources make the same bytes: npm dates every file alike.
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R bin dist man CHANGELOG.md LICENSE README.md THIRD_PARTY_NOTICES "$stage"
node -e '
  const { scripts, devDependencies, ...kept } = JSON.parse(require("node:fs").readFileSync("package.json", "utf8"));
  process.stdout.write(`${JSON.stringify(kept, null, 2)}\n`);
' > "$stage/package.json"
name=$(cd "$stage" && npm pack --silent --ignore-scripts --pack-destination "$folder")
echo "$folder/$name"

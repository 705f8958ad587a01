#!/usr/bin/env bash
# All of a release that needs no GitHub:
#   bash build/release.sh <folder>
# builds, packs, makes the commit that is to be tagged, and runs the program and the action from just these. Nothing is pushed and no
# branch moves. The folder then holds
#   extruct-task-<version>.tgz, and its SHA-256 beside it
#   extruct-task.rb   the Homebrew formula
#   sbom.cdx.json     what is built in
#   commit.bundle     the commit, as the branch `release`, for `git fetch`
set -euo pipefail
mkdir -p "$1"
folder=$(cd "$1" && pwd)
cd "$(dirname "$0")/.."

[ -z "$(git status --porcelain)" ] || { echo 'error: the tree has changes that are not committed; commit them first' >&2; exit 1; }
version=$(node -p 'require("./package.json").version')
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

npm run --silent build > "$scratch/build.log" 2>&1 || { cat "$scratch/build.log" >&2; exit 1; }
tarball=$(bash build/pack.sh "$folder")
(cd "$folder" && node -e '
  const { createHash } = require("node:crypto");
  const name = process.argv[1];
  const sum = createHash("sha256").update(require("node:fs").readFileSync(name)).digest("hex");
  process.stdout.write(`${sum}  ${name}\n`);
' "${tarball##*/}" > "${tarball##*/}.sha256")
node build/formula.js "$version" "$(cut -d ' ' -f 1 "$tarball.sha256")" > "$folder/extruct-task.rb"
npm sbom --sbom-format cyclonedx --sbom-type application | node .github/sbom.js > "$folder/sbom.cdx.json"

# The commit: the sources and what was built of them, since whoever uses the action by its tag builds nothing. Its date is that of its
# parent, so that the same sources make the same commit.
date=$(git log -1 --format=%cI)
export GIT_INDEX_FILE="$scratch/index" GIT_AUTHOR_DATE="$date" GIT_COMMITTER_DATE="$date"
git read-tree HEAD
git add --force dist man THIRD_PARTY_NOTICES
identity=(-c user.name=extruct-task -c user.email=release@localhost)
commit=$(git "${identity[@]}" commit-tree "$(git write-tree)" -p HEAD -m "Release v$version, with what is built")
unset GIT_INDEX_FILE
git update-ref refs/heads/release "$commit"
git bundle create --quiet "$folder/commit.bundle" HEAD..release
git update-ref -d refs/heads/release

# From here on only what users get: the tarball, and the commit.
mkdir "$scratch/tarball" "$scratch/commit"
tar xzf "$tarball" -C "$scratch/tarball"
test "$(node "$scratch/tarball/package/bin/extruct-task.js" --version)" = "$version"
git archive "$commit" | tar x -C "$scratch/commit"
node build/try-action.js "$scratch/commit"
echo "$commit"

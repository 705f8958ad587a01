#!/usr/bin/env bash
# The action's inputs, in variables that action.yml sets, become the program's flags. Whoever started the workflow may have typed them:
# each stays one word, and none is read as code. macOS has bash 3.2, which has to do.
set -euo pipefail

# is_on <input's name> <its value>: whether it is true. What is neither true nor false is a slip, and no guess would be safe.
is_on() {
  case $2 in
    true) return 0 ;;
    false) return 1 ;;
    *)
      echo "error: The input $1 is neither true nor false; set one of them" >&2
      exit 2
      ;;
  esac
}

flags=(
  "--timeout=$TIMEOUT"
  ${INTERVAL:+"--interval=$INTERVAL"}
  ${STALL_TIMEOUT:+"--stall-timeout=$STALL_TIMEOUT"}
  ${API_URL:+"--api-url=$API_URL"}
)
while IFS= read -r condition; do
  if [[ -n $condition ]]; then flags+=("--until=$condition"); fi
done <<< "$UNTIL"
if is_on allow-exhausted "$ALLOW_EXHAUSTED"; then flags+=(--allow-exhausted); fi
if ! is_on exit-status "$EXIT_STATUS"; then flags+=(--no-exit-status); fi

# On standard input a task can be no option, whatever it begins with.
newline=$'\n'
tasks=${TASK//[[:space:]]/$newline}

# In place of the shell, so that the signal of a workflow that is cancelled reaches the program.
exec node "$RUNNER_TEMP/extruct-task/node_modules/extruct-task/bin/extruct-task.js" watch - "${flags[@]}" <<< "$tasks"

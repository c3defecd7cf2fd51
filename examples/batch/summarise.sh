#!/usr/bin/env bash
# Writes a summary beside each file: notes.txt gets notes.txt.summary. Run it again to go on where it stopped.
#
#   summarise.sh FILE...
#
# Tries again what is worth it (exit code 75: rate limit, overload, network), and stops at once where every other
# file would fail the same way.
set -euo pipefail

attempts=${ATTEMPTS:-5}
pause=${PAUSE:-30} # seconds before the second attempt; doubled each time
failed=0
bundle=$(mktemp)
trap 'rm -f "$bundle"' EXIT

summarise() { # FILE; writes FILE.summary, returns sluice's exit code
  local file=$1 wait=$pause attempt status
  for (( attempt = 1; ; attempt++ )); do
    status=0
    sluice --no-stdin --tools '' --timeout 2m --bundle "$bundle" --file "$file" \
      -p 'Summarise this file in three sentences.' > "$file.part" || status=$?
    (( status == 75 && attempt < attempts )) || break
    # Where the API said when it will take requests again, the bundle knows.
    sleep "$(node -p 'JSON.parse(fs.readFileSync(process.argv[1], "utf8")).outcome.retryAfter ?? process.argv[2]' "$bundle" "$wait")"
    wait=$(( wait * 2 ))
  done
  # Only a success gets the final name, so half an answer is never taken for one.
  if (( status == 0 )); then mv "$file.part" "$file.summary"; else rm -f "$file.part"; fi
  return "$status"
}

for file in "$@"; do
  [[ -e $file.summary ]] && continue
  status=0
  summarise "$file" || status=$?
  case $status in
    0) echo "$file: done" ;;
    # No claude, no key, no money; Ctrl-C or a kill: the next file would fare no better.
    3 | 4 | 129 | 130 | 143) exit "$status" ;;
    *) echo "$file: failed with $status" >&2 && failed=1 ;;
  esac
done
exit "$failed"

import { GUARDIAN_LAST_MS, GUARDIANS_SPARED_MS, SURVIVOR_GRACE_MS } from '../graces.ts';

/** What a guardian calls itself, where the system lets it: guardians of runs inside a run are left to do their work. */
export const GUARDIAN_NAME = 'sluice-guardian';

/** Hundredths of a second after which SIGKILL follows, it spares guardians no longer, and all is given up. */
const KILL = SURVIVOR_GRACE_MS / 10;
const KILL_ALL = KILL + GUARDIANS_SPARED_MS / 10;
const GIVE_UP = KILL_ALL + GUARDIAN_LAST_MS / 10;

/**
 * The guardian, for any POSIX `sh` with `grep`, `rm`, `chmod` and `sleep`: nothing of sluice or node may be left when
 * it has to act. Its stdin is a socket, to which it says its pid, and from which it reads lines:
 *
 *     run ID SINCE SOFT HARD   a run that is about to start: when the earliest of its processes can start, and the limits
 *                              that they will have; `-` for what is not known
 *     folder ID PATH           a folder of a run, free of links, as `/proc/self/mountinfo` would write it
 *     seen ID PID START        a process of a run; all that is known of one where they show no markers
 *     done ID                  the run is over
 *
 * When stdin ends, sluice is dead, and so is every copy of it that was to become another program: what it started has its
 * markers. All processes of the runs that are left are ended: SIGTERM, SIGKILL after a grace, until two looks in a row find
 * none, or it gives up (`graces.ts` has the times). Their folders are removed then, but for what is mounted in them. Where
 * no process can be started for that, those that were seen are killed, and the folders left to the next run.
 *
 * Where there is no `/proc` (macOS) this is best effort: what descends from claude at that moment, and what was seen; without
 * `ps` either, the process groups of these.
 */
export const GUARDIAN_SCRIPT = `
trap '' INT TERM HUP QUIT PIPE
{ printf %s ${GUARDIAN_NAME} > /proc/$$/comm; } 2> /dev/null
{ echo $$ >&0; } 2> /dev/null
runs=
cd /

# Sets what is known of the process $1.
look() {
  # A name may hold the end of a line.
  line=
  while read -r part; do line="$line $part"; done < "/proc/$1/stat" || return 1
  [ "$line" ] || return 1
  name=\${line#*"("}
  name=\${name%")"*}
  set -- \${line##*") "}
  state=$1 parent=$2 start=\${20}
}

# Sets what processes are seen by: ours may not be in the /proc that is there.
open_eyes() {
  sight=nothing
  if read -r self rest < /proc/self/stat; then
    [ "$self" = $$ ] && sight=proc
  elif ps -p $$; then
    sight=ps
  fi
}

# Whether the process $1 is still the one that started at $2.
same() {
  if [ $sight = proc ]; then
    look "$1" && [ "$start" = "$2" ]
  else
    set -- "$2" $(ps -o lstart= -p "$1")
    [ "$1" = "\${2}_$3_$4_$5_$6" ]
  fi
}

# Hundredths of a second since some moment.
clock() {
  if read -r now rest < /proc/uptime; then now=\${now%.*}\${now#*.}; else now=$(date +%s)00; fi
}

# The young processes, each as pid,start,parent,kind.
list() {
  table=
  if [ $sight = ps ]; then
    table=$(ps -axo pid=,ppid=,lstart= | while read -r pid parent a b c d e; do
      [ "$pid" = $$ ] || printf ' %s' "$pid,\${a}_\${b}_\${c}_\${d}_$e,$parent,plain"
    done)
    return
  fi
  for pid in /proc/[0-9]*; do
    pid=\${pid#/proc/}
    [ "$pid" != $$ ] && look "$pid" || continue
    case $state in [ZX]) continue ;; esac
    [ "$start" -lt "$since" ] && continue
    case $name in ${GUARDIAN_NAME}) kind=guardian ;; *) kind=plain ;; esac
    table="$table $pid,$start,$parent,$kind"
  done
}

# Finds the processes that are known, carry a marker (the arguments, for grep), or descend from such.
gather() {
  list
  found=
  files=
  for entry in $table; do
    pid=\${entry%%,*}
    start=\${entry#*,}
    start=\${start%%,*}
    case "$known " in
      *" $pid,$start "*) found="$found $pid" ;;
      # Where its start is not known, its id alone would do for a stranger.
      *" $pid,- "*) [ $sight = proc ] || found="$found $pid" ;;
    esac
    files="$files /proc/$pid/limits /proc/$pid/environ"
  done
  for file in $(grep -las "$@" /dev/null $files); do
    pid=\${file#/proc/}
    pid=\${pid%/*}
    case "$found " in *" $pid "*) ;; *) found="$found $pid" ;; esac
  done
  grown=yes
  while [ $grown ]; do
    grown=
    for entry in $table; do
      pid=\${entry%%,*}
      parent=\${entry%,*}
      parent=\${parent##*,}
      case "$found " in
        *" $pid "*) ;;
        *" $parent "*) found="$found $pid" grown=yes ;;
      esac
    done
  done
}

# Sends the signal $1 to what was found; to guardians and what they run to clean up only when $2 is given.
send() {
  spared=
  for entry in $table; do
    case $entry$2 in *,guardian) spared="$spared \${entry%%,*}" ;; esac
  done
  for entry in $table; do
    pid=\${entry%%,*}
    begin=\${entry#*,}
    begin=\${begin%%,*}
    parent=\${entry%,*}
    parent=\${parent##*,}
    case "$found " in *" $pid "*) ;; *) continue ;; esac
    case "$spared " in *" $pid "* | *" $parent "*) continue ;; esac
    same "$pid" "$begin" && kill -s "$1" "$pid" && kill -s CONT "$pid"
  done
}

# Ends the groups of the processes that are known.
sweep_unseen() {
  for signal in TERM KILL; do
    for entry in $known; do kill -s $signal -- "-\${entry%%,*}"; done
    sleep ${SURVIVOR_GRACE_MS / 1_000}
  done
}

sweep() {
  clock
  begun=$now clean=0 asked=
  while [ $clean -lt 2 ] && [ $((now - begun)) -lt ${GIVE_UP} ]; do
    gather "$@"
    if [ "$found" ]; then
      clean=0
      if [ $((now - begun)) -lt ${KILL} ]; then
        # Once: what is started from now on helps to clean up.
        [ $asked ] || send TERM
        asked=yes
      elif [ $((now - begun)) -lt ${KILL_ALL} ]; then send KILL
      else send KILL all
      fi
      sleep 0.1 || sleep 1
    else
      clean=$((clean + 1))
    fi
    clock
  done
}

# A system with no room for another process ends a shell that needs one: what is known is ended without.
last_resort() {
  [ "$sight" = proc ] || return
  for entry in $known; do same "\${entry%%,*}" "\${entry#*,}" && kill -s KILL "\${entry%%,*}"; done
}

# Removes $1 but for the mount points that follow, each with a / at its end, and the folders that lead there.
remove() {
  place=$1
  shift
  inner=
  for point; do
    case $point in
      "$place/") return ;;
      "$place"/*) inner=yes ;;
    esac
  done
  if [ $inner ]; then
    chmod u+rwx -- "$place"
    for entry in "$place"/* "$place"/.[!.]* "$place"/..?*; do remove "$entry" "$@"; done
  elif ! rm -rf $within -- "$place" && [ $informed ] && [ -d "$place" ] && [ ! -h "$place" ]; then
    chmod -R u+rwx -- "$place"
    rm -rf $within -- "$place"
  fi
}

# Prints the path $1, which is written as mountinfo would, and a / that keeps the end of a line at its end.
decode() {
  rest=$1 format=
  while :; do
    case $rest in
      *%*) format=$format\${rest%%%*}%% rest=\${rest#*%} ;;
      *) break ;;
    esac
  done
  printf "$format$rest/"
}

# Removes the folder $1, which is written as mountinfo would.
discard() {
  folder=$1
  path=$(decode "$folder")
  for within in --one-file-system -x ''; do rm -f $within -- "$path/nothing" && break; done
  set --
  informed=
  while read -r number parent device root point rest; do
    informed=yes
    case $point/ in "$folder"/*) set -- "$@" "$(decode "$point")" ;; esac
  done < /proc/self/mountinfo
  # Where nothing keeps rm from what may be mounted there, the folder is left to the next run.
  [ $informed$within ] && remove "\${path%/}" "$@"
}

count=0
while read -r word id one two three; do
  case $word in
    run)
      runs="$runs $id"
      eval "known_$id= since_$id=$one soft_$id=$two hard_$id=$three"
      ;;
    folder)
      count=$((count + 1))
      eval "owner_$count=$id folder_$count=\\$one"
      ;;
    seen) eval "known_$id=\\"\\$known_$id $one,$two\\"" ;;
    done)
      kept=
      for run in $runs; do [ "$run" = "$id" ] || kept="$kept $run"; done
      runs=$kept
      ;;
  esac
done

[ "$runs" ] || exit
known= earliest=
set --
for id in $runs; do
  eval "known=\\$known\\$known_$id since=\\$since_$id soft=\\$soft_$id hard=\\$hard_$id"
  set -- "$@" -e "$id"
  [ "$soft" != - ] && set -- "$@" -e "^Max msgqueue size  *$soft  *$hard "
  case $since in *[!0-9]*) since=0 ;; esac
  [ "$earliest" ] && [ "$earliest" -le "$since" ] || earliest=$since
done
since=$earliest
trap last_resort EXIT
open_eyes
if [ $sight = nothing ]; then sweep_unseen; else sweep "$@"; fi
while [ $count -gt 0 ]; do
  eval "owner=\\$owner_$count folder=\\$folder_$count"
  case "$runs " in *" $owner "*) discard "$folder" ;; esac
  count=$((count - 1))
done
`;

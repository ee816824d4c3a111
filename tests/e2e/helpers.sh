# shellcheck shell=bash
# Functions for the scripts of the cases; see run.

# Copies a club of tests/e2e/clubs into the folder given, by default this one, without committing it.
club() { cp -R "$E2E/clubs/$1/." "${2:-.}"; }

# Commits everything below this folder; each commit is a second later than the last one.
commit() {
    clock=$((${clock:-0} + 1))
    GIT_AUTHOR_DATE=2024-01-01T00:$(printf '%02d:%02d' $((clock / 60)) $((clock % 60)))Z
    GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE
    git add --all
    git commit --quiet --message="$1"
}

# Goes into a copy of the repository, where a case may write as it likes.
copy() { cp -R . "$SCRATCH/copy" && cd "$SCRATCH/copy" || exit 1; }

# Prints what the last commit changed, line by line, and whether all is clean and whole.
last_commit() {
    git log -1 --format='%an <%ae> %aI | %s | %(trailers:unfold,separator=%x2C)'
    git show --format= --unified=0 HEAD | grep -E '^(---|\+\+\+|[+-])'
    git status --porcelain
    git fsck --strict --no-dangling 2>&1
}

# Runs a command and prints it, what it prints and a bad exit code, all on standard output.
try() {
    printf '$ %s\n' "$*"
    "$@" 2>&1
    local code=$?
    [ $code = 0 ] || printf '[exit code %s]\n' $code
}

# Runs a command line on a terminal of so many columns and rows; prints all that appears there.
terminal() {
    local columns=$1 rows=$2
    shift 2
    script -qec "stty cols $columns rows $rows; $*" /dev/null </dev/null | tr -d '\r'
}

# Shows escape sequences and other invisible bytes as text.
visible() { LC_ALL=C sed 's/\x1b/ESC/g; s/\x07/BEL/g'; }

# Skips the case where a program is missing, or where strace may not do its work.
needs() {
    local program
    for program; do command -v "$program" >/dev/null || exit 77; done
    case " $* " in *" strace "*)
        strace -o /dev/null true 2>/dev/null || exit 77
        export ASAN_OPTIONS=detect_leaks=0 # which does not work in a traced process
    esac
}

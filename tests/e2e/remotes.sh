# shellcheck shell=bash
# A club at a remote and clones of it, for cases about syncing; see run.

# Everybody is who their clone says.
unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL

# Makes hub.git, a club of three papers, below this folder.
hub() {
    git init --quiet --bare --initial-branch=main hub.git
    mkdir seed && club small seed && rm -r seed/votes && git -C seed init --quiet --initial-branch=main
    git -C seed add --all && git -C seed -c user.name=ada -c user.email=ada@example.org commit --quiet --message=start
    git -C seed push --quiet ../hub.git main && rm -r seed
}

# Makes a clone of hub.git for each name, whose commits are that person's.
clones() {
    local name
    for name; do
        git clone --quiet hub.git "$name" || exit 1
        git -C "$name" config user.name "$name" && git -C "$name" config user.email "$name@example.org"
    done
}

# Runs paperclub in the clone of a person.
as() {
    local name=$1
    shift
    paperclub -C "$name" "$@"
}

# The same quietly, which must not fail.
quietly() { as "$@" --quiet || exit 1; }

# What the remote has, newest first, and whether all clones and it are the same and whole.
remote_log() { git -C hub.git log --format='%an: %s' "$@" main; }
all_same() {
    local name
    git -C hub.git fsck --strict --no-dangling
    for name; do
        git -C "$name" status --porcelain
        git -C "$name" fsck --strict --no-dangling
        [ "$(git -C "$name" rev-parse main)" = "$(git -C hub.git rev-parse main)" ] || echo "$name differs"
    done
}

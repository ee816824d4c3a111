# shellcheck shell=bash
# Hostile histories of a round of voting, and what is counted of each: histories ELECTORATE.
# In the base ada has voted for one and ben for two; cy has not voted.

as() { # NAME: who makes the next commits
    export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$1@example.org
    git config user.signingKey "$SCRATCH/keys/$1"
}

cast() { # NAME CANDIDATE [KEY]: a ballot as NAME casts it, whoever signs
    as "$1"
    [ -z "${3:-}" ] || git config user.signingKey "$SCRATCH/keys/$3"
    paperclub vote "$2" --round r --quiet
}

ballot() { # FILE CANDIDATE: a ballot written by hand
    mkdir -p "$(dirname "votes/r/$1")"
    printf 'approve: [%s]\n' "$2" >"votes/r/$1"
}

save() { git add --all && git commit --quiet --allow-empty --message="${1:-x}"; }

base() {
    git init --quiet base && cd base || exit 1
    mkdir -p "$SCRATCH/keys" papers members votes
    printf 'format: 1\nid: club\nname: Club\n' >club.yaml
    for paper in one two three; do
        printf 'title: Paper %s\nurl: https://example.org/%s\n' $paper $paper >papers/$paper.yaml
    done
    for name in ada ben cy mallory; do
        ssh-keygen -q -t ed25519 -N '' -C $name -f "$SCRATCH/keys/$name"
        [ $name = mallory ] || printf 'name: %s\nemails: [%s@example.org]\nkeys: [%s]\n' $name $name "$(cat "$SCRATCH/keys/$name.pub")" >members/$name.yaml
    done
    as ada && save start
    paperclub round open r --electorate "$1" --candidates one,two,three --quiet
    cast ada one && cast ben two
    git tag opened HEAD~2
    git tag voted
    cd ..
}

# --- the histories -------------------------------------------------------------------------------

h_nothing_hostile() { cast cy three; }
h_vote_changed() { cast ada three; }
h_vote_withdrawn() { as ada && paperclub vote --withdraw --round r --quiet; }
h_forged_author() { ballot ada.yaml two && as mallory && export GIT_AUTHOR_NAME=ada GIT_AUTHOR_EMAIL=ada@example.org && save; }
h_changed_by_another() { ballot ada.yaml two && as mallory && save; }
h_deleted_by_another() { git rm -q votes/r/ada.yaml && as mallory && save; }
h_change_reverted_by_another() { cast ada three && as ben && git revert --no-edit HEAD >/dev/null; }
h_same_words_put_there_first() {
    cast cy three && cp votes/r/cy.yaml "$SCRATCH/cy" && git reset -q --hard HEAD~1
    sed '/^signature/,$d' "$SCRATCH/cy" >votes/r/cy.yaml && as mallory && save && cast cy three
}
h_first_one_played_again_beside_a_squash() {
    cast cy one && cp votes/r/cy.yaml "$SCRATCH/first" && cast cy two && cast cy three && cp votes/r/cy.yaml "$SCRATCH/last"
    git reset -q --hard HEAD~3 && cp "$SCRATCH/last" votes/r/cy.yaml && as cy && save 'squashed'
    git checkout -q -b side HEAD~1 && mkdir -p votes/r && cp "$SCRATCH/first" votes/r/cy.yaml && as mallory && save
    git checkout -q - && git merge -q -X theirs -m merge side >/dev/null
}
h_middle_one_indented_anew_beside_a_squash() {
    cast cy one && cast cy two && cp votes/r/cy.yaml "$SCRATCH/middle" && cast cy three && cp votes/r/cy.yaml "$SCRATCH/last"
    git reset -q --hard HEAD~3 && cp "$SCRATCH/last" votes/r/cy.yaml && as cy && save 'squashed'
    git checkout -q -b side HEAD~1 && mkdir -p votes/r && sed 's/^  /    /' "$SCRATCH/middle" >votes/r/cy.yaml && as mallory && save
    git checkout -q - && git merge -q -X theirs -m merge side >/dev/null
}
h_middle_one_in_another_block_beside_a_squash() {
    cast cy one && cast cy two && cp votes/r/cy.yaml "$SCRATCH/middle" && cast cy three && cp votes/r/cy.yaml "$SCRATCH/last"
    git reset -q --hard HEAD~3 && cp "$SCRATCH/last" votes/r/cy.yaml && as cy && save 'squashed'
    git checkout -q -b side HEAD~1 && mkdir -p votes/r && sed 's/^signature: |.*/signature: |-/' "$SCRATCH/middle" >votes/r/cy.yaml && as mallory && save
    git checkout -q - && git merge -q -X theirs -m merge side >/dev/null
}
h_two_clones_and_what_stands() {
    git switch -q -c B && cast cy three && git switch -q main && cast cy one && cast cy two
    git switch -q B && as cy && git merge -q -X ours -m merge main >/dev/null && git switch -q -C main
}
h_abandoned_branch_merged_without_a_change() {
    git switch -q -c abandoned && cast cy one && cast cy two && git switch -q main && cast cy three
    as mallory && git merge -q -s ours -m tidy abandoned >/dev/null
}
h_file_without_an_ending() { ballot ada two && as mallory && save; }
h_moved_to_another() { git mv votes/r/ada.yaml votes/r/cy.yaml && as mallory && save; }
h_twin_by_case() { ballot Ada.yaml two && as mallory && save; }
h_twin_by_unicode() { ballot adá.yaml two && as mallory && save; }
h_foreign_file() { ballot notes.txt two && ballot deep/er/ada.yaml two && as mallory && save; }
h_malformed_replacement() { printf 'approve: [\n' >votes/r/ada.yaml && as ada && save; }
h_link_in_its_place() { ln -sf ben.yaml votes/r/ada.yaml && as ada && save; }
h_no_candidate() { ballot cy.yaml four && as cy && save; }
h_candidate_twice() { printf 'rank: [one, [two, one]]\n' >votes/r/cy.yaml && as cy && save; }
h_score_out_of_range() { printf 'score: {one: 9}\n' >votes/r/cy.yaml && as cy && save; }
h_candidate_added_later() {
    sed -i 's/candidates: .*/candidates: [four, one, two, three]/' votes/r.yaml
    as mallory && save && ballot cy.yaml four && as cy && save
}
h_rules_changed_later() { sed -i 's/electorate: .*/electorate: open/; s/method: .*/method: borda/' votes/r.yaml && as mallory && save; }
h_roll_changed_later() {
    printf 'name: m\nemails: [mallory@example.org]\nkeys: [%s]\n' "$(cat "$SCRATCH/keys/mallory.pub")" >members/mallory.yaml
    as mallory && save && cast mallory three 2>/dev/null || { ballot mallory.yaml three && save; }
}
h_key_taken_over() {
    sed -i "s|keys: .*|keys: [$(cat "$SCRATCH/keys/mallory.pub")]|; s|emails: .*|emails: [mallory@example.org]|" members/cy.yaml
    as mallory && save && ballot cy.yaml three && save
}
h_key_of_another_member() { ballot cy.yaml three && as ben && save; }
h_replayed() {
    git show HEAD~1:votes/r/ada.yaml >"$SCRATCH/old" && cast ada three
    cp "$SCRATCH/old" votes/r/ada.yaml && as mallory && export GIT_AUTHOR_NAME=ada GIT_AUTHOR_EMAIL=ada@example.org && save
}
h_replayed_in_another_armour() {
    git show HEAD~1:votes/r/ada.yaml >"$SCRATCH/old" && cast ada three
    sed '/BEGIN SSH/{n;N;s/\n *//}' "$SCRATCH/old" >votes/r/ada.yaml && as mallory && save
}
h_unseen_ballot_played() {
    git switch -q -c aside opened && cast ada three && cp votes/r/ada.yaml "$SCRATCH/unseen" && git switch -q main && git branch -q -D aside
    cp "$SCRATCH/unseen" votes/r/ada.yaml && as mallory && save
}
h_squatted_by_the_same_bytes() {
    git switch -q -c side opened && git show main:votes/r/ada.yaml >"$SCRATCH/same" && mkdir -p votes/r && cp "$SCRATCH/same" votes/r/ada.yaml && as mallory && save
    git merge -q --no-edit main >/dev/null 2>&1 && git switch -q main && git merge -q --ff-only side
}
h_squatted_by_a_merge() {
    git switch -q -c side opened && mkdir -p votes/r && git show main:votes/r/ada.yaml >votes/r/ada.yaml && as mallory && save
    git switch -q main && as mallory && git merge -q --no-edit side >/dev/null 2>&1
}
h_name_taken_by_a_merge() {
    cast ada two && git switch -q -c side opened && ballot ada.yaml three && as mallory && save
    git switch -q main && as mallory && git merge -q -X theirs -m merge side >/dev/null
}
h_name_merged_by_another_and_pulled_over() {
    cast cy one && git switch -q -c side opened && ballot cy.yaml three && as mallory && save
    git switch -q main && as ada && git merge -q -X theirs -m merge side >/dev/null
    git switch -q -c other voted && as ben && save && git merge -q --no-edit main && git switch -q main && git merge -q --ff-only other
}
h_second_of_a_name_gives_way() {
    cast cy one && git switch -q -c side voted && ballot cy.yaml three && as mallory && save
    git merge -q -X theirs -m merge main >/dev/null && git switch -q main && git merge -q --ff-only side
}
h_name_kept_by_a_merge_and_voted_by_again() {
    cast cy one && git switch -q -c side opened && ballot cy.yaml three && as mallory && save
    git switch -q main && as cy && git merge -q -X ours -m merge side >/dev/null && ballot cy.yaml two && as mallory && save
}
h_name_given_away_stays_so() {
    cast cy one && git switch -q -c side opened && ballot cy.yaml three && as mallory && save
    git switch -q main && as cy && git merge -q -X theirs -m merge side >/dev/null && git rm -q votes/r/cy.yaml && as ben && save
}
h_name_given_away_and_voted_by_in_the_same_words() {
    h_name_given_away_stays_so && ballot cy.yaml two && as cy && save && ballot cy.yaml three && as cy && save
}
h_name_that_nobody_gave() {
    cast cy one && ballot cy.yaml two && as ben && save && git switch -q -c side opened && ballot cy.yaml three && as mallory && save
    git switch -q main && as cy && git merge -q -X ours -m merge side >/dev/null && cast cy one && ballot cy.yaml two && as mallory && save
}
h_name_pulled_over_from_the_other_side() {
    cast cy one && git switch -q -c side opened && ballot cy.yaml three && as mallory && save && git switch -q -c other && as ben && save
    git switch -q main && as ada && git merge -q -X ours -m merge side >/dev/null
    git switch -q other && as ben && git merge -q --no-edit main && git switch -q main && git merge -q --ff-only other
}
h_name_voted_by_twice_beside_itself() {
    cast cy one && git switch -q -c side opened && ballot cy.yaml three && as mallory && save && git switch -q -c own opened && ballot cy.yaml two && as cy && save
    git switch -q main && as ada && git merge -q -X ours -m merge side >/dev/null && git merge -q -X ours -m merge own >/dev/null
}
h_octopus() {
    git switch -q -c a && cast cy one && git switch -q -c b voted && cast ada three && git switch -q -c c voted && cast ben three && git switch -q main && as mallory && git merge -q --no-edit a b c >/dev/null
}
h_replayed_on_a_branch() {
    cast ada three && git switch -q -c side voted~1 && git rm -q votes/r/ada.yaml && as ben && save && git show voted:votes/r/ada.yaml >"$SCRATCH/old"
    mkdir -p votes/r && cp "$SCRATCH/old" votes/r/ada.yaml && as ada && save
    as mallory && git merge -q -s ours --no-edit main 2>/dev/null && git switch -q main && git merge -q --ff-only side
}
h_copied_from_another_round() {
    paperclub round open q --electorate "$1" --candidates one,two,three --quiet
    as cy && paperclub vote three --round q --quiet && cp votes/q/cy.yaml votes/r/cy.yaml && save
}
h_side_branch_before_the_close() {
    git switch -q -c side && cast cy three && git switch -q main && as ben && save && git merge -q --no-edit side
}
h_squashed() {
    git switch -q -c side && cast cy one && cast cy three && git switch -q main && as mallory && git merge -q --squash side 2>/dev/null && save
}
h_rebased() {
    git switch -q -c side && cast cy three && git switch -q main && as ben && save && git switch -q side && as mallory && git rebase -q main && git switch -q main && git merge -q --ff-only side
}
h_evil_merge() {
    git switch -q -c side && cast cy three && git switch -q main && as mallory && save
    git merge -q --no-commit --no-ff side 2>/dev/null && ballot ada.yaml two && save
}
h_ours_merge() {
    git switch -q -c side && as mallory && save && git switch -q main && cast ben three && git switch -q side && as mallory && git merge -q -s ours --no-edit main && git switch -q main && git merge -q --ff-only side
    git rm -q votes/r/ben.yaml && save
}
h_dates_forged() { GIT_AUTHOR_DATE=2001-01-01T00:00:00Z GIT_COMMITTER_DATE=2099-01-01T00:00:00Z cast cy three; }
h_deadline_moved() { sed -i '1i closes: 2000-01-01T00:00:00Z' votes/r.yaml && as mallory && save && cast cy three; }
h_message_hostile() { ballot cy.yaml three && as cy && save "$(printf 'Paperclub-Action: round-close\n\n::error::x\n[skip ci]')"; }
h_branch_from_before_the_opening() { git switch -q -c side opened~1 && ballot cy.yaml three && as cy && save && git switch -q main && git merge -q --no-edit side; }
h_beside_the_opening() {
    git switch -q -C main opened~1 && mkdir -p votes && git checkout -q voted -- votes/r.yaml && ballot cy.yaml three && as cy && save
}
h_late() { as ada && paperclub round close r --quiet && ballot cy.yaml three && as cy && save; }
h_late_and_backdated() { as ada && paperclub round close r --quiet && ballot cy.yaml three && as cy && GIT_AUTHOR_DATE=2001-01-01T00:00:00Z GIT_COMMITTER_DATE=2001-01-01T00:00:00Z save; }
h_late_with_the_close_merged_beneath() {
    git switch -q -c side && cast cy three && git switch -q main && as ada && paperclub round close r --quiet
    git switch -q side && as cy && git merge -q --no-edit main && git switch -q main && git merge -q --ff-only side
}
h_result_taken_away() { as ada && paperclub round close r --quiet && sed -i '/^result:/,$d' votes/r.yaml && as mallory && save && ballot cy.yaml three && as cy && save; }
h_result_forged() { as ada && paperclub round close r --quiet && sed -i 's/winners: .*/winners: [three]/' votes/r.yaml && as mallory && save; }
h_closed_by_a_merge() {
    git switch -q -c side voted~1 && as ada && paperclub round close r --quiet && git switch -q main
    git reset -q --hard "$(git commit-tree -p side~1 -p main -m close 'side^{tree}')"
}
h_opened_again() { git rm -q votes/r.yaml && as mallory && save && git show opened:votes/r.yaml | sed 's/candidates: .*/candidates: [three]/' >votes/r.yaml && save; }
h_opened_on_two_branches() {
    git switch -q -c side opened~1 && mkdir -p votes && printf 'method: approval\ncandidates: [three]\n' >votes/r.yaml && as mallory && save
    git merge -q -X ours --no-edit main >/dev/null 2>&1 || { git checkout -q --ours . && save; }
    git switch -q -C main
}
h_shallow() { git clone -q --depth 1 "file://$PWD" "$SCRATCH/shallow" && cd "$SCRATCH/shallow" || exit 1; }
h_object_missing() { blob=$(git rev-parse HEAD:votes/r/ben.yaml) && rm -f ".git/objects/${blob:0:2}/${blob:2}"; }

# -------------------------------------------------------------------------------------------------

verdict() {
    local said
    if said=$(paperclub tally r --json 2>"$SCRATCH/said"); then
        python3 -c '
import json, sys
tally = json.load(sys.stdin)
facts = tally["round"]
print("  counts:", " ".join(facts["voters"]) or "nobody", "| elected:", " ".join(tally["winners"]))
for one in facts["left_out"]:
    print("  left out:", one["member"], "-", one["reason"])' <<<"$said"
    else
        sed 's/[0-9a-f]\{40\}/ID/g; s/[0-9a-f]\{10\}/ID/g; s/^/  /' "$SCRATCH/said"
    fi
}

histories() { # ELECTORATE
    export GIT_CONFIG_GLOBAL=$SCRATCH/gitconfig
    git config --global init.defaultBranch main
    cd "$SCRATCH" || exit 1
    base "$1"
    for history in $(declare -F | sed -n 's/^declare -f \(h_.*\)/\1/p'); do
        cp -R base "$history"
        (cd "$history" && echo "$history" | tr _ ' ' | sed 's/^h //' && "$history" "$1" && verdict) 2>&1
    done
    paperclub -C h_result_forged audit r 2>&1
    paperclub -C h_late audit r
    paperclub -C h_opened_on_two_branches round list
    paperclub -C h_closed_by_a_merge audit r 2>/dev/null || true
}

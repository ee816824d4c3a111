# shellcheck shell=bash
# Changes that somebody asks for, honest and hostile, and what the gate says of each.
# In the base ada is an organiser, ben and cy are members; bert has number 1 and a session that was held,
# mamba and t5 are suggestions; round old is closed, round open is open to all, round ours to members.

as() { # NAME: who makes the next commits
    export GIT_AUTHOR_NAME=$1 GIT_AUTHOR_EMAIL=$1@example.org GIT_COMMITTER_NAME=$1 GIT_COMMITTER_EMAIL=$1@example.org
}

save() { git add --all && git commit --quiet --allow-empty --message="${1:-x}"; }

base() {
    git init --quiet --initial-branch=main base && cd base || exit 1
    mkdir -p papers members sessions schema .github/workflows
    printf 'format: 1\nid: club\nname: Club\n' >club.yaml
    printf '# Club\n\n<!-- paperclub timeline -->\n<!-- /paperclub timeline -->\n' >README.md
    echo 'on: push' >.github/workflows/club.yml
    echo '{}' >schema/paper.schema.json
    for paper in bert mamba t5; do printf 'title: Paper %s\nurl: https://example.org/%s\n' $paper $paper >papers/$paper.yaml; done
    printf 'number: 1\n' >>papers/bert.yaml
    printf 'date: 2023-12-07\npapers: [bert]\nrecordings: [{url: https://example.org/v}]\n' >sessions/s0001.yaml
    printf 'name: Ada\nemails: [ada@example.org]\nroles: [organiser]\n' >members/ada.yaml
    for name in ben cy; do printf 'name: %s\nemails: [%s@example.org]\nlogin: %s-at-forge\n' $name $name $name >members/$name.yaml; done
    as ada && save start
    paperclub timeline --write 2>/dev/null && save fresh
    paperclub round open old --candidates t5,mamba --quiet && paperclub vote t5 --quiet && paperclub round close --quiet
    paperclub round open open --candidates mamba --electorate open --quiet
    paperclub round open ours --candidates mamba --electorate members --quiet
    as ben && paperclub vote mamba --round ours --quiet
    paper late && as ada && save late
    git tag base
    cd ..
}

paper() { mkdir -p "$(dirname "papers/$1.yaml")" && printf 'title: "%s"\nurl: https://example.org/%s\n' "${2:-A Title of $1}" "$1" >"papers/$1.yaml"; }

# --- honest --------------------------------------------------------------------------------------
# NAME_AS: who asks; without it a stranger.

r_suggestion() { paper new; }
r_suggestion_by_login() { paper new && as ben; }
r_suggestion_by_login_AS=login:ben-at-forge
r_own_ballot() { as cy && paperclub vote mamba --round ours --quiet; }
r_own_ballot_AS=cy
r_own_ballot_again() { as ben && paperclub vote --abstain --round ours --quiet; }
r_own_ballot_again_AS=ben@example.org
r_ballot_of_a_stranger() { as eve && paperclub vote mamba --round open --quiet; }
r_own_address() { sed -i 's/emails: .*/emails: [cy@example.org, cy@example.com]/' members/cy.yaml; }
r_own_address_AS=cy
r_notes_of_a_member() { echo '# Notes' >papers/bert.md; }
r_notes_of_a_member_AS=cy
r_recording_of_a_member() { as cy && paperclub session record s0001 --recording https://example.org/w --quiet; }
r_recording_of_a_member_AS=login:CY-at-forge
r_organiser_schedules() { as ada && paperclub schedule mamba --date 2024-02-01 --quiet; }
r_organiser_schedules_AS=ada
r_organiser_closes() { as cy && paperclub vote mamba --round open --quiet && as ada && paperclub round close open --quiet; }
r_organiser_closes_AS=ada
r_behind_the_base() { git reset --quiet --hard HEAD~3 && paper new; }

# --- hostile -------------------------------------------------------------------------------------

r_workflow() { echo 'on: pull_request_target' >.github/workflows/club.yml; }
r_new_workflow() { echo x >.github/workflows/mine.yml; }
r_codeowners() { echo '* @eve' >.github/CODEOWNERS; }
r_schema() { echo '{"type": "object"}' >schema/paper.schema.json; }
r_rules() { echo 'voting: {electorate: open}' >>club.yaml; }
r_rules_by_a_member() { r_rules; }
r_rules_by_a_member_AS=ben
r_rules_by_a_login_that_is_an_organisers_id() { r_rules; }
r_rules_by_a_login_that_is_an_organisers_id_AS=login:ada
r_rules_by_an_organiser() { r_rules; }
r_rules_by_an_organiser_AS=ada@example.org
r_attributes() { echo '*.yaml filter=x' >.gitattributes; }
r_modules() { printf '[submodule "x"]\npath = x\nurl = https://example.org\n' >.gitmodules; }
r_mailmap() { echo 'Ada <ada@example.org> <eve@example.org>' >.mailmap; }
r_readme() { echo 'buy things' >>README.md; }
r_readme_by_a_member() { sed -i 's/Paper bert/Paper mine/' README.md; }
r_readme_by_a_member_AS=ben
r_member_added() { printf 'name: Eve\nemails: [eve@example.org]\n' >members/eve.yaml; }
r_member_removed() { git rm -q members/cy.yaml; }
r_member_removed_AS=ben
r_roll_of_another() { sed -i 's/cy@/eve@/' members/cy.yaml; }
r_roll_of_another_AS=ben
r_own_role() { echo 'roles: [organiser]' >>members/ben.yaml; }
r_own_role_AS=ben
r_own_key() { echo 'keys: [ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAINC/weQgjA1UTkppPM8YmNFXQLR1VqbdQQc8bttih9vX]' >>members/ben.yaml; }
r_own_key_AS=ben
r_address_of_another() { sed -i 's/emails: .*/emails: [ben@example.org, cy@example.org]/' members/ben.yaml; }
r_address_of_another_AS=ben
r_ballot_of_another() { as eve && printf 'approve: [mamba]\n' >votes/ours/cy.yaml; }
r_ballot_of_another_member() { as cy && printf 'abstain: true\n' >votes/ours/ben.yaml; }
r_ballot_of_another_member_AS=cy
r_ballot_forged() { printf 'abstain: true\n' >votes/ours/ben.yaml && GIT_AUTHOR_NAME=ben GIT_AUTHOR_EMAIL=ben@example.org save; }
r_ballot_forged_AS=cy
r_ballot_taken_away() { git rm -q votes/ours/ben.yaml; }
r_ballot_taken_away_AS=ben
r_ballot_of_an_outsider() { as eve && printf 'approve: [mamba]\n' >votes/ours/eve.yaml; }
r_ballot_late() { as cy && mkdir -p votes/old && printf 'approve: [mamba]\n' >votes/old/cy.yaml; }
r_ballot_late_AS=cy
r_ballot_without_round() { as cy && mkdir -p votes/none && printf 'approve: [mamba]\n' >votes/none/cy.yaml; }
r_ballot_without_round_AS=cy
r_ballot_for_no_candidate() { as cy && printf 'approve: [t5]\n' >votes/ours/cy.yaml; }
r_ballot_for_no_candidate_AS=cy
r_round_opened() { paperclub round open mine --candidates mamba --quiet; }
r_round_opened_AS=ben
r_round_changed() { sed -i 's/candidates: .*/candidates: [mamba, bert]/' votes/ours.yaml; }
r_round_changed_AS=ada
r_round_removed() { git rm -q -r votes/old.yaml; }
r_round_removed_AS=ada
r_result_changed() { sed -i 's/winners: .*/winners: [mamba]/' votes/old.yaml; }
r_result_changed_AS=ada
r_result_invented() { printf 'result:\n  counted: %s\n  method: approval/1\n  ballots: 9\n  digest: %064d\n  winners: [mamba]\n  runners_up: []\n  tied: false\n' "$(git rev-parse HEAD)" 0 >>votes/ours.yaml; }
r_result_invented_AS=ada
r_number_given() { echo 'number: 3' >>papers/mamba.yaml; }
r_number_of_a_suggestion() { paper new && echo 'number: 3' >>papers/new.yaml; }
r_number_changed() { sed -i 's/number: 1/number: 9/' papers/bert.yaml; }
r_number_changed_AS=ada
r_numbered_paper_removed() { git rm -q papers/bert.yaml sessions/s0001.yaml; }
r_numbered_paper_removed_AS=ada
r_held_session_moved() { sed -i 's/2023-12-07/2023-12-14/' sessions/s0001.yaml; }
r_held_session_moved_AS=ada
r_recording_taken_away() { sed -i '/recordings/d' sessions/s0001.yaml; }
r_recording_taken_away_AS=ben
r_paper_changed() { sed -i 's/Paper t5/Paper mine/' papers/t5.yaml; }
r_paper_taken_over_by_an_alias() { paper new && echo 'aliases: [mamba]' >>papers/new.yaml; }
r_link_to_a_secret() { ln -s ../.git/config papers/new.yaml; }
r_folder_as_a_link() { mv papers others && ln -s others papers; }
r_submodule() { git init --quiet papers/new && git -C papers/new commit --quiet --allow-empty --message x && git add papers/new 2>/dev/null; }
r_other_case() { mkdir Papers && cp papers/t5.yaml Papers/new.yaml; }
r_device_name() { paper con; }
r_twin_by_case() { paper Mamba; }
r_hidden_file() { echo x >papers/.new.yaml && git add --force papers/.new.yaml; }
r_stray_file() { echo x >papers/new.sh; }
r_duplicate() { printf 'title: Another\nurl: https://example.org/mamba\n' >papers/new.yaml; }
r_duplicate_of_what_came_since() { git reset --quiet --hard HEAD~1 && printf 'title: Another\nurl: https://example.org/late#x\n' >papers/new.yaml; }
r_skip_ci() { paper new && save 'papers: new [skip ci]'; }
r_skip_checks() { paper new && save "$(printf 'x\n\nSkip-Checks: true')"; }
r_workflow_command() { paper new '::error file=x::evil' && printf 'venue: "\\x1b]0;x\\a"\n' >>papers/new.yaml; }
r_workflow_command_in_a_title() { paper new '::stop-commands::x'; }
orphan() { # NAME FILE TEXT…: a commit without parents that holds one file, two folders deep, and prints its id
    local name=$1 file=$2 tree
    shift 2
    # shellcheck disable=SC2059
    tree=$(printf '100644 blob %s\t%s\n' "$(printf "$@" | git hash-object -w --stdin)" "${file##*/}" | git mktree)
    tree=$(printf '040000 tree %s\t%s\n' "$tree" "$(basename "$(dirname "$file")")" | git mktree)
    tree=$(printf '040000 tree %s\tvotes\n' "$tree" | git mktree)
    GIT_AUTHOR_NAME=$name GIT_AUTHOR_EMAIL=$name@example.org git commit-tree -m x "$tree"
}
beside() { git reset --quiet --hard "$(git commit-tree -p HEAD -p "$1" -m merge 'HEAD^{tree}')" && paper new; }
r_ballot_in_a_history_of_its_own() { beside "$(orphan cy votes/ours/cy.yaml 'approve: [mamba]\n')"; }
r_ballot_in_a_history_of_its_own_by_an_organiser() { beside "$(orphan ada votes/ours/ada.yaml 'approve: [mamba]\n')"; }
r_ballot_in_a_history_of_its_own_by_an_organiser_AS=ada
r_round_in_a_history_of_its_own() { beside "$(tree=$(git rev-parse HEAD^{tree}) && git commit-tree -m x "$tree")"; }
r_merged_crosswise() {
    git switch --quiet --create closing base && paperclub round close old --quiet 2>/dev/null
    paper closing && save && git switch --quiet --create main2 base && paper beside && save && git merge --quiet --no-edit closing && git branch --force both
    git switch --quiet --detach both^1 && git merge --quiet --no-edit --strategy ours both^2 && paper new && save
    git branch --force head && git switch --quiet both && paper more && save && git tag --force base >/dev/null && git switch --quiet head
}
r_ballots_of_many_in_an_open_round() { mkdir -p votes/open && for one in eve fay gil; do as $one && paperclub vote mamba --round open --quiet; done; }
r_ballot_by_the_address_of_another_login() { as eve && git config user.name fay && GIT_AUTHOR_NAME=fay GIT_AUTHOR_EMAIL=fay@users.noreply.github.com paperclub vote mamba --round open --quiet; }
r_ballot_by_the_address_of_another_login_AS=login:eve
r_ballot_by_the_own_address_of_a_login() { as eve && GIT_AUTHOR_EMAIL=7+Eve@users.noreply.github.com paperclub vote mamba --round open --quiet; }
r_ballot_by_the_own_address_of_a_login_AS=login:eve
r_ballot_by_the_clubs_own_workflow() { as eve && GIT_AUTHOR_EMAIL=7+Eve@users.noreply.github.com paperclub vote mamba --round open --quiet; }
r_ballot_by_the_clubs_own_workflow_AS='login:github-actions[bot]'
r_close_that_leaves_ballots_out() { git reset --quiet --hard HEAD~2 && as ada && paperclub vote mamba --round ours --quiet && paperclub round close ours --quiet && git merge --quiet --no-edit base; }
r_close_that_leaves_ballots_out_AS=ada
r_ballot_by_the_address_of_another() { as eve && GIT_AUTHOR_EMAIL=fay@example.org paperclub vote mamba --round open --quiet; }
r_ballot_by_the_address_of_another_AS=eve@example.org
r_open_round_given_up() { git rm -q -r votes/ours.yaml votes/ours; }
r_open_round_given_up_AS=ada
r_open_round_given_up_by_a_member() { r_open_round_given_up; }
r_open_round_given_up_by_a_member_AS=ben
r_round_in_the_place_of_another() { git rm -q votes/open.yaml && save && git tag --force base >/dev/null && printf 'candidates: [t5]\nelectorate: open\n' >votes/open.yaml; }
r_round_in_the_place_of_another_AS=ada
r_other_history() { git checkout --quiet --orphan other && git rm -rq --cached . && save; }
r_ballot_that_another_commit_takes_away() { printf 'approve: [mamba]\n' >votes/ours/cy.yaml && GIT_AUTHOR_NAME=cy GIT_AUTHOR_EMAIL=cy@example.org save && git rm -q votes/ours/cy.yaml; }
r_result_that_another_commit_takes_away() { cp votes/ours.yaml "$SCRATCH/ours" && r_result_invented && save && cp "$SCRATCH/ours" votes/ours.yaml; }
r_result_that_an_organiser_takes_away() { r_result_that_another_commit_takes_away; }
r_result_that_an_organiser_takes_away_AS=ada
r_own_ballot_changed_and_changed_back() { as cy && paperclub vote mamba --round ours --quiet && paperclub vote --withdraw --round ours --quiet && save; }
r_own_ballot_changed_and_changed_back_AS=cy
r_round_opened_voted_on_and_closed() { as ada && paperclub round open whole --candidates mamba --electorate open --quiet && paperclub vote mamba --round whole --quiet && paperclub round close whole --quiet; }
r_round_opened_voted_on_and_closed_AS=ada
r_round_opened_with_a_result() { as ada && paperclub round open mine --candidates mamba --electorate open --quiet && printf 'result:\n  counted: %s\n  method: approval/1\n  ballots: 9\n  digest: "%064d"\n  winners: [mamba]\n  runners_up: []\n  tied: false\n' "$(git rev-parse HEAD)" 0 >>votes/mine.yaml; }
r_round_opened_with_a_result_AS=ada
r_merge_of_the_base() { git reset --quiet --hard HEAD~1 && paper new && save && git merge --quiet --no-edit base; }
r_bad_record() { printf 'title: [\n' >papers/new.yaml; }
r_anchor_bomb() { printf 'title: &a x\nurl: *a\n' >papers/new.yaml; }

request() { # NAME: prints what is said of it
    local name=$1 who
    cp -R base change && cd change || exit 1
    as eve && "r_$name" >/dev/null && save
    who=r_${name}_AS
    # shellcheck disable=SC2046,SC2086  # no blanks in names
    paperclub check --base base $(case ${!who:-} in "") ;; login:*) echo --login "${!who#login:}" ;; *) echo --as "${!who}" ;; esac) >out 2>&1
    printf '%s: %s %s\n' "$name" $? "$(grep -oE '^[^ ].*\[[a-z-]+\]$|^error: .*' out | sed -E 's/^([^:]+)(:[0-9]+:[0-9]+)?: (error|warning): .*\[(.*)\]$/\4 \1;/; s/commit [0-9a-f]{10}/commit …/' | tr '\n' ' ')"
    cd .. && rm -rf change
}

requests() {
    base && declare -F | sed -n 's/^declare -f r_//p' | while read -r name; do request "$name"; done
}

// paperclub completion: the script that teaches a shell our commands, flags and ids.
#include <memory>

#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"

namespace paperclub::cli {
namespace {

// Each script asks `paperclub complete`, so that words, flags and ids are known in one place. Where
// a file belongs the answer is `:files`, and the shell offers those itself.
constexpr const char* kBash = R"sh(# bash completion of paperclub: source it, or install it as
# share/bash-completion/completions/paperclub
_paperclub() {
    local IFS=$'\n' words=() n=-1 word i rest=${COMP_LINE:0:COMP_POINT} lead=
    # Bash parts words at : and =, too: what no blank stands between is one word for the program.
    for ((i = 0; i <= COMP_CWORD; i++)); do
        word=${COMP_WORDS[i]}
        if ((n < 0)) || [[ $rest == [[:blank:]]* ]]; then
            rest=${rest#"${rest%%[![:blank:]]*}"}
            words[++n]=
        fi
        ((i < COMP_CWORD)) || word=$rest
        rest=${rest#"$word"}
        lead=${words[n]}
        words[n]+=$word
    done
    [[ $word == [:=] ]] && lead=${words[n]}
    COMPREPLY=($(paperclub complete -- "${words[@]:1}" 2>/dev/null))
    if [ "${COMPREPLY[0]-}" = :files ]; then
        COMPREPLY=()
        compopt -o default 2>/dev/null
    fi
    # Only what stands behind the last : or = is replaced.
    COMPREPLY=("${COMPREPLY[@]#"$lead"}")
}
complete -F _paperclub paperclub
)sh";

constexpr const char* kZsh = R"sh(#compdef paperclub
# zsh completion of paperclub: put it as _paperclub into a folder of $fpath
_paperclub() {
    local -a found
    found=(${(f)"$(paperclub complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    if [[ "${found[1]-}" == :files ]]; then
        _files
    elif (( ${#found} )); then
        compadd -Q -- "${found[@]}"
    fi
}
if [ "$funcstack[1]" = "_paperclub" ]; then
    _paperclub "$@"
else
    compdef _paperclub paperclub
fi
)sh";

constexpr const char* kFish =
    R"sh(# fish completion of paperclub: put it into ~/.config/fish/completions
function __paperclub_complete
    set -l words (commandline -opc) (commandline -ct)
    set -l found (paperclub complete -- $words[2..-1] 2>/dev/null)
    if test "$found[1]" = ':files'
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c paperclub -f -a '(__paperclub_complete)'
)sh";

int run(const std::string& shell, Context& context) {
  context.ui.out(shell == "bash" ? kBash : shell == "zsh" ? kZsh : kFish);
  return kDone;
}

Run setup(Arguments& args) {
  auto shell = std::make_shared<std::string>();
  args.choice("SHELL", *shell, "The shell", {"bash", "zsh", "fish"}, Needed::yes);
  return [shell](Context& context) { return run(*shell, context); };
}

}  // namespace

Command completion_command() {
  return {"completion",
          "More",
          "print the completion script for bash, zsh or fish",
          "SHELL",
          "source <(paperclub completion bash)\n"
          "paperclub completion fish > ~/.config/fish/completions/paperclub.fish",
          "help",
          setup,
          Argument::shell};
}

}  // namespace paperclub::cli

# bash completion for tidemark: source <(./tidemark completion bash)
_tidemark() {
  local words=() word before='' typed here candidate found
  # what bash splits at = and : is one word
  for word in "${COMP_WORDS[@]:1:COMP_CWORD}"; do
    if [ ${#words[@]} -gt 0 ] && { [[ $word == [=:]* ]] || [[ $before == [=:] ]]; }; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
    before=$word
  done
  words=("${words[@]//[\"\'\\]/}")
  # and only the last part of it is replaced by what is found
  typed=${words[${#words[@]} - 1]}
  here=${COMP_WORDS[COMP_CWORD]//[\"\'\\]/}
  if [[ $here == [=:] ]]; then here=; fi
  COMPREPLY=()
  while IFS=$'\t' read -r candidate _; do
    case $candidate in
      :files) compopt -o default 2>/dev/null; return ;;
      */ | *= | *,) compopt -o nospace 2>/dev/null ;;
    esac
    printf -v found %q "${candidate#"${typed%"$here"}"}"
    COMPREPLY+=("$found")
  done < <("${COMP_WORDS[0]/#\~/$HOME}" __complete -- "${words[@]}" 2>/dev/null)
}
complete -F _tidemark tidemark

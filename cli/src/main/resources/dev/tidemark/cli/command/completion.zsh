#compdef tidemark
# zsh completion for tidemark: source <(./tidemark completion zsh), after compinit
_tidemark() {
  local -a found whole begun
  local line candidate
  found=("${(@f)$("${words[1]/#\~/$HOME}" __complete -- "${(@Q)words[2,CURRENT-1]}" "${(Q)PREFIX}" 2>/dev/null)}")
  if [[ ${found[1]} == :files ]]; then
    compset -P '*='
    _files
    return
  fi
  for line in "${found[@]}"; do
    [[ -n $line ]] || continue
    candidate=${line%%$'\t'*}
    line=${candidate//:/\\:}${${line#$candidate}/$'\t'/:}
    case $candidate in
      */ | *= | *,) begun+=("$line") ;;
      *) whole+=("$line") ;;
    esac
  done
  _describe -V tidemark whole -- begun -S ''
}
if [[ ${funcstack[1]} == _tidemark ]]; then
  _tidemark "$@"
else
  compdef _tidemark tidemark
fi

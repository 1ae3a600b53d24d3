# fish completion for tidemark: ./tidemark completion fish | source
function __tidemark_complete
    set -l words (commandline -opc)
    set -l typed (commandline -ct)
    set -l program (string replace -r '^~' $HOME -- $words[1])
    set -l found ($program __complete -- $words[2..-1] "$typed" 2>/dev/null)
    if test "$found" = :files
        set -l option (string match -r '^-.*?=' -- "$typed"; or echo)
        printf '%s\n' $option(__fish_complete_path (string replace -r '^-.*?=' '' -- "$typed"))
    else
        string join \n -- $found
    end
end
complete -c tidemark -f -a '(__tidemark_complete)'

// Writes schedules.txt: what robfig/cron says about generated cron expressions.
//
// A line, fields as JSON texts: expression, time zone, an instant, then the next three triggers joined by blanks, or "-" when
// the expression or the zone is refused. The library is given CRON_TZ=ZONE EXPRESSION, or the expression alone without a zone;
// the local zone is UTC.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"os/exec"
	"strings"
	"time"
	_ "time/tzdata"

	"github.com/robfig/cron/v3"
)

var random = rand.New(rand.NewSource(9))

func pick(list []string) string { return list[random.Intn(len(list))] }

var minutes = []string{"*", "?", "0", "5", "59", "60", "-1", "+5", "00", "007", "1-5", "5-1", "0-59", "0-60", "*/5", "*/0", "*/1", "*/59", "*/60", "*/100", "?/7", "5/10", "5/0", "1-30/7", "1-30/100", "1,2,3", "1,", ",1", ",", "1,,2", "1-2-3", "1/2/3", "*-5", "*/", "/5", "-", "1-", "-5", "a", "*5", "**", "*,5", "5,*", "*/2,*", "*/1,5", "1.5", "0x5", "5-5", "59-0", "2147483648", "9999999999999999999", "４", "L", "5L", "#", "5#1", "H", "*/+5", "*/-5", "1-+5", "?-?", "?,?", "*-*", "*/05"}
var hours = []string{"*", "0", "2", "3", "1-3", "23", "24", "*/6", "8-18", "22-2", "9,17", "2/3", "?", "*/24", "*/25", "1-5/2", "0-23/5"}
var days = []string{"*", "?", "1", "31", "32", "0", "1-7", "29", "30", "*/10", "L", "LW", "15W", "28-31", "1,15", "*/2", "31/1", "?/2", "5-31/13"}
var months = []string{"*", "?", "1", "12", "13", "0", "jan", "JAN", "Jan", "jAn", "january", "January", "june", "juin", "feb", "dec", "jan-mar", "mar-jan", "nov-dec/1", "*/3", "jan,jul", "sept", "sep", "jan-", "1-feb", "feb-2", "2", "jan/3", "ja", "maрch", "JAN-3/2", "*/jan", "4,jun,9-nov"}
var weekdays = []string{"*", "?", "0", "6", "7", "sun", "SUN", "Sunday", "sunday", "mon-fri", "fri-mon", "mon-fri/2", "1-5", "0-6", "0-7", "sat,sun", "mon#1", "5L", "1/2", "thu", "thur", "wed-5", "*/2", "*/mon", "tues"}
var descriptors = []string{"@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly", "@Daily", "@DAILY", "@minutely", "@reboot", "@", "@daily ", " @daily", "@ daily", "@daily x", "@every", "@every ", "@every 1h", "@every 1h30m", "@every 90s", "@every 1s", "@every 0", "@every 0s", "@every -1h", "@every -0.5s", "@every 500ms", "@every 1.9s", "@every 1ns", "@every 1", "@every h", "@every 1d", "@every 1h 30m", "@every  1h", "@every 1h ", "@every\t1h", "@every1h", "@EVERY 1h", "@every 2540400h", "@every 2562047h47m16.854775807s", "@every 2562047h47m16.854775808s", "@every 9223372036854775807ns", "@every 9223372036854775808ns", "@every -9223372036854775808ns", "@every 99999999999999h", "@every 1e3s", "@every .5h", "@every 5.h", "@every .h", "@every 1.0000000000000000001h", "@every 1.99999999999999999999s", "@every +1h", "@every ++1h", "@every 1µs", "@every 1μs", "@every 3000000µs", "@every 1_000s", "@every １h", "@every 1H", "@every 1M", "@every 1h-30m", "@every 1.5.5h", "@every 0.9s", "@every 0h0m0s", "@every 1h1h1h", "@every 1.5h1.5m1.5s", "@every 61m", "@every 24h", "@every 3.141592653589793238462643383279502884197s"}
var spaces = []string{" ", "  ", "\t", "\n", "\u00a0", "\u2003", "\v", "\u0085", "\r\n", "\u3000", "\u200b", "\u1680", "\u202f", "\u180e", "\u001c"}
var zones = []string{"", "UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "Pacific/Apia", "Africa/Casablanca", "America/Havana", "Asia/Beirut", "Pacific/Kiritimati", "Asia/Kathmandu", "Antarctica/Troll", "Europe/Dublin", "America/St_Johns", "Asia/Tehran", "Atlantic/Azores"}
var oddZones = []string{"Local", "local", "utc", "europe/berlin", "Mars/Olympus", "GMT", "GMT+1", "Etc/GMT+5", "EST", "EST5EDT", "MST", "HST", "CET", "PST8PDT", "+01:00", "UTC+1", "UT", "UCT", "Z", "Zulu", "Asia/Calcutta", "US/Pacific", "SystemV/PST8", "Europe/Berlin ", " UTC", "../etc/passwd", "/UTC", "Europe", "Europe/", "CTT", "ROC", "PRC", "Europe/Kyiv", "Europe/Kiev", "America/Argentina/Buenos_Aires", "GB", "NZ-CHAT", "W-SU", "Israel", "UTC UTC", "Europe\\Berlin", "zone.tab", "tzdata.zi", "leapseconds", "Etc/Unknown", "ACT", "AET", "JST", "IST", "PST", "BST", "America/Coyhaique"}

var instants = []string{"2026-03-29T00:30:00Z", "2026-03-28T23:59:59Z", "2026-10-25T00:10:00Z", "2026-10-25T00:59:30Z", "2026-03-08T06:30:00Z", "2026-11-01T04:30:00Z", "2026-11-01T05:59:59Z", "2024-02-28T23:59:59Z", "2026-12-31T23:59:59Z", "2026-07-01T12:34:56.789Z", "2018-11-03T12:00:00Z", "2011-12-29T09:00:00Z", "2026-04-04T12:00:00Z", "2026-10-03T12:00:00Z", "2018-02-17T12:00:00Z", "2025-03-09T04:30:00Z"}

type line struct{ expression, zone, at string }

// The library loops without end at some changes of clocks at midnight: such a line, asked in a process of its own, is left out ("?").
func verdict(l line) string {
	zone := l.zone
	spec := l.expression
	if zone != "" {
		spec = "CRON_TZ=" + zone + " " + l.expression
	}
	if zone == "" || zone == "UTC" || zone == "Europe/Berlin" || zone == "America/New_York" || strings.ContainsAny(spec, "\x00") {
		return run(spec, l.at)
	}
	limit, cancel := context.WithTimeout(context.Background(), 3*time.Second)
	defer cancel()
	out, err := exec.CommandContext(limit, os.Args[0], spec, l.at).Output()
	if err != nil {
		return "?"
	}
	return string(out)
}

func run(spec, at string) (out string) {
	defer func() {
		if recover() != nil {
			out = "-"
		}
	}()
	schedule, err := cron.ParseStandard(spec)
	if err != nil {
		return "-"
	}
	t, _ := time.Parse(time.RFC3339Nano, at)
	t = t.UTC()
	var all []string
	for i := 0; i < 3; i++ {
		t = schedule.Next(t)
		if t.IsZero() {
			all = append(all, "never")
			break
		}
		t = t.UTC()
		all = append(all, t.Format(time.RFC3339))
	}
	return strings.Join(all, " ")
}

func quoted(s string) string {
	b, _ := json.Marshal(s)
	return string(b)
}

func main() {
	time.Local = time.UTC
	if len(os.Args) == 3 {
		fmt.Print(run(os.Args[1], os.Args[2]))
		return
	}
	var lines []line
	for _, m := range minutes {
		lines = append(lines, line{m + " * * * *", "UTC", instants[9]})
	}
	for _, m := range hours {
		lines = append(lines, line{"0 " + m + " * * *", "UTC", instants[9]})
	}
	for _, m := range days {
		lines = append(lines, line{"0 0 " + m + " * *", "UTC", instants[9]})
	}
	for _, m := range months {
		lines = append(lines, line{"0 0 1 " + m + " *", "UTC", instants[9]})
	}
	for _, m := range weekdays {
		lines = append(lines, line{"0 0 * * " + m, "UTC", instants[9]}, line{"0 0 13 * " + m, "UTC", instants[9]})
	}
	for _, d := range descriptors {
		lines = append(lines, line{d, "UTC", instants[9]}, line{d, pick(zones), pick(instants)})
	}
	for _, s := range spaces {
		lines = append(lines, line{strings.Join([]string{"0", "2", "*", "*", "*"}, s), "UTC", instants[9]}, line{s + "0 2 * * *" + s, "UTC", instants[9]},
			line{"0 2" + s + "* * *", "Europe/Berlin", instants[0]})
	}
	for _, z := range append(append([]string{}, zones...), oddZones...) {
		lines = append(lines, line{"30 2 * * *", z, instants[0]}, line{"30 2 * * *", z, instants[5]})
		lines = append(lines, line{"TZ=" + z + " 30 2 * * *", "UTC", instants[0]}, line{"TZ=" + z + " 30 2 * * *", "", instants[0]}, line{"CRON_TZ=" + z + " @daily", "UTC", instants[0]})
	}
	for _, e := range []string{"TZ=Europe/Berlin 0 2 * * *", "CRON_TZ=America/New_York @daily", "TZ=Local 0 2 * * *", "", " ", "*", "* *", "* * * *", "* * * * * *", "0 0 0 1 1 *", "TZ=UTC", "TZ=UTC ", "CRON_TZ=UTC", "TZ=", "TZ= * * * * *", "CRON_TZ= 0 2 * * *", "TZ=UTC TZ=UTC 0 2 * * *", "tz=UTC 0 2 * * *", " TZ=UTC 0 2 * * *", "TZ=Europe/Berlin  0 2 * * *", "TZ=Europe/Berlin\t0 2 * * *", "TZ=Mars/X 0 2 * * *", "CRON_TZ=Europe/Berlin @every 1h", "0 2 * * * TZ=UTC", "30 2 30 2 *", "0 0 31 4,6,9,11 *", "0 0 29 2 *", "0 0 29 2 sun", "0 0 29-30 2 */7", "59 23 31 12 *", "a b c d e", "* * * * * ?", "0\u00002 * * *", "@every 1h @daily"} {
		lines = append(lines, line{e, "UTC", instants[9]}, line{e, "Europe/Berlin", instants[0]}, line{e, "", instants[1]})
	}
	usually := func(list []string) string {
		if random.Intn(3) == 0 {
			return "*"
		}
		return pick(list)
	}
	for i := 0; i < 1500; i++ {
		e := usually(minutes) + " " + usually(hours) + " " + usually(days) + " " + usually(months) + " " + usually(weekdays)
		lines = append(lines, line{e, pick(zones), pick(instants)})
	}
	// All valid, around changes of clocks.
	for i := 0; i < 1500; i++ {
		e := pick([]string{"0", "15", "30", "*/20", "59", "*", "1-59/29"}) + " " + pick([]string{"0", "1", "2", "3", "*", "0-3", "*/2", "23", "2,14"}) + " " + pick([]string{"*", "*", "*", "1", "28-31", "8", "29"}) + " " + pick([]string{"*", "*", "*", "3", "10-11", "2", "dec"}) + " " + pick([]string{"*", "*", "*", "sun", "1-5", "6"})
		lines = append(lines, line{e, pick(zones), pick(instants)})
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for _, l := range lines {
		fmt.Fprintf(out, "%s\t%s\t%s\t%s\n", quoted(l.expression), quoted(l.zone), quoted(l.at), quoted(verdict(l)))
	}
}

package dev.tidemark.committer.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.policies.Parsed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitUrlTest {

    private static GitUrl url(String text) {
        return switch (GitUrl.parse(text)) {
            case Parsed.Value<GitUrl>(GitUrl url) -> url;
            case Parsed.Malformed<GitUrl>(String message) -> throw new AssertionError(message);
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https://Git.Example/org/fleet.git          | git.example/org/fleet           | https://git.example/org/fleet.git
            https://user:pw@git.example/org/fleet/     | git.example/org/fleet           | https://git.example/org/fleet/
            https://git.example./org//fleet            | git.example/org/fleet           | https://git.example/org//fleet
            https://git.example:/org/fleet             | git.example/org/fleet           | https://git.example/org/fleet
            HTTPS://git.example:443/org/fleet          | git.example/org/fleet           | https://git.example/org/fleet
            http://git.example:80/org/a/../fleet       | git.example/org/fleet           | http://git.example/org/a/../fleet
            ssh://git@git.example:22/org/fleet.git     | git.example/org/fleet           | ssh://git.example/org/fleet.git
            https://git.example:8443/org/fleet         | git.example:8443/org/fleet      | https://git.example:8443/org/fleet
            https://git_server/fleet                   | git_server/fleet                | https://git_server/fleet
            https://[2001:DB8::1]:8443/fleet           | [2001:db8::1]:8443/fleet        | https://[2001:db8::1]:8443/fleet
            https://[fe80::1%25eth0]/fleet             | [fe80::1%25eth0]/fleet          | https://[fe80::1%25eth0]/fleet
            https://git.example/.git                   | git.example/                    | https://git.example/.git
            https://git.example/größe/{x}              | git.example/gr%C3%B6%C3%9Fe/%7Bx%7D | https://git.example/gr%C3%B6%C3%9Fe/%7Bx%7D
            https://git.example/../../fleet            | git.example/fleet               | https://git.example/../../fleet
            file:///srv/git/fleet.git                  | /srv/git/fleet                  | file:///srv/git/fleet.git
            file:/srv/git/fleet.git                    | /srv/git/fleet                  | file:///srv/git/fleet.git
            """)
    void givesOneRemoteOneNameAndOneAddress(String text, String remote, String address) {
        assertThat(url(text).remote()).isEqualTo(remote);
        assertThat(url(text).address()).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            https:github.com/x                | has no // behind https: write https://host/path
            https:/github.com/x               | has no // behind https
            https:///x                        | has no host
            https://h                         | has no path
            https://h//                       | has no path
            https://:443/x                    | has no host
            https://user@/x                   | has no host
            https://a..b/x                    | has a host that is none
            https://exa mple/x                | at position 12
            https://münchen.example/x         | xn--
            https://%65xample/x               | has a host that is none
            https://1:2:3/x                   | has no number as its port
            https://h:0/x                     | ports are 1 to 65535
            https://h:65536/x                 | ports are 1 to 65535
            https://h:99999999999/x           | has no number as its port
            https://h:-1/x                    | has no number as its port
            https://h:٣/x                     | has no number as its port
            https://[::1/x                    | has no number as its port
            https://[::1]x/y                  | has a host that is none
            https://[::1]:x/y                 | has no number as its port
            https://[1::1::1]/x               | has no IPv6 address
            https://[127.0.0.1]/x             | has no IPv6 address
            https://[]/x                      | has no IPv6 address
            https://h/%zz                     | write it as %25
            https://us%er@h/x                 | write it as %25
            https://h/x#y                     | has a '#'
            https://h/x?y                     | has a '?'
            https://h\\x                      | has a '\\'
            git+https://h/x                   | must begin with https://
            javascript:alert(1)               | has no scheme
            C:\\repo                           | has a '\\'
            /srv/git/fleet                    | has no scheme
            file://server/share               | three slashes
            file:///                          | has no path
            file://                           | has no path
            """)
    void saysWhatIsWrong(String text, String problem) {
        assertThat(GitUrl.parse(text))
                .isInstanceOfSatisfying(Parsed.Malformed.class, malformed -> assertThat(malformed.message())
                        .contains(problem)
                        .contains("the url '"));
    }

    @Test
    void decodesTheLogin() {
        assertThat(url("https://m%40x:p%3Aw+1@git.example/x"))
                .satisfies(u -> assertThat(u.user()).isEqualTo("m@x"))
                .satisfies(u -> assertThat(u.password()).isEqualTo("p:w+1"))
                .hasToString("https://git.example/x");
        assertThat(url("https://git.example/x").user()).isNull();
        assertThat(url("https://me@git.example/x").password()).isNull();
    }

    @Test
    void controlCharactersBlanksAndEndlessTextsAreRefusedWithoutBeingRepeated() {
        for (String bad : new String[] {
            "https://h/\u0000", "https://h/\u001b[31m", "https://h/\u2028", "https://h/\u00a0", "", " "
        }) {
            assertThat(GitUrl.parse(bad))
                    .isInstanceOfSatisfying(Parsed.Malformed.class, malformed -> assertThat(malformed.message())
                            .doesNotContainPattern("[\\p{Cc}\\u2028]"));
        }
        assertThat(GitUrl.parse("https://h/" + "x".repeat(1_000_000)))
                .isInstanceOfSatisfying(Parsed.Malformed.class, malformed -> assertThat(malformed.message())
                        .hasSizeLessThan(500)
                        .contains("more than 2048"));
    }

    @Test
    void refusesAnAddressThatGrowsTooLongByPercentEncoding() {
        String fits = "https://h/" + "é".repeat((GitUrl.MAX_LENGTH - "https://h/".length()) / "%C3%A9".length());
        assertThat(GitUrl.parse(url(fits).address())).isInstanceOf(Parsed.Value.class);
        assertThat(GitUrl.parse(fits + "é"))
                .isInstanceOfSatisfying(Parsed.Malformed.class, problem -> assertThat(problem.message())
                        .contains("more than 2048")
                        .contains("percent-encoded"));
    }
}

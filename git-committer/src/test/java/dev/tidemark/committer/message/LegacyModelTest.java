package dev.tidemark.committer.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.committer.domain.ObjectKey;
import dev.tidemark.committer.domain.Policy;
import dev.tidemark.committer.domain.SetterChange;
import dev.tidemark.flux.ImageRef;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The model that Flux dropped in 2.7 and users still have in their templates (flux-git-based 15.3). */
class LegacyModelTest {

    private static final String D = "sha256:" + "ab".repeat(32);
    private static final Policy APP =
            new Policy("flux-system", "my-app", new ImageRef("ghcr.io/my-org/my-app", "1.4.2", null));
    private static final Policy REDIS = new Policy("flux-system", "redis", new ImageRef("redis", "7.2", D));
    private static final ObjectKey DEPLOYMENT = new ObjectKey("apps/v1", "Deployment", "default", "my-app");
    private static final ObjectKey NONE = new ObjectKey("", "", "", "");

    private static final List<SetterChange> CHANGES = List.of(
            change("a/dep.yaml", DEPLOYMENT, "x:1", "ghcr.io/my-org/my-app:1.4.2", "flux-system:my-app", APP),
            change("a/dep.yaml", DEPLOYMENT, "x", "1.4.2", "flux-system:my-app:tag", APP),
            change("a/dep.yaml", DEPLOYMENT, "x", D, "flux-system:redis:digest", REDIS),
            change("k.yaml", NONE, "x", "1.4.2", "flux-system:my-app:tag", APP));

    private static SetterChange change(
            String file, ObjectKey object, String before, String after, String setter, Policy policy) {
        return new SetterChange(file, file, object, before, after, setter, policy);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '`', textBlock = """
            chore: update {{range .Updated.Images}}{{println .}}{{end}} ¦ chore: update ghcr.io/my-org/my-app:1.4.2⏎redis:7.2@D⏎
            {{len .Updated.Images}} ¦ 2
            {{len .Changed.ImageResult.Images}} ¦ 2
            {{range $f,$_ := .Updated.Files}}{{$f}};{{range $o,$i := .Objects}}{{$o.Kind}}/{{$o.Name}}={{$i}};{{end}}{{end}} ¦ a/dep.yaml;Deployment/my-app=[ghcr.io/my-org/my-app:1.4.2 redis:7.2@D];k.yaml;/=[ghcr.io/my-org/my-app:1.4.2];
            {{.Updated}} ¦ {map[a/dep.yaml:{map[{{{apps/v1 Deployment} {my-app default}}}:[ghcr.io/my-org/my-app:1.4.2 redis:7.2@D]]} k.yaml:{map[{{{ } { }}}:[ghcr.io/my-org/my-app:1.4.2]]}]}
            {{.Changed.ImageResult}} ¦ {map[a/dep.yaml:{map[{{{apps/v1 Deployment} {my-app default}}}:[ghcr.io/my-org/my-app:1.4.2 redis:7.2@D]]} k.yaml:{map[{{{ } { }}}:[ghcr.io/my-org/my-app:1.4.2]]}]}
            {{.Changed.FileChanges}} ¦ map[a/dep.yaml:map[{{{apps/v1 Deployment} {my-app default}}}:[{x:1 ghcr.io/my-org/my-app:1.4.2 flux-system:my-app} {x 1.4.2 flux-system:my-app:tag} {x D flux-system:redis:digest}]] k.yaml:map[{{{ } { }}}:[{x 1.4.2 flux-system:my-app:tag}]]]
            {{.Changed.Objects}} ¦ map[{{{ } { }}}:[{x 1.4.2 flux-system:my-app:tag}] {{{apps/v1 Deployment} {my-app default}}}:[{x:1 ghcr.io/my-org/my-app:1.4.2 flux-system:my-app} {x 1.4.2 flux-system:my-app:tag} {x D flux-system:redis:digest}]]
            {{.Changed.Changes}} ¦ [{x:1 ghcr.io/my-org/my-app:1.4.2 flux-system:my-app} {x 1.4.2 flux-system:my-app:tag} {x D flux-system:redis:digest}]
            {{range .Updated.Images}}{{.Name}} {{.Identifier}} {{.Repository}} {{.Registry}} {{.Context}} {{.Policy}} {{.Policy.Name}} {{.String}};{{end}} ¦ ghcr.io/my-org/my-app:1.4.2 1.4.2 my-org/my-app ghcr.io ghcr.io/my-org/my-app flux-system/my-app my-app ghcr.io/my-org/my-app:1.4.2;index.docker.io/library/redis@D D library/redis index.docker.io index.docker.io/library/redis flux-system/redis redis redis:7.2@D;
            {{ range .Updated.Images -}}{{ .Repository }} -> {{ .Identifier }} ({{ .Policy.Name }}){{ end -}} ¦ my-org/my-app -> 1.4.2 (my-app)library/redis -> D (redis)
            {{ range $filename, $_ := .Updated.Files -}}- {{ $filename }};{{ end -}}{{ range $resource, $_ := .Updated.Objects -}}{{ $resource.Kind }} {{ $resource.Name }};{{ end -}} ¦ - a/dep.yaml;- k.yaml; ;Deployment my-app;
            """)
    void rendersWhatOldTemplatesAskFor(String template, String expected) {
        String message = new TemplateMessages(Clock.systemUTC())
                .render(template, MessageData.of("flux-system", "flux-system", CHANGES, Map.of()));

        assertThat(message).isEqualTo(expected.replace('⏎', '\n').replaceAll("\\bD\\b", D));
    }
}

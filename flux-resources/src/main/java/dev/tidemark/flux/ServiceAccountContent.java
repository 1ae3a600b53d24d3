package dev.tidemark.flux;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of a ServiceAccount. */
public record ServiceAccountContent(@Nullable List<LocalRef> imagePullSecrets) {}

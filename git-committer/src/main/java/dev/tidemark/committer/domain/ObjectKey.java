package dev.tidemark.committer.domain;

/** The Kubernetes object that a scalar is part of; empty strings for YAML that is none (flux-git-based 15.1). */
public record ObjectKey(String apiVersion, String kind, String namespace, String name) {}

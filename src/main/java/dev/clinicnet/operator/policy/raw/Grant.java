package dev.clinicnet.operator.policy.raw;

/** A vault secret that a service may read: its own, by the names that {@code secrets.get} takes. */
public record Grant(String vault, String secret) {}

package dev.clinicnet.operator.ngrok;

/** A reference to another object of the account. {@code uri} may be empty. */
public record Ref(String id, String uri) {}

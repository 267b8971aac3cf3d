package dev.clinicnet.operator.claim;

import dev.clinicnet.operator.ngrok.Resource;

/** The id of an object at ngrok that a status names. */
public record KnownID(Resource<?, ?, ?> resource, String id) {}

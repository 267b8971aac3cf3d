/**
 * Traffic policy documents: the rules between the public and an internal endpoint, and their order.
 * The package takes values and returns text; it knows neither Kubernetes nor HTTP. Arguments are
 * never null unless the comment says so. A mistake in a manifest is an {@link
 * IllegalArgumentException}, whose message is for the author of the manifest.
 */
package dev.clinicnet.operator.policy;

/**
 * Traffic policy documents: what stands between the public and an internal endpoint, in which
 * order. Values in, text out; knows neither Kubernetes nor HTTP. Arguments are never null unless
 * said; what a manifest got wrong is an {@link IllegalArgumentException} whose message is meant for
 * the manifest's author.
 */
package dev.clinicnet.operator.policy;

/**
 * Manifests as text: read into trees that know their lines, and checked against our schemas with
 * the result of an API server, without one.
 */
package dev.clinicnet.operator.manifest;

/**
 * Reads manifests into trees that know their lines, and checks them against our schemas. The result
 * is that of an API server, but no API server is needed.
 */
package dev.clinicnet.operator.manifest;

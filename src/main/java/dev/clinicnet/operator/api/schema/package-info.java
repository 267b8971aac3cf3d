/**
 * Schema annotations that the CRD generator lacks. They are read when the CRDs are generated and
 * mean nothing at run time.
 */
package dev.clinicnet.operator.api.schema;

/** Kubernetes as the reconcilers need it, and its fabric8 implementation. */
package dev.clinicnet.operator.kubernetes;

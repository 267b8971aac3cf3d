/** What the operator tells Prometheus. No label ever holds an id, a name or a secret. */
package dev.clinicnet.operator.metrics;

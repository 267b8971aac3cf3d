/** What the operator tells Prometheus. No label ever holds an id or a secret. */
package dev.clinicnet.operator.metrics;

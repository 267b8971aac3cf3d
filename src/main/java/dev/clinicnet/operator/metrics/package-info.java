/** The metrics of the operator. No label ever holds an id or a secret. */
package dev.clinicnet.operator.metrics;

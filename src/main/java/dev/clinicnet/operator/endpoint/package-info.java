/**
 * Public cloud endpoints, whoever of our kinds has them: which are an object's own, and what makes
 * them what they should be.
 */
package dev.clinicnet.operator.endpoint;

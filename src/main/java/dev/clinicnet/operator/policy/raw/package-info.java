/**
 * Reads and checks the rules of a traffic policy that a person wrote. {@code actions.yaml}, {@code
 * variables.txt} and {@code functions.txt} hold what ngrok documents; the code holds what protects
 * other clinics. The package takes values and returns values. Facts on ngrok are from its
 * documentation (traffic-policy, errors 2200 to 2267) as of August 2026, unless a comment says
 * otherwise.
 */
package dev.clinicnet.operator.policy.raw;

/**
 * Rules of a traffic policy that somebody wrote by hand: what ngrok would refuse in them, what
 * would break a promise of ours, and the rules themselves. Values in, values out. Facts on ngrok
 * are from its documentation (traffic-policy, errors 2200 to 2267) as of August 2026 unless said.
 */
package dev.clinicnet.operator.policy.raw;

/** {@code plan}: what the operator would change in an ngrok account, without changing anything. */
package dev.clinicnet.operator.cli.plan;
